"""What is looked for and where: words, and pairs of Han characters, for Chinese has no spaces.

Pure. A run of Han characters is kept as its overlapping pairs and its last character: 法律援助
becomes 法律 律援 援助 助. So any two or more of its characters are found as a phrase of pairs, and
one character as the beginning of a pair. Everything else is kept word by word, in lower case and
without accents, and is found by its beginning.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
_HAN = re.compile(f"[{HAN}]")

LONGEST_QUERY = 80
"""Characters of a query that are read."""

MOST_TERMS = 8
LONGEST_WORD = 40
LONGEST_TEXT = 20_000
"""Characters of one thing that are searched."""


@dataclass(frozen=True)
class Term:
    """One thing that must be there: pieces that follow each other, or the beginning of one."""

    text: str
    pieces: tuple[str, ...]
    is_beginning: bool


def plain(text: str) -> str:
    """The same text in lower case, full-width letters made plain, accents taken off."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isascii():
        return folded
    apart = unicodedata.normalize("NFD", folded)
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", bare)


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for found in _RUN.finditer(plain(text)):
        run = found.group()
        yield run, bool(_HAN.match(run))


def pieces_of(text: str) -> str:
    """What the index keeps of a text: its pieces, a space between them."""
    kept: list[str] = []
    for run, is_han in _runs(text[:LONGEST_TEXT]):
        if is_han:
            kept += [run[n : n + 2] for n in range(len(run))]
        else:
            kept.append(run[:LONGEST_WORD])
    return " ".join(kept)


def terms_of(query: str) -> list[Term]:
    """What a query asks for; every term must be there. An empty list asks for nothing."""
    terms: dict[str, Term] = {}
    for run, is_han in _runs(query[:LONGEST_QUERY]):
        if is_han and len(run) > 1:
            term = Term(run, tuple(run[n : n + 2] for n in range(len(run) - 1)), False)
        else:
            term = Term(run, (run[:LONGEST_WORD],), True)
        terms.setdefault(run, term)
    return list(terms.values())[:MOST_TERMS]


def fit(title_pieces: str, terms: list[Term]) -> float:
    """How well a thing fits that has every term: the more of its title was asked for, the better.

    A match in the text alone is 1; how rare a word is does not count, so that no database has to
    read every match to rank some.
    """
    title = f" {title_pieces} "
    length = title_pieces.count(" ") + 1
    score = 1.0
    for term in terms:
        asked = " " + " ".join(term.pieces) + ("" if term.is_beginning else " ")
        if asked in title:
            score += 5 + 10 * min(1.0, len(term.pieces) / length)
    return score


def marked(text: str, terms: list[Term], length: int = 140) -> list[tuple[str, bool]]:
    """A stretch of the text around what was found, in parts: (words, was it found?).

    Of several lines the first and those with something found are told.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = list(dict.fromkeys(line for line in lines if line))
    if not terms or not lines:
        return [(_cut(lines[0], length), False)] if lines else []
    looked_for = _looked_for(tuple(terms))
    told = [line for n, line in enumerate(lines) if n == 0 or looked_for.search(line)]
    text = " · ".join(told)
    first = looked_for.search(text)
    begin = max(0, first.start() - length // 3) if first else 0
    shown = ("…" if begin else "") + _cut(text[begin:], length)
    parts: list[tuple[str, bool]] = []
    at = 0
    for found in looked_for.finditer(shown):
        if found.start() > at:
            parts.append((shown[at : found.start()], False))
        parts.append((found.group(), True))
        at = found.end()
    if at < len(shown):
        parts.append((shown[at:], False))
    return parts


@functools.lru_cache(maxsize=100)
def _looked_for(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """A word is found by its beginning, Han characters anywhere."""
    longest_first = sorted((term.text for term in terms), key=len, reverse=True)
    each = [
        ("" if _HAN.match(text) else r"(?<![^\W_])") + re.escape(text) for text in longest_first
    ]
    return re.compile("|".join(each), re.IGNORECASE)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rstrip() + "…"

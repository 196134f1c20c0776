"""The shape the first words are written in.

A block is (kind, value); the value of "prose" is HTML, of "answered" a question and its answer,
of "group" a heading and its questions with their answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Blocks = list[tuple[str, Any]]


@dataclass(frozen=True)
class Words:
    """One page in one language."""

    title: str
    lead: str
    blocks: Blocks
    description: str = ""


@dataclass(frozen=True)
class Sheet:
    """One page in both languages, its type, and the pages below it."""

    slug: str
    chinese: Words
    english: Words
    below: tuple[Sheet, ...] = ()
    kind: str = "TextPage"


def step(
    slug: str,
    chinese: tuple[str, str, str],
    english: tuple[str, str, str],
    more: tuple[Blocks, Blocks] = ([], []),
) -> Sheet:
    """A step of a guide: title, lead and text in both languages; `more` stands under each."""
    return Sheet(
        slug,
        Words(chinese[0], chinese[1], [("prose", chinese[2]), *more[0]]),
        Words(english[0], english[1], [("prose", english[2]), *more[1]]),
        kind="GuideStepPage",
    )


def button(chinese: str, english: str, path: str) -> tuple[Blocks, Blocks]:
    """The same button in both languages."""
    return (
        [("action", {"label": chinese, "page": None, "path": path})],
        [("action", {"label": english, "page": None, "path": path})],
    )

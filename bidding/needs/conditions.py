"""Who is asked, in XLSForm's words: “relevant” expressions from and to conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from bidding.needs.questionnaire import Clause


class Unread(ValueError):
    """Something in a row that cannot be understood; its text is the sentence for people."""


_QUOTED = r"['\"‘’“”]([^'\"‘’“”]*)['\"‘’“”]"
_SELECTED = re.compile(rf"selected\(\s*\$\{{([\w-]+)\}}\s*,\s*{_QUOTED}\s*\)")
_EQUALS = re.compile(rf"\$\{{([\w-]+)\}}\s*(!?=)\s*(?:{_QUOTED}|(\d+))")
_BOUND = re.compile(r"\$\{([\w-]+)\}\s*(<=|>=|<|>)\s*(-?\d+)")
_NOT = re.compile(r"not\((.*)\)")


def read_expression(text: str) -> tuple[Clause, ...]:
    """The conditions of an expression: alternatives on one question, joined by “and”."""
    if not text.strip():
        return ()
    return tuple(_joined(part) for part in _split(_bare(text), "and"))


def _bare(text: str) -> str:
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _encloses(text):
        text = text[1:-1].strip()
    return text


def _split(text: str, word: str) -> list[str]:
    """The parts between the word, where it stands outside every bracket."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and re.match(rf"\s{word}\s", text[place : place + len(word) + 2]):
            parts.append(text[start:place])
            start = place + len(word) + 1
    return [*parts, text[start:]]


def _encloses(text: str) -> bool:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and place < len(text) - 1:
            return False
    return True


def _joined(text: str) -> Clause:
    """`a or b`, both about the same question."""
    clauses = [_single(part) for part in _split(_bare(text), "or")]
    first = clauses[0]
    alike = all((one.question, one.test) == (first.question, "any") for one in clauses)
    if len(clauses) > 1 and not alike:
        raise Unread(_not_understood(text))
    return Clause(first.question, first.test, tuple(v for one in clauses for v in one.values))


def _single(text: str) -> Clause:
    text = _bare(text)
    denied = _NOT.fullmatch(text)
    if denied:
        inner = _joined(denied[1])
        if inner.test != "any":
            raise Unread(_not_understood(text))
        return Clause(inner.question, "none", inner.values)
    if found := _SELECTED.fullmatch(text):
        return Clause(found[1], "any", (found[2],))
    if found := _EQUALS.fullmatch(text):
        value = found[3] if found[3] is not None else found[4]
        return Clause(found[1], "any" if found[2] == "=" else "none", (value,))
    if found := _BOUND.fullmatch(text):
        bound = int(found[3]) + {"<": -1, ">": 1}.get(found[2], 0)
        return Clause(found[1], "least" if ">" in found[2] else "most", (str(bound),))
    raise Unread(_not_understood(text))


def _not_understood(text: str) -> str:
    return _("The condition “%(text)s” is not understood.") % {"text": text[:80]}


def expression(conditions: Iterable[Clause]) -> str:
    """The conditions as one expression, which `read_expression` reads back to the same."""
    return " and ".join(_written(clause) for clause in conditions)


def _written(clause: Clause) -> str:
    if clause.test in ("least", "most"):
        return (
            f"${{{clause.question}}} {'>=' if clause.test == 'least' else '<='} {clause.values[0]}"
        )
    parts = [f"selected(${{{clause.question}}}, '{value}')" for value in clause.values]
    if clause.test == "none":
        return f"not({' or '.join(parts)})"
    return parts[0] if len(parts) == 1 else f"({' or '.join(parts)})"

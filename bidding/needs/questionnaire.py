"""A questionnaire as a pure thing: its questions, who is asked which of them, what is wrong.

No Django: what stands in the database becomes one of these (`queries.questionnaire_of`), and
the answering pages, the preview, paper, tables and XLSForm all work on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

CHOOSING = frozenset({"single", "multiple", "ranking"})
"""Kinds whose answer is one or several of the choices given."""

PLACED = frozenset({"district", "industry"})
"""Kinds whose answer stands in a column of the sheet; each may be asked once."""

SCALE_LEVELS = 5


@dataclass(frozen=True)
class Choice:
    """One choice, one row of a grid: its code, its words, perhaps speaking for a category."""

    code: str
    wording: str
    wording_en: str = ""
    category: str | None = None
    is_other: bool = False


@dataclass(frozen=True)
class Level:
    """One column of a grid."""

    wording: str
    wording_en: str = ""


@dataclass(frozen=True)
class Clause:
    """A condition on an earlier answer.

    `test` is "any" (one of `values` was chosen), "none" (none of them was), "least" or "most" (a
    number, the only value, is the bound).
    """

    question: str
    test: str
    values: tuple[str, ...]

    def holds(self, answer: Any) -> bool:
        """Does it hold for what was answered (None: nothing)?"""
        if self.test in ("least", "most"):
            if not isinstance(answer, int):
                return False
            bound = int(self.values[0])
            return answer >= bound if self.test == "least" else answer <= bound
        given = answer if isinstance(answer, list) else [answer]
        met = any(str(one) in self.values for one in given if one is not None)
        return met if self.test == "any" else not met


@dataclass(frozen=True)
class Item:
    """One question, or the heading of a section."""

    code: str
    kind: str
    wording: str
    wording_en: str = ""
    hint: str = ""
    hint_en: str = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    levels: tuple[Level, ...] = ()
    least: int | None = None
    most: int | None = None
    conditions: tuple[Clause, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Choice]:
        """The choices by their codes."""
        return {choice.code: choice for choice in self.choices}

    @cached_property
    def other(self) -> Choice | None:
        """The choice that is answered in one's own words."""
        return next((choice for choice in self.choices if choice.is_other), None)

    @property
    def other_key(self) -> str:
        """Under what the own words stand."""
        return f"{self.code}.other"


@dataclass(frozen=True)
class Problem:
    """What keeps a questionnaire from being opened: which question, what ("later", "unknown" …)."""

    code: str
    what: str
    word: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """All of it, in order; sections among the questions."""

    items: tuple[Item, ...] = field(default=())

    @cached_property
    def questions(self) -> tuple[Item, ...]:
        """What is answered: everything but headings. Step n of the pages is the nth of these."""
        return tuple(item for item in self.items if item.kind != "section")

    @cached_property
    def sections(self) -> dict[str, Item | None]:
        """{question's code: the heading it stands under}."""
        found: dict[str, Item | None] = {}
        above = None
        for item in self.items:
            if item.kind == "section":
                above = item
            else:
                found[item.code] = above
        return found

    def item(self, code: str) -> Item | None:
        """The question of this code."""
        return next((item for item in self.items if item.code == code), None)

    def has(self, kind: str) -> bool:
        """Is there a question of this kind?"""
        return any(item.kind == kind for item in self.items)

    def walk(self, answers: Mapping[str, Any]) -> Iterator[tuple[int, Item]]:
        """(step, question) of whoever answered this: what they are not asked is left out.

        An answer to a question that is not asked (any more) counts as not given. Whoever walks
        may put the answer to a question into `answers` before asking for the next.
        """
        valid: dict[str, Any] = {}
        for step, item in enumerate(self.questions, start=1):
            section = self.sections[item.code]
            above = section.conditions if section else ()
            if all(c.holds(valid.get(c.question)) for c in (*above, *item.conditions)):
                yield step, item
                if item.code in answers:
                    valid[item.code] = answers[item.code]

    @cached_property
    def branches(self) -> bool:
        """Is anybody asked less than everything?"""
        return any(item.conditions for item in self.items)

    def fingerprint(self) -> str:
        """SHA-256 of every word and rule of it: two are equal when these are."""
        text = json.dumps(asdict(self)["items"], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def problems(self) -> list[Problem]:
        """What is wrong with it as a whole; each question by itself was looked at when written."""
        found: list[Problem] = []
        seen: dict[str, Item] = {}
        for item in self.items:
            if item.code in seen:
                found.append(Problem(item.code, "twice"))
            if item.kind in PLACED and any(one.kind == item.kind for one in seen.values()):
                found.append(Problem(item.code, "placed"))
            found += [p for clause in item.conditions for p in _clause_problems(item, clause, seen)]
            seen[item.code] = item
        if not self.questions:
            found.append(Problem("", "empty"))
        return found


def _clause_problems(item: Item, clause: Clause, seen: Mapping[str, Item]) -> list[Problem]:
    asked = seen.get(clause.question)
    if asked is None:
        return [Problem(item.code, "later", clause.question)]
    if clause.test in ("least", "most"):
        return (
            [] if asked.kind in ("number", "scale") else [Problem(item.code, "number", asked.code)]
        )
    known = (
        {str(level) for level in range(1, SCALE_LEVELS + 1)}
        if asked.kind == "scale"
        else {choice.code for choice in asked.choices}
    )
    if asked.kind not in ("single", "multiple", "scale"):
        return [Problem(item.code, "number", asked.code)]
    return [Problem(item.code, "unknown", value) for value in clause.values if value not in known]

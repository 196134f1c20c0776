"""What answers can be grouped by: a question, a district, an industry, a type of union."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding.needs.industries import INDUSTRIES
from bidding.needs.models import Question, QuestionKind
from bidding.sampling.frame import DISTRICT, INDUSTRY, UNION, Answer
from foundation.organisations.models import District, UnionType

Words = str | Promise

PLACES = {"district": DISTRICT, "industry": INDUSTRY, "union": UNION}
NAMES = {"district": _("district"), "industry": _("industry"), "union": _("type of union")}
CROSSED = (
    QuestionKind.SINGLE,
    QuestionKind.MULTIPLE,
    QuestionKind.RANKING,
    QuestionKind.SCALE,
    QuestionKind.DISTRICT,
    QuestionKind.INDUSTRY,
)
"""Kinds of question that stand in the rows of a cross-table."""


@dataclass(frozen=True)
class Label:
    """One line of a table: its code, its words (`own_words(label, "wording")`)."""

    code: str
    wording: Words
    wording_en: str = ""


@dataclass(frozen=True)
class Variable:
    """What answers are grouped by: its code in addresses, its column, its words, its lines.

    `exclusive`: each sheet stands in one line at most, so that the lines add up.
    """

    code: str
    column: str
    wording: Words
    wording_en: str
    labels: tuple[Label, ...]
    exclusive: bool
    question: Question | None = field(default=None, compare=False)

    def lines(self, answer: Answer) -> Iterable[str]:
        """The codes of the lines a sheet with this answer stands in (a ranking: what is first)."""
        if answer is None:
            return ()
        if isinstance(answer, list):
            return answer[:1] if self.exclusive else answer
        return (str(answer),)


def variable(question: Question) -> Variable | None:
    """A question as something to group by; None for kinds that group nothing."""
    kind = question.kind
    if kind not in CROSSED:
        return None
    if kind in PLACES:
        return place(kind, question)
    if kind == QuestionKind.SCALE:
        labels = tuple(Label(str(level), str(level)) for level in range(1, 6))
    else:
        options = question.options.all()
        labels = tuple(Label(o.code, o.wording, o.wording_en) for o in options)
    return Variable(
        code=question.code,
        column=question.code,
        wording=question.wording,
        wording_en=question.wording_en,
        labels=labels,
        exclusive=kind != QuestionKind.MULTIPLE,
        question=question,
    )


def place(name: str, question: Question | None = None) -> Variable:
    """Districts, industries or types of union as something to group by."""
    return Variable(
        code=question.code if question else name,
        column=PLACES[name],
        wording=question.wording if question else NAMES[name],
        wording_en=question.wording_en if question else "",
        labels=_place_labels(name),
        exclusive=True,
        question=question,
    )


def _place_labels(name: str) -> tuple[Label, ...]:
    if name == "district":
        return tuple(Label(d.code, d.name, d.name_en) for d in District.objects.all())
    pairs: Iterable[tuple[Any, Words]] = INDUSTRIES if name == "industry" else UnionType.choices
    return tuple(Label(str(code), words) for code, words in pairs)


def variables(questions: Iterable[Question]) -> list[Variable]:
    """Everything these questions' answers can be grouped by (one query for the districts)."""
    found = [own for question in questions if (own := variable(question))]
    asked = {own.column for own in found}
    return found + [place(name) for name, column in PLACES.items() if column not in asked]


def totals_by(questions: Iterable[Question]) -> dict[str, Variable]:
    """What totals of workers can be known by: each worker stands in one line of it.

    Districts, industries and types of union go by their own names, also where they were asked.
    """
    by_column = {column: name for name, column in PLACES.items()}
    return {
        by_column.get(own.column, own.code): own
        for own in variables(questions)
        if own.question is None or own.question.kind in (*PLACES, QuestionKind.SINGLE)
    }

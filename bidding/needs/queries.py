"""What we want to know about surveys and needs, and who sees which of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from bidding.needs import statistics
from bidding.needs.models import (
    Answer,
    Category,
    Need,
    Option,
    Question,
    QuestionKind,
    Response,
    Survey,
)
from bidding.needs.rules import reads_desk
from bidding.needs.states import NeedState, SurveyState
from bidding.needs.statistics import Share
from foundation.organisations.models import District

CHOOSING = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
COUNTING = (QuestionKind.SCALE, QuestionKind.NUMBER)


def surveys_visible_to(person: Any) -> QuerySet[Survey]:
    """Everybody sees surveys from their opening on; drafts are for officers and auditors."""
    rows = Survey.objects.order_by("-created_at", "-pk")
    return rows if reads_desk.test(person, None) else rows.exclude(state=SurveyState.DRAFT)


def needs_visible_to(person: Any) -> QuerySet[Need]:
    """Everybody sees needs once published, retired ones too; drafts are for the desk."""
    rows = Need.objects.select_related("category", "district", "survey").order_by(
        "-urgency", "-headcount", "pk"
    )
    return rows if reads_desk.test(person, None) else rows.exclude(state=NeedState.DRAFT)


def published_needs() -> QuerySet[Need]:
    """The needs a call may name."""
    return Need.objects.filter(state=NeedState.PUBLISHED)


def questions_of(survey: Survey) -> list[Question]:
    """The survey's questions in order, with their options (two queries)."""
    options = Option.objects.select_related("category").order_by("position")
    return list(
        survey.questions.order_by("position").prefetch_related(Prefetch("options", options))
    )


def category_names() -> dict[str, str]:
    """Every name a category goes by, in small letters, and its code."""
    names: dict[str, str] = {}
    for category in Category.objects.all():
        for name in (category.code, category.name, category.name_en, str(category.position)):
            names[name.lower()] = category.code
    return names


@dataclass(frozen=True)
class OptionResult:
    """One choice and the share of answers that took it."""

    option: Option
    count: int
    share: Share


@dataclass
class QuestionResult:
    """What was answered to one question; `n` people answered it."""

    question: Question
    n: int
    options: list[OptionResult] = field(default_factory=list)
    levels: list[tuple[int, Share]] = field(default_factory=list)
    mean: float | None = None

    @property
    def margin(self) -> float | None:
        """The widest plus or minus among what is shown; None when nothing is."""
        shares = [row.share for row in self.options] + [share for _level, share in self.levels]
        return max((share.margin for share in shares if share.margin is not None), default=None)


def results_of(survey: Survey, district: District | None = None) -> list[QuestionResult]:
    """The results question by question, small cells suppressed (four queries).

    Free answers are counted, never shown: people name people in them.
    """
    rows = Answer.objects.filter(question__survey=survey)
    if district is not None:
        rows = rows.filter(response__district=district)
    answered = dict(
        rows.values_list("question").annotate(n=Count("response", distinct=True)).order_by()
    )
    chosen: dict[int, int] = {}
    numbers: dict[int, dict[int, int]] = defaultdict(dict)
    cells = rows.values_list("question", "option", "number").annotate(n=Count("pk")).order_by()
    for question, option, number, n in cells:
        if option is not None:
            chosen[option] = n
        elif number is not None:
            numbers[question][number] = n
    return [
        _result(question, answered.get(question.pk, 0), chosen, numbers[question.pk])
        for question in questions_of(survey)
    ]


def _result(
    question: Question, n: int, chosen: dict[int, int], numbers: dict[int, int]
) -> QuestionResult:
    result = QuestionResult(question, n)
    if question.kind in CHOOSING:
        options = list(question.options.all())
        counts = {option.pk: chosen.get(option.pk, 0) for option in options}
        exclusive = question.kind == QuestionKind.SINGLE
        shares = statistics.shares(counts, n, exclusive=exclusive)
        result.options = [
            OptionResult(option, counts[option.pk], shares[option.pk]) for option in options
        ]
    if question.kind in COUNTING:
        result.mean = statistics.mean_of(numbers)
    if question.kind == QuestionKind.SCALE:
        counts = {level: numbers.get(level, 0) for level in range(1, 6)}
        shares = statistics.shares(counts, n, exclusive=True)
        result.levels = [(level, shares[level]) for level in counts]
    return result


def with_sheets(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Each survey with how many sheets are in, `sheets`."""
    return surveys.annotate(sheets=Count("responses"))


def response_count(survey: Survey) -> int:
    """How many sheets are in."""
    return Response.objects.filter(survey=survey).count()


@dataclass(frozen=True)
class Proposed:
    """A need the answers suggest: an option that speaks for a category, with figures."""

    option: Option
    share: Share
    count: int
    headcount: int
    urgency: int
    drawn: Need | None


def proposed_needs(survey: Survey, results: list[QuestionResult] | None = None) -> list[Proposed]:
    """What an officer could draw up, the largest share first; suppressed cells are left out.

    `results` spares counting again what was counted for the same page.
    """
    drawn = {need.option_id: need for need in survey.needs.filter(district=None)}
    proposals = [
        Proposed(
            option=row.option,
            share=row.share,
            count=row.count,
            headcount=statistics.people_behind(row.share.share or 0, survey.population),
            urgency=statistics.urgency_of(row.share.low or 0),
            drawn=drawn.get(row.option.pk),
        )
        for result in (results_of(survey) if results is None else results)
        for row in result.options
        if row.option.category_id and not row.share.suppressed
    ]
    return sorted(proposals, key=lambda proposed: -proposed.count)


def figures_of(survey: Survey, option: Option, district: District | None) -> tuple[int, int]:
    """(answers that named the option, people who answered its question), perhaps in one place."""
    rows = Answer.objects.filter(question=option.question_id, response__survey=survey)
    if district is not None:
        rows = rows.filter(response__district=district)
    answered = rows.aggregate(n=Count("response", distinct=True))["n"]
    return rows.filter(option=option).count(), answered

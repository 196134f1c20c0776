"""What we want to know about surveys and needs, and who sees which of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Prefetch, QuerySet

from bidding.needs import statistics
from bidding.needs.models import (
    Category,
    Need,
    Option,
    Question,
    QuestionKind,
    Response,
    Survey,
)
from bidding.needs.questionnaire import Choice, Clause, Item, Level, Questionnaire
from bidding.needs.rules import reads_desk
from bidding.needs.states import NeedState, SurveyState
from bidding.needs.statistics import Share
from bidding.needs.tally import Tally, count
from foundation.organisations.models import District

COUNTING = (QuestionKind.SCALE, QuestionKind.NUMBER)
KEPT = 64
"""How many frozen questionnaires, and how many tallies, a process keeps in memory."""

_frozen: dict[tuple[int, str], Questionnaire] = {}
_tallies: dict[tuple[Any, ...], Tally] = {}


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


def latest_version(survey: Survey) -> Survey:
    """The newest version of the survey that was ever open; itself when there is no newer one."""
    later = Survey.objects.filter(earlier=survey).exclude(state=SurveyState.DRAFT).first()
    return latest_version(later) if later else survey


def category_names() -> dict[str, str]:
    """Every name a category goes by, in small letters, and its code."""
    names: dict[str, str] = {}
    for category in Category.objects.all():
        for name in (category.code, category.name, category.name_en, str(category.position)):
            names[name.lower()] = category.code
    return names


def item_of(question: Question) -> Item:
    """One question as the pure thing, its options loaded with it."""
    return Item(
        code=question.code,
        kind=question.kind,
        wording=question.wording,
        wording_en=question.wording_en,
        hint=question.hint,
        hint_en=question.hint_en,
        required=question.required,
        choices=tuple(
            Choice(o.code, o.wording, o.wording_en, o.category_id, o.is_other)
            for o in question.options.all()
        ),
        levels=tuple(Level(one["wording"], one["wording_en"]) for one in question.levels),
        least=question.least,
        most=question.most,
        conditions=tuple(
            Clause(one["question"], one["test"], tuple(one["values"]))
            for one in question.conditions
        ),
    )


def questionnaire_of(survey: Survey) -> Questionnaire:
    """The survey's questionnaire (two queries; none once it is frozen and known here)."""
    key = (survey.pk, survey.fingerprint)
    if survey.fingerprint and key in _frozen:
        return _frozen[key]
    found = Questionnaire(tuple(item_of(question) for question in questions_of(survey)))
    if survey.fingerprint:
        _remember(_frozen, key, found)
    return found


def _remember(kept: dict[Any, Any], key: Any, value: Any) -> None:
    if len(kept) >= KEPT:
        kept.pop(next(iter(kept)), None)
    kept[key] = value


def sheets_of(survey: Survey) -> Iterator[tuple[str | None, str, int | None, str, dict[str, Any]]]:
    """Every sheet as (district, industry, union, doubt, answers), in constant memory."""
    rows = Response.objects.filter(survey=survey).order_by("pk")
    yield from rows.values_list("district", "industry", "union", "doubt", "answers").iterator(
        chunk_size=5000
    )


def tally_of(survey: Survey, district: District | None = None) -> Tally:
    """Every answer counted (two queries; the second only when a sheet came in since)."""
    rows = Response.objects.filter(survey=survey)
    if district is not None:
        rows = rows.filter(district=district)
    size, last = rows.aggregate(n=Count("pk"), last=Max("answered_at")).values()
    stamp: dt.datetime | None = last
    key = (survey.pk, survey.fingerprint, district and district.pk, size, stamp)
    if key in _tallies:
        return _tallies[key]
    read = rows.values_list("district", "industry", "answers").iterator(chunk_size=5000)
    tally = count(read)
    if survey.fingerprint:
        _remember(_tallies, key, tally)
    return tally


@dataclass(frozen=True)
class OptionResult:
    """One choice and the share of answers that took it (in a ranking: put it first).

    `mean` is a ranked choice's mean place, or a grid row's mean level.
    """

    option: Option
    count: int
    share: Share
    mean: float | None = None


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
    questions = [q for q in questions_of(survey) if q.kind != QuestionKind.SECTION]
    tally = tally_of(survey, district)
    return [_result(question, tally) for question in questions]


def _result(question: Question, tally: Tally) -> QuestionResult:
    code, kind = question.code, question.kind
    n = tally.placed[kind] if kind in tally.placed else tally.answered[code]
    result = QuestionResult(question, n)
    options = list(question.options.all())
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        counts = {option.pk: tally.chosen[code, option.code] for option in options}
        shares = statistics.shares(counts, n, exclusive=kind == QuestionKind.SINGLE)
        result.options = [OptionResult(o, counts[o.pk], shares[o.pk]) for o in options]
    if kind == QuestionKind.RANKING:
        counts = {option.pk: tally.inner[code, option.code].get(1, 0) for option in options}
        shares = statistics.shares(counts, n, exclusive=True)
        result.options = [_ranked(o, tally, counts[o.pk], shares[o.pk]) for o in options]
    if kind == QuestionKind.GRID:
        result.options = [_ranked(o, tally, 0, statistics.hidden(n)) for o in options]
    if kind in COUNTING:
        result.mean = statistics.mean_of(tally.numbers[code])
    if kind == QuestionKind.SCALE:
        levels = {level: tally.numbers[code].get(level, 0) for level in range(1, 6)}
        shares = statistics.shares(levels, n, exclusive=True)
        result.levels = [(level, shares[level]) for level in levels]
    return result


def _ranked(option: Option, tally: Tally, first: int, share: Share) -> OptionResult:
    places = tally.inner[option.question.code, option.code]
    return OptionResult(option, first, share, statistics.mean_of(places))


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
    tally = tally_of(survey, district)
    code = option.question.code
    return tally.chosen[code, option.code], tally.answered[code]

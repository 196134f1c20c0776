"""What we want to know about surveys and needs, and who sees which of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from bidding.needs import statistics
from bidding.needs.figures import QuestionResult, figures, share_of
from bidding.needs.finding_models import Findings
from bidding.needs.frames import (
    frame_key,
    texts_of,
    themes_of,
    weighed_or_plain,
)
from bidding.needs.frozen import restored
from bidding.needs.models import (
    Category,
    Need,
    Option,
    Question,
    Response,
    Survey,
)
from bidding.needs.questionnaire import Choice, Clause, Item, Level, Questionnaire
from bidding.needs.rules import reads_desk
from bidding.needs.states import NeedState, SurveyState
from bidding.needs.statistics import Share
from bidding.sampling.estimates import Pair
from bidding.sampling.frame import DISTRICT
from bidding.sampling.weighing import Weighed, number_sums, shares_of
from foundation.organisations.models import District

KEPT = 64
"""How many frozen questionnaires a process keeps in memory."""


_frozen: dict[tuple[int, str], Questionnaire] = {}


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


@dataclass(frozen=True)
class Counted:
    """A survey's figures and how sure they are.

    `findings` are what was published, `weighed` what they are made from before; `problem` says
    why known totals could not be used (then nothing is weighted).
    """

    results: list[QuestionResult]
    n: int
    effective: float
    is_weighted: bool
    findings: Findings | None = None
    weighed: Weighed | None = None
    problem: str = ""


def counted_of(survey: Survey, district: District | None = None) -> Counted:
    """The survey's figures question by question, small cells suppressed.

    Of a published survey they are what was published (three queries); before, they are made from
    the sheets and the known totals as they are now. Free answers are never shown.
    """
    questions = questions_of(survey)
    if district is None and survey.state == SurveyState.PUBLISHED:
        rows = Findings.objects.filter(survey=survey).defer("frame", "microdata", "release")
        if (kept := rows.first()) is not None:
            results = restored(questions, kept.figures)
            is_weighted = bool(kept.record["margins"])
            return Counted(results, kept.sheets, kept.effective, is_weighted, kept)
    key, texts = frame_key(survey), texts_of(questions)
    weighed, problem = weighed_or_plain(survey, texts, key)
    place = district.pk if district is not None else None
    results = figures(questions, weighed, themes_of(survey, texts, key), place)
    n, is_weighted = weighed.frame.n, weighed.is_weighted
    effective = weighed.sample.kish() if n else 0.0
    return Counted(results, n, effective, is_weighted, weighed=weighed, problem=problem)


def results_of(survey: Survey, district: District | None = None) -> list[QuestionResult]:
    """The results question by question (see `counted_of`)."""
    return counted_of(survey, district).results


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


def proposed_needs(
    survey: Survey,
    results: list[QuestionResult] | None = None,
    needs: Iterable[Need] | None = None,
) -> list[Proposed]:
    """What an officer could draw up, the largest share first; suppressed cells are left out.

    `results` spares counting again what was counted for the same page, `needs` (all of the
    survey's) asking for them.
    """
    needs = survey.needs.all() if needs is None else needs
    drawn = {need.option_id: need for need in needs if need.district_id is None}
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


def share_of_option(survey: Survey, option: Option, district: District | None) -> Share:
    """The share of those who answered the option's question that named it, perhaps in one place.

    Small cells are not suppressed here: whoever shows it has to look at its count.
    """
    code = option.question.code
    weighed, _problem = weighed_or_plain(survey, texts_of(survey.questions.all()))
    answers = [
        (cell, (said,), many)
        for cell, (said, place), many in weighed.pairs(code, DISTRICT)
        if said is not None and (district is None or place == district.pk)
    ]
    if not answers:
        return Share(0, 0, None, None, None)
    answered, said = shares_of(
        answers, lambda said: said if isinstance(said, list) else [str(said)]
    )
    return share_of(weighed, answered, said[option.code])


def severity_of(
    survey: Survey, option: Option, row: Option, district: District | None
) -> dict[str, Any]:
    """How severe workers say a need is (the mean level of a grid's row, of 1), and its priority.

    Ready to be kept with the need; empty where fewer than five judged it.
    """
    named, grid = option.question.code, row.question
    weighed, _problem = weighed_or_plain(survey, texts_of(survey.questions.all()))
    answers: list[Pair] = []
    for cell, (said, judged, place), many in weighed.pairs(named, grid.code, DISTRICT):
        if district is not None and place != district.pk:
            continue
        given = said if isinstance(said, list) else [str(said)]
        chosen = None if said is None else float(option.code in given)
        level = judged.get(row.code) if isinstance(judged, dict) else None
        answers.append((cell, (chosen, level and level / len(grid.levels)), many))
    if sum(many for _cell, (_chosen, level), many in answers if level) < statistics.SMALLEST_CELL:
        return {}
    judged_by = number_sums((c, pair[1], many) for c, pair, many in answers if pair[1] is not None)
    severity, found = weighed.sample.mean(judged_by), weighed.sample.product(answers)
    low, high = severity.interval
    least, most = found.interval
    return {
        "severity_row": row,
        "severity": severity.value,
        "severity_low": max(low, 0.0),
        "severity_high": min(high, 1.0),
        "priority_low": max(least, 0.0),
        "priority_high": min(most, 1.0),
    }


def figures_of(survey: Survey, option: Option, district: District | None) -> tuple[int, int]:
    """(answers that named the option, people who answered its question), perhaps in one place."""
    share = share_of_option(survey, option, district)
    return share.count or 0, share.n

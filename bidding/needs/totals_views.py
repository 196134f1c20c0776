"""Weighing on the desk: totals that are known, how the weights come out, and publishing."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.needs import operations
from bidding.needs.desk_views import form_page, survey_for
from bidding.needs.figures import QuestionResult
from bidding.needs.finding_models import Findings, KnownTotals
from bidding.needs.forms import LimitForm, TotalsForm
from bidding.needs.frames import frame_of_survey, texts_of
from bidding.needs.made import level_words
from bidding.needs.models import Survey
from bidding.needs.queries import Counted, counted_of, surveys_visible_to
from bidding.needs.results import percent
from bidding.needs.states import SurveyState
from bidding.needs.statistics import widest_margin
from bidding.needs.variables import Variable, totals_by
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in

CameOut = tuple[tuple[str, ...], int | None, float]
"""A level's codes, its answers (None: too few to show), the sum of its weights."""
FAR = 5.0
"""A weight so many times the mean rests a whole group on few answers: the page warns."""


@signed_in
def weights(request: HttpRequest, slug: str) -> HttpResponse:
    """Known totals, how the weights come out of them, and what changes: before publishing."""
    found = survey_for(request, slug)
    prefetch_related_objects([found], "totals")
    counted, totals = counted_of(found), list(found.totals.all())
    questions = [result.question for result in counted.results]
    known = totals_by(questions)
    said = {one.margin for one in totals}
    made = _came_out(found, counted)
    context = {
        "survey": found,
        "title": _("Weights"),
        "back": reverse("needs:manage", args=[slug]),
        "counted": counted,
        "margin": percent(widest_margin(counted.effective)) if counted.n else "",
        "margins": [
            _margin(one, known.get(one.margin), made.get(one.margin, []), counted.n)
            for one in totals
        ],
        "open_margins": [
            (code, own_words(own, "wording")) for code, own in known.items() if code not in said
        ],
        "moved": _moved(counted.results),
        "changes": found.state != SurveyState.PUBLISHED,
        "is_far": counted.weighed is not None and counted.weighed.largest > FAR,
    }
    return render(request, "needs/weights.html", context)


def _margin(one: KnownTotals, own: Variable | None, made: list[CameOut], n: int) -> dict[str, Any]:
    """One margin: its source, and each level with its answers, its total and what came out."""
    labels = {label.code: label for label in own.labels} if own else {}
    workers = {tuple(codes): many for codes, many in one.groups}
    sheets = {codes: many for codes, many, _raked in made}
    raked = {codes: sum_of for codes, _many, sum_of in made}
    mean = sum(raked.values()) / n if n else 0
    rows = [
        (
            level_words(labels, list(codes)),
            many := sheets.get(codes),
            workers.get(codes),
            raked[codes] / many / mean if many else None,
        )
        for codes in [*workers, *([()] if () in sheets else [])]
    ]
    words = own_words(own, "wording") if own else one.margin
    return {"totals": one, "words": words, "rows": rows, "sum": sum(workers.values())}


def _came_out(found: Survey, counted: Counted) -> dict[str, list[CameOut]]:
    """What came out for the levels of each margin: as frozen, or before that as counted now."""
    if found.state == SurveyState.PUBLISHED:
        record = Findings.objects.only("record").get(survey=found).record
        return {
            one["margin"]: [(tuple(at["codes"]), at["sheets"], at["raked"]) for at in one["levels"]]
            for one in record["margins"]
        }
    if counted.weighed is None or not counted.is_weighted:
        return {}
    totals = sorted(found.totals.all(), key=lambda one: one.pk)  # as they were weighed
    return {
        one.margin: [(level.codes, level.sheets, level.raked) for level in levels]
        for one, levels in zip(totals, counted.weighed.levels, strict=True)
    }


def _moved(results: list[QuestionResult]) -> list[tuple[str, str, str, str, str]]:
    """The shares that weighing moves most: (question, choice, plain, weighted, interval)."""
    rows = [
        (abs(share.share - share.plain), result, label, share)
        for result in results
        for label, share in [
            *((own_words(row.option, "wording"), row.share) for row in result.options),
            *((str(level), share) for level, share in result.levels),
        ]
        if share.plain is not None and share.share is not None
    ]
    rows.sort(key=lambda row: -row[0])
    return [
        (
            own_words(result.question, "wording"),
            label,
            percent(share.plain or 0),
            percent(share.share or 0),
            f"{percent(share.low or 0)} – {percent(share.high or 0)}",
        )
        for _far, result, label, share in rows[:8]
    ]


@signed_in
def set_totals(request: HttpRequest, slug: str, margin: str) -> HttpResponse:
    """Say how many workers there are in each level of one margin."""
    found = survey_for(request, slug, "set_totals")
    known = totals_by(found.questions.prefetch_related("options")).get(margin)
    if known is None:
        raise Http404
    sheets = _sheets(found, known)
    form = TotalsForm(known, sheets, *posted(request), initial=_said(found, margin))
    if form.sent() and form.attempt(
        operations.set_totals, found, margin=margin, actor=request.user
    ):
        return done(request, _("The totals are kept."), "needs:weights", slug)
    title = _("Totals by: %(what)s") % {"what": own_words(known, "wording")}
    return form_page(request, form, title, _("Save"), reverse("needs:weights", args=[slug]))


def _sheets(survey: Survey, known: Variable) -> Counter[str]:
    frame = frame_of_survey(survey, texts_of(survey.questions.all()))
    return Counter({str(said): many for (said,), many in frame.counts(known.column)})


def _said(survey: Survey, margin: str) -> dict[str, Any]:
    """What was said before, to be changed."""
    one = survey.totals.filter(margin=margin).first()
    if one is None:
        return {}
    first: dict[str, Any] = {
        name: getattr(one, name) for name in ("source", "source_url", "dated_on")
    }
    for codes, workers in one.groups:
        first[f"level.{codes[0]}" if len(codes) == 1 else "rest"] = workers
    return first


@signed_in
@require_POST
def remove_totals(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave one margin out."""
    rows = KnownTotals.objects.filter(survey__in=surveys_visible_to(request.user).order_by())
    found = get_object_or_404(rows.select_related("survey"), pk=pk)
    gate(request.user, "remove_totals", found.survey)
    to = reverse("needs:weights", args=[found.survey.slug])
    return press(request, operations.remove_totals, found, said=_("Left out."), to=to)


@signed_in
def limit_weights(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how many times the mean a weight may be."""
    found = survey_for(request, slug, "limit_weights")
    form = LimitForm(*posted(request), initial={"most_weight": found.most_weight})
    if form.sent() and form.attempt(operations.limit_weights, found, actor=request.user):
        return done(request, _("Saved."), "needs:weights", slug)
    back = reverse("needs:weights", args=[slug])
    return form_page(request, form, _("Largest weight"), _("Save"), back)

"""Needs in public: the list, the same as a file, a need's chain, what became of a survey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from bidding.needs import results
from bidding.needs.chain import TONES, Stage, panels_of, with_chain
from bidding.needs.filters import NeedFilter
from bidding.needs.models import Need
from bidding.needs.queries import needs_visible_to, response_count, surveys_visible_to
from bidding.needs.states import NeedState, SurveyState
from foundation.face.values import own_words
from foundation.http import page_of, visible_or_404
from foundation.money import plain_yuan
from foundation.organisations.spreadsheet import csv_lines
from foundation.permissions import can


def _listed(request: HttpRequest) -> NeedFilter:
    """The published needs with what came of each, narrowed as the address says."""
    rows = needs_visible_to(request.user).filter(state=NeedState.PUBLISHED)
    return NeedFilter(request.GET, with_chain(rows))


def _staged(rows: Any) -> list[tuple[Any, Any, str]]:
    """(need, its stage in words, the tone of the badge)."""
    return [(need, Stage(need.stage).label, TONES[Stage(need.stage)]) for need in rows]


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """What workers need, the most urgent first: what came of each, and what is being asked."""
    chosen = _listed(request)
    page = page_of(request, chosen.qs)
    asking = surveys_visible_to(request.user).filter(state=SurveyState.OPEN)[:5]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filterset": chosen,
        "page": page,
        "rows": _staged(page),
        "asking": [survey for survey in asking if can(request.user, "answer_survey", survey)],
        "query": query.urlencode(),
    }
    return render(request, "needs/needs.html", context)


@require_safe
def needs_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same selection as a file for a spreadsheet."""
    lines = csv_lines(_lines(_listed(request).qs))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="needs.csv"'
    return response


def _lines(rows: Any) -> Iterator[list[Any]]:
    yield [
        _("need"),
        _("category"),
        pgettext("need", "who"),
        _("where"),
        _("how many"),
        _("how urgent, 1 to 5"),
        _("asked in"),
        _("question it came from"),
        _("answer it came from"),
        _("answers that named it"),
        _("answers to the question"),
        _("share"),
        _("lower end of the interval"),
        _("upper end of the interval"),
        _("what came of it"),
        _("calls"),
        _("projects"),
        _("people served"),
        _("amount in yuan"),
    ]
    for need in rows.iterator(chunk_size=500):
        figure = need.figure
        ends = (figure.share, figure.low, figure.high) if figure else (None, None, None)
        yield [
            own_words(need, "title"),
            need.category,
            own_words(need, "audience"),
            need.district or _("the whole area"),
            need.headcount,
            need.urgency,
            own_words(need.survey, "title"),
            own_words(need, "asked"),
            own_words(need, "named"),
            need.chosen,
            need.answered,
            *("" if end is None else f"{end:.4f}" for end in ends),
            Stage(need.stage).label,
            need.calls_n,
            need.projects_n,
            need.served_n,
            plain_yuan(need.money_fen),
        ]


@require_safe
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """One need: the figure and question it came from, and the chain to the people served."""
    found: Any = visible_or_404(with_chain(needs_visible_to(request.user)), pk=pk)
    context = {
        "need": found,
        "title": own_words(found, "title"),
        "stage": Stage(found.stage).label,
        "tone": TONES[Stage(found.stage)],
        "rows": _bar(found),
        "panels": panels_of(found, request.user),
    }
    return render(request, "needs/need.html", context)


def _bar(found: Need) -> list[tuple[Any, ...]]:
    """The frozen figure as a chart of one bar with its interval."""
    figure = found.figure
    if figure is None or figure.share is None:
        return []
    label = own_words(found, "named") or own_words(found, "title")
    return [(label, figure.share, results.percent(figure.share), figure.low, figure.high)]


@require_safe
def since(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever answered: what became of what workers said in one survey."""
    found = visible_or_404(
        surveys_visible_to(request.user).exclude(state=SurveyState.DRAFT), slug=slug
    )
    drawn = needs_visible_to(request.user).filter(survey=found, state=NeedState.PUBLISHED)
    rows = list(with_chain(drawn).order_by("-urgency", "-headcount", "pk"))
    context = {
        "survey": found,
        "n": response_count(found),
        "rows": _staged(rows),
        "answered": sum(1 for one in rows if one.stage != Stage.NONE),
        "served": sum(one.served_n for one in rows),
        "projects": sum(one.projects_n for one in rows),
    }
    return render(request, "needs/since.html", context)

"""The public pages about surveys."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bidding.needs import progress, results
from bidding.needs.kept_page import kept_page
from bidding.needs.models import Survey
from bidding.needs.queries import (
    counted_of,
    questionnaire_of,
    results_of,
    surveys_visible_to,
)
from bidding.needs.results import bars_of, priority_rows, results_csv
from bidding.needs.states import NeedState, SurveyState
from bidding.needs.statistics import widest_margin
from bidding.needs.structured import dataset
from foundation.face.values import own_words
from foundation.http import page_of, visible_or_404
from foundation.permissions import why_not
from foundation.structured import scripts


def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey the public may see, the newest first."""
    rows = surveys_visible_to(request.user).exclude(state=SurveyState.DRAFT)
    return render(request, "needs/surveys.html", {"page": page_of(request, rows)})


def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """A survey: an invitation while it is open, its results once they are public."""
    return kept_page(request, slug, lambda: _survey(request, slug))


def _survey(request: HttpRequest, slug: str) -> HttpResponse:
    found = visible_or_404(surveys_visible_to(request.user), slug=slug)
    refusal = why_not(request.user, "answer_survey", found)
    context: dict[str, Any] = {
        "survey": found,
        "title": own_words(found, "title"),
        "refusal": refusal,
        "progress": progress.read(request, found),
        "questions": questionnaire_of(found).questions if refusal is None else (),
    }
    if found.state == SurveyState.PUBLISHED:
        drawn = found.needs.filter(state=NeedState.PUBLISHED).select_related("category")
        context |= results_context(found) | {"drawn": drawn, "priorities": priority_rows(drawn)}
        context["structured"] = scripts(dataset(found, found.get_absolute_url()))
    return render(request, "needs/survey.html", context)


def results_context(found: Survey) -> dict[str, Any]:
    """What a page with results shows: the sample, how sure it is, a chart for each question."""
    counted = counted_of(found)
    return {
        "n": counted.n,
        "margin": results.percent(widest_margin(counted.effective)) if counted.n else "",
        "counted": counted,
        "results": [
            (result, bars_of(result), f"{place}. {own_words(result.question, 'wording')}")
            for place, result in enumerate(counted.results, start=1)
        ],
    }


def survey_results(request: HttpRequest, slug: str) -> HttpResponse:
    """The published results as CSV, cells that are too small left empty."""
    rows = surveys_visible_to(request.user).filter(state=SurveyState.PUBLISHED)
    found = visible_or_404(rows, slug=slug)
    response = HttpResponse(
        "\ufeff" + results_csv(results_of(found)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="survey-{found.slug}.csv"'
    return response

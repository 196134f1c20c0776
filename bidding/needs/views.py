"""The public pages about needs, and answering a survey one question a screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bidding.needs import operations, progress, results
from bidding.needs.filters import NeedFilter
from bidding.needs.forms import PlaceForm, StepForm
from bidding.needs.models import Survey
from bidding.needs.pace import within_pace
from bidding.needs.queries import (
    needs_visible_to,
    questions_of,
    response_count,
    results_of,
    surveys_visible_to,
)
from bidding.needs.results import bars_of, results_csv
from bidding.needs.states import NeedState, SurveyState
from bidding.needs.statistics import shown, widest_margin
from foundation.errors import DomainError
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import page_of, visible_or_404
from foundation.permissions import can, why_not

SHEETS_AN_HOUR = 300
"""From one connection: a whole factory may stand behind one address."""


def needs(request: HttpRequest) -> HttpResponse:
    """What workers need: the published needs, the most urgent first, and what is being asked."""
    rows = needs_visible_to(request.user).filter(state=NeedState.PUBLISHED)
    chosen = NeedFilter(request.GET, rows)
    asking = [s for s in _asking(request) if can(request.user, "answer_survey", s)]
    page = page_of(request, chosen.qs.select_related("survey", "category", "district"))
    context = {"filterset": chosen, "page": page, "asking": asking}
    return render(request, "needs/needs.html", context)


def _asking(request: HttpRequest) -> Any:
    return surveys_visible_to(request.user).filter(state=SurveyState.OPEN)[:5]


def need(request: HttpRequest, pk: int) -> HttpResponse:
    """One need: its figures, the question it came from, and the calls that answer it."""
    found = visible_or_404(needs_visible_to(request.user).select_related("option__question"), pk=pk)
    share = shown(found.chosen, found.answered) if found.answered else None
    context = {
        "need": found,
        "title": own_words(found, "title"),
        "share": share,
        "calls": found.calls.exclude(state="draft").order_by("-closes_at"),
    }
    if share and share.share is not None:
        context["rows"] = [
            (
                own_words(found.option, "wording") if found.option else own_words(found, "title"),
                share.share,
                results.percent(share.share),
                share.low,
                share.high,
            )
        ]
    return render(request, "needs/need.html", context)


def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey the public may see, the newest first."""
    rows = surveys_visible_to(request.user).exclude(state=SurveyState.DRAFT)
    return render(request, "needs/surveys.html", {"page": page_of(request, rows)})


def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """A survey: an invitation while it is open, its results once they are public."""
    found = visible_or_404(surveys_visible_to(request.user), slug=slug)
    refusal = why_not(request.user, "answer_survey", found)
    context: dict[str, Any] = {
        "survey": found,
        "title": own_words(found, "title"),
        "refusal": refusal,
        "progress": progress.read(request, found),
        "questions": questions_of(found) if refusal is None else [],
    }
    if found.state == SurveyState.PUBLISHED:
        drawn = found.needs.filter(state=NeedState.PUBLISHED).select_related("category")
        context |= results_context(found, response_count(found)) | {"drawn": drawn}
    return render(request, "needs/survey.html", context)


def results_context(found: Survey, n: int) -> dict[str, Any]:
    """What a page with results shows: the sample of `n` sheets, a chart for each question."""
    counted = results_of(found)
    return {
        "n": n,
        "margin": results.percent(widest_margin(n)) if n else "",
        "counted": counted,
        "results": [
            (result, bars_of(result), f"{place}. {own_words(result.question, 'wording')}")
            for place, result in enumerate(counted, start=1)
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


def answer_survey(request: HttpRequest, slug: str, step: int) -> HttpResponse:
    """One question a screen; what was answered stays on the person's device until handed in."""
    found = visible_or_404(surveys_visible_to(request.user), slug=slug)
    kept = progress.read(request, found)
    if kept.done or why_not(request.user, "answer_survey", found):
        return redirect(found)
    questions = questions_of(found)
    if step > len(questions):
        return _hand_in(request, found, questions, kept)
    question = questions[max(step, 1) - 1]
    form = StepForm(question, *posted(request), value=kept.values.get(question.pk))
    if form.sent():
        kept.values[question.pk] = form.value
        onward = redirect("needs:answer_survey", found.slug, step + 1)
        return progress.write(onward, found, kept)
    return _step(request, found, form, step, len(questions))


def _hand_in(request: HttpRequest, found: Survey, questions: Any, kept: Any) -> HttpResponse:
    """The last screen: where one works, and handing the sheet in."""
    missing = progress.first_missing(questions, kept.values)
    if missing is not None:
        return redirect("needs:answer_survey", found.slug, missing)
    form = PlaceForm(*posted(request))
    if form.sent():
        given = {"token": kept.token, "answers": kept.values, "actor": request.user}
        if form.attempt(_answer_in_pace(request), found, **given):
            kept.done = True
            return progress.write(redirect(found), found, kept)
    return _step(request, found, form, len(questions) + 1, len(questions))


def _answer_in_pace(request: HttpRequest) -> Any:
    """`answer_survey`, unless far too many sheets come from this connection."""

    def answer(found: Survey, **facts: Any) -> Any:
        if not within_pace(request, f"survey:{found.pk}", SHEETS_AN_HOUR):
            raise DomainError(
                _("Very many answers came from this connection. Please send it in an hour.")
            )
        return operations.answer_survey(found, **facts)

    return answer


def _step(
    request: HttpRequest, found: Survey, form: Any, step: int, questions: int
) -> HttpResponse:
    steps = questions + 1
    context = {
        "survey": found,
        "form": form,
        "step": step,
        "steps": steps,
        "before": step - 1,
        "last": step == steps,
        "title": own_words(found, "title"),
    }
    return render(request, "needs/answer_survey.html", context)

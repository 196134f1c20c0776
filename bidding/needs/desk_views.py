"""The desk of surveys and needs: writing, opening, closing, publishing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.needs import operations
from bidding.needs.filters import DeskFilter
from bidding.needs.forms import NewSurveyForm, OpenForm, SurveyForm
from bidding.needs.models import Survey
from bidding.needs.queries import (
    needs_visible_to,
    proposed_needs,
    questions_of,
    surveys_visible_to,
    with_sheets,
)
from bidding.needs.rules import reads_desk
from bidding.needs.states import NeedState, SurveyState
from bidding.needs.views import results_context
from foundation import clock
from foundation.errors import Forbidden
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404


def reader_only(request: HttpRequest) -> None:
    """The 403 page for whoever is neither officer nor auditor."""
    if not reads_desk.test(request.user, None):
        raise Forbidden(_("Only programme officers and auditors work here."))


def survey_for(request: HttpRequest, slug: str, law: str = "") -> Survey:
    """The survey, for whoever may do `law` with it (without one: for who reads the desk)."""
    found = visible_or_404(surveys_visible_to(request.user), slug=slug)
    if law:
        gate(request.user, law, found)
    else:
        reader_only(request)
    return found


def form_page(request: HttpRequest, form: Any, title: Any, submit: Any, back: str) -> HttpResponse:
    """A form by itself on a page."""
    context = {"form": form, "title": title, "submit": submit, "back": back}
    return render(request, "base/form_page.html", context)


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """All surveys, and the needs drawn from them."""
    reader_only(request)
    chosen = DeskFilter(request.GET, needs_visible_to(request.user))
    context = {
        "surveys": surveys_visible_to(request.user)[:20],
        "filterset": chosen,
        "page": page_of(request, chosen.qs),
    }
    return render(request, "needs/desk.html", context)


@signed_in
def create_survey(request: HttpRequest) -> HttpResponse:
    """Start a survey."""
    gate(request.user, "create_survey")
    form = NewSurveyForm(*posted(request))
    if form.sent() and (new := form.attempt(operations.create_survey, actor=request.user)):
        said = _("The survey is begun. Add its questions now.")
        return done(request, said, "needs:manage", new.slug)
    return form_page(request, form, _("New survey"), _("Begin the draft"), reverse("needs:desk"))


@signed_in
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """A survey on the desk: its questions, how many answers, results, needs to draw."""
    found = visible_or_404(
        with_sheets(surveys_visible_to(request.user)).select_related("earlier", "later"), slug=slug
    )
    sheets: int = found.sheets  # type: ignore[attr-defined]  # counted by `with_sheets`
    reader_only(request)
    is_over = found.state in (SurveyState.CLOSED, SurveyState.PUBLISHED)
    context: dict[str, Any] = {
        "survey": found,
        "title": own_words(found, "title"),
        "is_draft": found.state == SurveyState.DRAFT,
        "is_over": is_over,
        "back": reverse("needs:desk"),
        "earlier": found.earlier,
        "later": getattr(found, "later", None),
    }
    if is_over:
        context |= _to_draw(found, results_context(found))
    else:
        context |= {"questions": questions_of(found), "n": sheets}
    return render(request, "needs/manage.html", context)


def _to_draw(found: Survey, results: dict[str, Any]) -> dict[str, Any]:
    """The results, the needs they suggest, and what has been made of these."""
    needs = list(found.needs.all())
    proposed = proposed_needs(found, results["counted"].results, needs)
    return results | {
        "proposed": proposed,
        "to_draw": sum(1 for row in proposed if not row.drawn),
        "drafts": sum(1 for need in needs if need.state == NeedState.DRAFT),
        "is_drawn": bool(needs),
        "questions": [result.question for result in results["counted"].results],
    }


@signed_in
def edit_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a draft's words."""
    found = survey_for(request, slug, "edit_survey")
    form = SurveyForm(*posted(request), instance=found)
    if form.sent() and form.attempt(operations.edit_survey, found, actor=request.user):
        return done(request, _("Saved."), "needs:manage", slug)
    return form_page(
        request, form, _("Words of the survey"), _("Save"), reverse("needs:manage", args=[slug])
    )


@signed_in
def open_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Say from when to when the survey asks, and open it."""
    found = survey_for(request, slug, "open_survey")
    now = clock.now().replace(second=0, microsecond=0)
    first = {"opens_at": now, "closes_at": now + dt.timedelta(days=14)}
    form = OpenForm(*posted(request), initial=first)
    if form.sent() and form.attempt(operations.open_survey, found, actor=request.user):
        return done(request, _("The survey is open."), "needs:manage", slug)
    context = {
        "form": form,
        "title": _("Open the survey"),
        "says": _("Everybody can answer, without a name. The questions stay as they are now."),
        "submit": _("Open it"),
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "base/confirm.html", context)


@signed_in
def reschedule_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Move the times of an open survey."""
    found = survey_for(request, slug, "reschedule_survey")
    first = {"opens_at": found.opens_at, "closes_at": found.closes_at}
    form = OpenForm(*posted(request), initial=first)
    if form.sent() and form.attempt(operations.reschedule_survey, found, actor=request.user):
        return done(request, _("The times are moved."), "needs:manage", slug)
    return form_page(
        request, form, _("Move its times"), _("Save"), reverse("needs:manage", args=[slug])
    )


@signed_in
@require_POST
def revise_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the next version, and go there."""
    found = survey_for(request, slug, "revise_survey")
    to = reverse("needs:manage", args=[slug])
    said = _("The next version is begun as a draft: this is it.")

    def onward(draft: Survey) -> str:
        return reverse("needs:manage", args=[draft.slug])

    return press(request, operations.revise_survey, found, said=said, to=to, onward=onward)


@signed_in
@require_POST
def close_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the survey now."""
    found = survey_for(request, slug, "close_survey")
    to = reverse("needs:manage", args=[slug])
    said = _("The survey is closed. Now draw up needs from its answers.")
    return press(request, operations.close_survey, found, said=said, to=to)


@signed_in
@require_POST
def publish_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the results public."""
    found = survey_for(request, slug, "publish_survey")
    to = reverse("needs:manage", args=[slug])
    return press(
        request, operations.publish_survey, found, said=_("The results are public."), to=to
    )

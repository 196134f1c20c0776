"""The public pages of complaints: the form, and the page behind the secret link; privacy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bidding.needs.progress import WEEK
from bidding.needs.queries import surveys_visible_to
from bidding.needs.states import SurveyState
from bidding.sampling.release import K
from bidding.sampling.suppression import SMALLEST_CELL
from foundation.errors import DomainError
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import number_in
from foundation.organisations.queries import organisations_visible_to
from foundation.pace import within_pace
from marketplace.complaints.forms import ComplaintForm
from marketplace.complaints.models import About
from marketplace.complaints.operations import ANSWER_DAYS, ERASED_AFTER, send_complaint
from marketplace.complaints.queries import complaint_opened_by
from marketplace.complaints.states import ComplaintState
from marketplace.delivery.models import Project
from marketplace.delivery.voice import GROUP

AN_HOUR = 10
"""Complaints from one connection within an hour: a hall of workers may share one."""


def _subject(request: HttpRequest) -> tuple[str, Any]:
    """What the page before was about, as the address says; what is not there is left out."""
    given = {name: request.GET.get(name, "") for name in ("project", "survey", "organisation")}
    number, slug, pk = (value if value.isprintable() else "" for value in given.values())
    if number:
        return About.PROJECT, Project.objects.filter(number=number).first()
    if slug:
        surveys = surveys_visible_to(request.user).exclude(state=SurveyState.DRAFT)
        return About.SURVEY, surveys.filter(slug=slug).first()
    if (key := number_in(pk)) is not None:
        return About.ORGANISATION, organisations_visible_to(request.user).filter(pk=key).first()
    return "", None


@never_cache
def complaints(request: HttpRequest) -> HttpResponse:
    """Say what is wrong, without an account; then the link at which the answer will stand."""
    about, subject = _subject(request)
    form = ComplaintForm(*posted(request), subject=subject, about=about)
    if form.sent() and (sent := form.attempt(_in_pace(request), actor=request.user)):
        return redirect("complaints:answer", sent.number, form.key)
    context = {
        "form": form,
        "subject": own_words(subject, "name" if about == About.ORGANISATION else "title")
        if subject
        else "",
        "days": ANSWER_DAYS,
        "erased_after": ERASED_AFTER,
    }
    return render(request, "complaints/complaints.html", context)


def _in_pace(request: HttpRequest) -> Callable[..., Any]:
    """`send_complaint`, unless far too many come from this connection."""

    def send(**facts: Any) -> Any:
        if not within_pace(request, "complaint", AN_HOUR):
            raise DomainError(
                _("Many complaints came from this connection. Please send it in an hour.")
            )
        return send_complaint(**facts)

    return send


@never_cache
@require_safe
def answer(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """What became of one's complaint, for whoever holds its link; a wrong one is not there."""
    found = complaint_opened_by(number, key)
    if found is None:
        raise Http404
    context = {
        "complaint": found,
        "address": request.build_absolute_uri(reverse("complaints:answer", args=[number, key])),
        "steps": _steps(found.state),
        "erased_after": ERASED_AFTER,
    }
    response = render(request, "complaints/answer.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _steps(state: str) -> list[dict[str, Any]]:
    """The way of a complaint, and where this one is."""
    order = list(ComplaintState)
    here = order.index(ComplaintState(state))
    last = len(order) - 1
    return [
        {
            "label": one.label,
            "state": "done" if place < here or here == last else "now" if place == here else "next",
        }
        for place, one in enumerate(order)
    ]


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What a survey and a complaint keep of a person, and what not."""
    context = {
        "device_days": WEEK // 86_400,
        "least": SMALLEST_CELL,
        "alike": K,
        "group": GROUP,
        "days": ANSWER_DAYS,
        "erased_after": ERASED_AFTER,
    }
    return render(request, "complaints/privacy.html", context)

"""The voice of those served: the page behind the code they scan, and what the desk sees of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.errors import DomainError
from foundation.face.qr import code_of
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.pace import within_pace
from foundation.permissions import can, why_not
from marketplace.delivery.models import Project
from marketplace.delivery.queries import projects_visible_to
from marketplace.delivery.voice import GROUP
from marketplace.delivery.voice_forms import AskingForm, VoiceForm
from marketplace.delivery.voice_models import Asking
from marketplace.delivery.voice_operations import ask_served, end_asking, rate_project
from marketplace.delivery.voice_queries import (
    askings_by_code,
    askings_visible_to,
    heard_of,
    is_one_of_them,
)

AN_HOUR = 60
"""Answers from one connection: a hall of workers may share one."""

REMEMBERED = 90 * 24 * 3600
"""Seconds for which a browser knows that its person has answered."""


def _project(request: HttpRequest, pk: int) -> Project:
    rows = projects_visible_to(request.user).select_related("organisation", "buyer")
    return visible_or_404(rows, pk=pk)


@signed_in
@require_safe
def voices(request: HttpRequest, pk: int) -> HttpResponse:
    """What those served said, in all and by occasion, and how to ask more of them."""
    found = _project(request, pk)
    whole, each = heard_of(pk)
    page = page_of(request, Asking.objects.filter(project=found))
    context = {
        "project": found,
        "heard": whole,
        "page": page,
        "rows": [(asking, each.get(asking.pk)) for asking in page],
        "may_ask": can(request.user, "ask_served", found),
        "group": GROUP,
        "back": reverse("delivery:project", args=[pk]),
    }
    return render(request, "delivery/voices.html", context)


@signed_in
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an occasion; then its poster."""
    found = _project(request, pk)
    gate(request.user, "ask_served", found)
    form = AskingForm(*posted(request))
    if form.sent() and (made := form.attempt(ask_served, found, actor=request.user)):
        said = _("Print the poster, or show it on a screen.")
        return done(request, said, "delivery:asking", made.pk)
    context = {
        "form": form,
        "title": _("Ask those served by “%(project)s”") % {"project": found},
        "lead": _("Three questions, no name. The buyer looks at the answers before it accepts."),
        "submit": _("Make the code"),
        "back": reverse("delivery:voices", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


def _address(asking: Asking) -> str:
    """The whole short link, without a language: the reader's own is found when it is opened."""
    with override(settings.LANGUAGE_CODE):
        path = reverse("delivery:voice_link", args=[asking.code])
    return f"{settings.BASE_URL.rstrip('/')}{path}"


@signed_in
@require_safe
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    """The poster of one occasion, to print."""
    found = visible_or_404(askings_visible_to(request.user).select_related("project"), pk=pk)
    context = {
        "asking": found,
        "address": _address(found),
        "code_url": reverse("delivery:asking_code", args=[pk]),
        "may_end": can(request.user, "end_asking", found),
        "back": reverse("delivery:voices", args=[found.project_id]),
        "title": own_words(found, "occasion"),
    }
    return render(request, "delivery/asking.html", context)


@signed_in
@require_safe
def asking_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code alone, as a drawing."""
    found = visible_or_404(askings_visible_to(request.user), pk=pk)
    return HttpResponse(code_of(_address(found)), content_type="image/svg+xml")


@signed_in
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more answers."""
    found = visible_or_404(askings_visible_to(request.user).select_related("project"), pk=pk)
    gate(request.user, "end_asking", found)
    to = reverse("delivery:voices", args=[found.project_id])
    return press(request, end_asking, found, said=_("No more answers are taken."), to=to)


@require_safe
def voice_link(request: HttpRequest, code: str) -> HttpResponse:
    """Where the printed code leads: the three questions, in the reader's language."""
    found = get_object_or_404(askings_by_code(), code=code)
    with override(get_language_from_request(request)):
        return redirect(found)


@never_cache
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Three questions for those served; then thanks."""
    found = get_object_or_404(askings_by_code(), code=code)
    cookie = f"heard_{found.pk}"
    answered = request.get_signed_cookie(cookie, None, salt=found.code) is not None
    is_theirs = is_one_of_them(request.user, found)
    refusal = None if answered or is_theirs else why_not(request.user, "rate_project", found)
    form = VoiceForm(*posted(request))
    if form.sent() and not answered:
        gate(request.user, "rate_project", found)
        if form.attempt(_in_pace(request, found), found, actor=request.user):
            response = redirect(found)
            response.set_signed_cookie(
                cookie, "1", salt=found.code, max_age=REMEMBERED, httponly=True, samesite="Lax"
            )
            return response
    context = {
        "asking": found,
        "form": form,
        "answered": answered,
        "is_theirs": is_theirs,
        "refusal": refusal,
    }
    return render(request, "delivery/rate.html", context)


def _in_pace(request: HttpRequest, found: Asking) -> Callable[..., Any]:
    """`rate_project`, unless far too many answers come from this connection."""

    def answer(asking: Asking, **facts: Any) -> Any:
        if not within_pace(request, f"voice:{found.pk}", AN_HOUR):
            raise DomainError(
                _("Very many answers came from this connection. Please send it in an hour.")
            )
        return rate_project(asking, **facts)

    return answer

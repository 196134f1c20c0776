"""Subscribing to calls, the links of its letters, and the calendars of calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from bidding.calls import subscriptions as operations
from bidding.calls.days import events_of
from bidding.calls.icalendar import calendar
from bidding.calls.models import Call
from bidding.calls.queries import calls_visible_to, in_phase
from bidding.calls.states import CallState, Phase
from bidding.calls.subscription_models import Subscription
from bidding.calls.subscriptions import key_of, opens
from bidding.needs.models import Category
from foundation import clock
from foundation.errors import DomainError
from foundation.face.values import own_words
from foundation.forms import Form, posted
from foundation.http import done, visible_or_404
from foundation.organisations.models import District
from foundation.pace import within_pace

SUBSCRIPTIONS_AN_HOUR = 5
MOST = 200
"""So many calls a calendar holds at most: the open and coming ones."""


class SubscriptionForm(Form):
    """What one wants to be told of; an address, where one is not signed in."""

    address = forms.EmailField(
        label=gettext_lazy("e-mail"),
        help_text=gettext_lazy(
            "A letter with a link to confirm comes first. Each letter has a link to leave."
        ),
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.all(),
        label=gettext_lazy("categories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none to be told of all."),
    )
    districts = forms.ModelMultipleChoiceField(
        District.objects.all(),
        label=gettext_lazy("streets and towns"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy(
            "Choose none for all of them; for several hold Ctrl (on a Mac ⌘). A call that names no "
            "place is always told."
        ),
    )

    def __init__(self, *args: Any, is_signed_in: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if is_signed_in:
            del self.fields["address"]


def _mine(request: HttpRequest) -> Subscription | None:
    rows = Subscription.objects.filter(person=request.user.pk)
    return rows.first() if request.user.is_authenticated else None


def subscribe(request: HttpRequest) -> HttpResponse:
    """Choose what one wants to be told of; the feeds and calendars stand beside it."""
    mine = _mine(request)
    initial = (
        {"categories": mine.categories.all(), "districts": mine.districts.all()} if mine else {}
    )
    is_signed_in = request.user.is_authenticated
    form = SubscriptionForm(*posted(request), is_signed_in=is_signed_in, initial=initial)
    if form.sent() and is_signed_in and form.attempt(operations.subscribe, actor=request.user):
        return done(request, _("You are told of such calls from now on."), "calls:subscribe")
    if form.sent() and not is_signed_in and form.attempt(_ask_in_pace(request), actor=request.user):
        said = _("Look into your mail: a letter with a link to confirm is on its way.")
        return done(request, said, "calls:subscribe")
    context = {
        "title": _("Be told of calls"),
        "form": form,
        "mine": mine,
        "key": key_of(mine) if mine else "",
        "webcal": _absolute("calls:calendar").partition(":")[2],
    }
    return render(request, "calls/subscribe.html", context)


def _ask_in_pace(request: HttpRequest) -> Any:
    """`request_subscription`, unless too many come from this connection."""

    def ask(**facts: Any) -> bool:
        if not within_pace(request, "subscription", SUBSCRIPTIONS_AN_HOUR):
            raise DomainError(_("Several came from this connection. Please try again in an hour."))
        language = get_language() or settings.LANGUAGE_CODE
        operations.request_subscription(language=language, **facts)
        return True

    return ask


def _by_link(pk: int, key: str) -> Subscription:
    found: Subscription = visible_or_404(Subscription.objects.all(), pk=pk)
    if not opens(key, found):
        raise Http404
    return found


def confirm(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The link of the letter: one press confirms; reading it, as mail scanners do, does not."""
    found = _by_link(pk, key)
    form = Form(*posted(request))
    facts = {"key": key, "actor": request.user}
    if form.sent() and form.attempt(operations.confirm_subscription, found, **facts):
        said = _("Confirmed. You are told of such calls from now on.")
        return done(request, said, "calls:calls")
    context = {
        "base": "base/page.html",
        "title": _("Be told of calls"),
        "says": _("%(address)s is told of new calls, their changes and closings.")
        % {"address": found.address},
        "submit": _("Yes, tell me"),
    }
    return render(request, "base/confirm.html", context)


@csrf_exempt  # mail programs post here for their reader, without a session: the key is the proof
def end(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Leave, with one press; nothing of it is kept. Reading it, as scanners do, ends nothing."""
    found = _by_link(pk, key)
    form = Form(*posted(request))
    facts = {"key": key, "actor": request.user}
    if form.sent():
        form.attempt(operations.end_subscription, found, **facts)
        if request.POST.get("List-Unsubscribe") == "One-Click":  # RFC 8058: no redirect
            return HttpResponse(_("You are told of calls no longer."), content_type="text/plain")
        return done(request, _("You are told of calls no longer."), "calls:calls")
    context = {
        "base": "base/page.html",
        "title": _("Be told of calls no longer"),
        "says": _("Your choice and, if you have no account, your address are deleted."),
        "submit": _("Leave"),
        "back": reverse("calls:calls"),
    }
    return render(request, "base/confirm.html", context)


@require_safe
@conditional_page
def calendars(request: HttpRequest) -> HttpResponse:
    """The dates of every call that is open or coming, for a calendar to follow."""
    visible, now = calls_visible_to(AnonymousUser()), clock.now()
    rows = in_phase(visible, Phase.OPEN, now) | in_phase(visible, Phase.UPCOMING, now)
    return _file(str(_("Calls for projects")), rows.order_by("closes_at", "pk")[:MOST], "calls")


@require_safe
@conditional_page
def calendar_of(request: HttpRequest, number: str) -> HttpResponse:
    """The dates of one call, also when it is over or was cancelled."""
    visible = calls_visible_to(AnonymousUser()).exclude(state=CallState.DRAFT)
    found = visible_or_404(visible, number=number)
    return _file(own_words(found, "title"), visible.filter(pk=found.pk), number)


def _file(name: str, rows: Any, file: str) -> HttpResponse:
    events = [event for found in rows.prefetch_related("amendments") for event in _events(found)]
    words = calendar(name, events, producer=settings.WAGTAIL_SITE_NAME)
    response = HttpResponse(words, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response


def _events(found: Call) -> Any:
    return events_of(found, url=settings.BASE_URL.rstrip("/") + found.get_absolute_url())


def _absolute(name: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name)

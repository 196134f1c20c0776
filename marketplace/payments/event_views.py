"""Stripe's door, and the desk pages of what it told."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.money import yuan
from foundation.permissions import SYSTEM, can
from marketplace.payments import events as news
from marketplace.payments import gateway
from marketplace.payments.deposit_forms import NoteForm
from marketplace.payments.event_queries import events_visible_to
from marketplace.payments.filters import EventFilter
from marketplace.payments.models import Payout
from marketplace.payments.rules import reads_border
from marketplace.payments.tabs import tabs_of


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Stripe tells something: keep it, if Stripe it is, and say so at once."""
    if not gateway.offered():
        raise Http404
    try:
        told = gateway.read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except gateway.Forged:
        return HttpResponseBadRequest("not signed by Stripe just now", content_type="text/plain")
    news.take_in_event(told, body=request.body.decode(), actor=SYSTEM)
    return HttpResponse("kept", content_type="text/plain")


@signed_in
def events(request: HttpRequest) -> HttpResponse:
    """What Stripe told, newest first."""
    if not reads_border.test(request.user, None):
        raise Forbidden(_("What Stripe tells is for fund managers and auditors."))
    filterset = EventFilter(request.GET, events_visible_to(request.user))
    context = {
        "filterset": filterset,
        "page": page_of(request, filterset.qs),
        "stripe": gateway.offered(),
        "tabs": tabs_of(request.user, "events"),
    }
    return render(request, "payments/events.html", context)


@signed_in
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of news, as it came, and what became of it."""
    found = visible_or_404(events_visible_to(request.user), pk=pk)
    part = news.part_told(found)
    context = {
        "event": found,
        "may_try": can(request.user, "work_off_event", found),
        "may_owe": can(request.user, "owe_part", found) and part is not None,
        "part": part,
        "may_set_aside": can(request.user, "set_aside_event", found),
        "tabs": tabs_of(request.user, "events"),
    }
    return render(request, "payments/event.html", context)


@signed_in
@require_POST
def work_off_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again."""
    found = visible_or_404(events_visible_to(request.user), pk=pk)
    to = reverse("payments:event", args=[pk])
    said = _("It was tried; what came of it stands here.")
    return press(request, news.work_off_event, found, said=said, to=to)


@signed_in
def owe_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that a part which Stripe took back is owed again."""
    found = visible_or_404(events_visible_to(request.user), pk=pk)
    to = reverse("payments:event", args=[pk])
    if request.method == "POST":
        return press(request, news.owe_part, found, said=_("That part is owed again."), to=to)
    gate(request.user, "owe_part", found)
    part = news.part_told(found)
    if part is None:
        return redirect(to)
    return render(request, "base/confirm.html", {**_owing(*part), "back": to})


def _owing(payout: Payout, fen: int) -> dict[str, str]:
    """What the page says before a part is owed again."""
    return {
        "title": _("Owe %(part)s again") % {"part": yuan(fen)},
        "lead": f"{payout.reference} · {payout.payable.organisation}",
        "says": _(
            "%(part)s of %(whole)s came back from %(organisation)s. In the book it moves from what "
            "was paid to what is owed; it goes into another batch under the same invoice. The "
            "other %(rest)s stays paid. The organisation is told."
        )
        % {
            "part": yuan(fen),
            "whole": yuan(payout.amount_fen),
            "organisation": payout.payable.organisation,
            "rest": yuan(payout.kept_fen - fen),
        },
        "submit": _("Owe it again"),
    }


@signed_in
def set_aside_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why nothing follows from it."""
    found = visible_or_404(events_visible_to(request.user), pk=pk)
    gate(request.user, "set_aside_event", found)
    form = NoteForm(*posted(request))
    if form.sent() and form.attempt(news.set_aside_event, found, actor=request.user):
        return done(request, _("It is set aside."), "payments:events")
    context = {
        "title": _("Set aside"),
        "lead": found.error or found.kind,
        "form": form,
        "submit": _("Set aside"),
        "back": reverse("payments:event", args=[pk]),
    }
    return render(request, "base/form_page.html", context)

"""Agreements on the desk: drawn up, offered, signed or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation import clock
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.people.second_factor import fresh_second_factor_required
from foundation.permissions import can, why_not
from foundation.workdays.queries import WorkingCalendar
from marketplace.agreements import operations
from marketplace.agreements.forms import DrawUpForm, RefuseForm, SignForm
from marketplace.agreements.models import Agreement
from marketplace.agreements.queries import (
    agreements_visible_to,
    claimed_fen,
    parties_visible_to,
    tranches_with_payment,
)
from marketplace.agreements.rules import first_day_to_sign, last_day_to_sign
from marketplace.agreements.states import AgreementState
from marketplace.agreements.terms import amounts_of, gates_of
from marketplace.awards.models import Award
from marketplace.awards.queries import awards_visible_to

TO_BE_SIGNED = (AgreementState.DRAFT, AgreementState.OFFERED)


@signed_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The agreements one may see, newest first."""
    rows = agreements_visible_to(request.user).prefetch_related("parties__organisation")
    page = page_of(request, rows.select_related("award__notice__call").order_by("-pk"))
    return render(request, "agreements/desk.html", {"page": page, "signing": _signing(page)})


def _signing(agreements: Iterable[Agreement]) -> dict[int, dt.date]:
    """{agreement: from when it can be signed}, of those that cannot be yet."""
    works, today = WorkingCalendar(), clock.today()
    waiting = (one for one in agreements if one.state in TO_BE_SIGNED)
    days = {one.pk: first_day_to_sign(one.award, works) for one in waiting}
    return {pk: day for pk, day in days.items() if day > today}


@signed_in
@require_GET
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: its paper, its parties, its parts, and what can be done."""
    rows = agreements_visible_to(request.user).select_related(
        "document", "award__fund", "award__proposal", "award__notice__call", "project"
    )
    found = visible_or_404(rows, pk=pk)
    parties = list(found.parties.select_related("organisation", "signed_by"))
    mine = [party for party in parties if can(request.user, "sign_agreement", party)]
    context = {
        "agreement": found,
        "parties": parties,
        "tranches": tranches_with_payment().filter(agreement=found),
        "milestones": [_dated(milestone) for milestone in found.terms["milestones"]],
        "shares": found.terms["shares"],
        "project": getattr(found, "project", None),
        "to_sign": mine,
        "may_refuse": [p for p in parties if can(request.user, "refuse_agreement", p)],
        "may_offer": can(request.user, "offer_agreement", found),
        "may_claim": can(request.user, "claim_back", found),
        "open_fen": claimed_fen(found) if found.signed_at else 0,
        **_days_to_sign(found),
        "back": reverse("agreements:desk"),
    }
    return render(request, "agreements/agreement.html", context)


def _days_to_sign(agreement: Agreement) -> dict[str, Any]:
    """From when to when it can be signed, while it is to be signed."""
    if agreement.state != AgreementState.OFFERED:
        return {"sign_from": None, "sign_until": agreement.sign_until}
    first = first_day_to_sign(agreement.award)
    return {
        "sign_from": first if clock.today() < first else None,
        "sign_until": (until := last_day_to_sign(agreement)),
        "held_up": until is None,
    }


def _dated(milestone: dict[str, Any]) -> dict[str, Any]:
    """A milestone as it was frozen, its day a day again."""
    return {**milestone, "due_on": dt.date.fromisoformat(milestone["due_on"])}


def _initial(award: Award) -> dict[str, Any]:
    """The terms as they were handed in, with the usual parts."""
    submission = award.proposal.submissions.select_related("opened").first()
    content = submission.content if submission else {"milestones": []}
    milestones = sorted(content["milestones"], key=lambda milestone: milestone["due_on"])
    parts = amounts_of(award.amount_fen, gates_of(milestones))
    days = {
        name: dt.date.fromisoformat(content[name])
        for name in ("starts_on", "ends_on")
        if content.get(name)
    }
    return {**days, **{f"{gate}_fen": fen for gate, fen in parts.items()}}


@signed_in
def draw_up_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze a standing award into an agreement."""
    rows = awards_visible_to(request.user).select_related("proposal")
    award = visible_or_404(rows, pk=pk)
    gate(request.user, "draw_up_agreement", award)
    form = DrawUpForm(*posted(request), initial=_initial(award))
    if form.sent() and (
        drawn := form.attempt(operations.draw_up_agreement, award, actor=request.user)
    ):
        return done(
            request, _("Drawn up. Look at it, then offer it."), "agreements:agreement", drawn.pk
        )
    context = {
        "title": _("Draw up the agreement"),
        "lead": _("The promises, milestones and budget are taken from what was handed in."),
        "award": award,
        "form": form,
        "submit": _("Draw up"),
        "back": reverse("awards:award", args=[pk]),
        "refusal": why_not(request.user, "draw_up_agreement", award),
    }
    return render(request, "agreements/draw_up.html", context)


@signed_in
@require_POST
def offer_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it out for signature."""
    found = visible_or_404(agreements_visible_to(request.user), pk=pk)
    to = reverse("agreements:agreement", args=[pk])
    said = _("The parties have been asked to sign.")
    return press(request, operations.offer_agreement, found, said=said, to=to)


@signed_in
@fresh_second_factor_required
def sign_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for one side."""
    rows = parties_visible_to(request.user).select_related("agreement__document", "organisation")
    party = visible_or_404(rows, pk=pk)
    gate(request.user, "sign_agreement", party)
    form = SignForm(*posted(request))
    to = reverse("agreements:agreement", args=[party.agreement_id])
    if form.sent() and form.attempt(operations.sign_agreement, party, actor=request.user):
        return done(request, _("Signed."), to)
    context = {
        "title": _("Sign the agreement"),
        "party": party,
        "agreement": party.agreement,
        "form": form,
        "submit": _("Sign for %(organisation)s") % {"organisation": party.organisation},
        "back": to,
    }
    return render(request, "agreements/sign.html", context)


@signed_in
def refuse_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse for one side."""
    party = visible_or_404(parties_visible_to(request.user).select_related("agreement"), pk=pk)
    gate(request.user, "refuse_agreement", party)
    form = RefuseForm(*posted(request))
    to = reverse("agreements:agreement", args=[party.agreement_id])
    if form.sent() and form.attempt(operations.refuse_agreement, party, actor=request.user):
        return done(request, _("Refused."), to)
    context = {
        "title": _("Refuse to sign"),
        "lead": _("The award is declined and its money goes back. This cannot be undone."),
        "form": form,
        "submit": _("Refuse to sign"),
        "tone": "danger",
        "back": to,
    }
    return render(request, "base/confirm.html", context)

"""Claiming back, entering what arrived, giving up: three short forms about one agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.forms import posted
from foundation.http import done, gate, signed_in, visible_or_404
from foundation.permissions import why_not
from marketplace.agreements import claims
from marketplace.agreements.queries import agreements_visible_to, claimed_fen
from marketplace.ledger.forms import StepForm


@signed_in
def claim_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim back what was paid."""
    says = _(
        "The organisation is told and owes the money to the fund, from every source in the "
        "proportion it was paid. What is owed and not paid yet cannot be claimed."
    )
    return _page(request, pk, claims.claim_back, (_("Claim money back"), says, _("Claimed back.")))


@signed_in
def recover_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that claimed money has arrived."""
    says = _(
        "Enter what stands on the bank's statement; its line there is set aside with a note. "
        "Each fen goes back to the source it came from."
    )
    words = _("Claimed money arrived"), says, _("Entered.")
    return _page(request, pk, claims.recover_claim, words)


@signed_in
def waive_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a claim up."""
    says = _("The money then counts as spent. The reason is kept; it cannot be undone.")
    words = _("Give the claim up"), says, _("Given up.")
    return _page(request, pk, claims.waive_claim, words)


def _page(
    request: HttpRequest, pk: int, act: Callable[..., Any], words: tuple[str, str, str]
) -> HttpResponse:
    title, says, said = words
    verb = act.__name__
    rows = agreements_visible_to(request.user).select_related("award__fund", "award__proposal")
    found = visible_or_404(rows, pk=pk)
    gate(request.user, verb, found)
    open_fen = claimed_fen(found)
    form = StepForm(
        *posted(request), initial={} if verb == "claim_back" else {"amount_fen": open_fen}
    )
    to = reverse("agreements:agreement", args=[pk])
    if form.sent() and form.attempt(act, found, actor=request.user):
        return done(request, said, to)
    context = {
        "title": title,
        "lead": f"{found.number} {found.title}",
        "says": says,
        "form": form,
        "submit": title,
        "back": to,
        "open_fen": open_fen,
        "refusal": why_not(request.user, verb, found),
    }
    return render(request, "agreements/claim.html", context)

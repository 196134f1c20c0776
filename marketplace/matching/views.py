"""Interest and promises, taken back and listed; runs, for officers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bidding.proposals.states import ProposalState
from foundation.errors import Forbidden
from foundation.http import page_of, press, signed_in, visible_or_404
from marketplace.matching import operations
from marketplace.matching.models import Interest, Pledge
from marketplace.matching.queries import (
    calls_to_allocate,
    interests_visible_to,
    pledges_visible_to,
    purses_of,
    sees_all,
)
from marketplace.matching.rules import buying_for


@signed_in
@require_POST
def withdraw_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's interest back."""
    rows = interests_visible_to(request.user).select_related("proposal__turn__roadshow")
    interest: Interest = visible_or_404(rows, pk=pk)
    back = reverse("matching:interests")
    if interest.proposal.state == ProposalState.ELIGIBLE:  # it was shown in the hall
        back = reverse("matching:audience", args=[interest.proposal.turn.roadshow.key])
        back += f"?buyer={interest.buyer_id}"
    said = _("Your interest is taken back.")
    return press(request, operations.withdraw_interest, interest, said=said, to=back)


@signed_in
@require_POST
def withdraw_pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's promise back."""
    pledge: Pledge = visible_or_404(pledges_visible_to(request.user), pk=pk)
    back = reverse("matching:interests")
    said = _("Your promise is taken back; the money is free again.")
    return press(request, operations.withdraw_pledge, pledge, said=said, to=back)


@signed_in
@require_GET
def interests(request: HttpRequest) -> HttpResponse:
    """Interest and promises: one's own as a buyer, or in one's own proposals."""
    shown = interests_visible_to(request.user).filter(withdrawn_at=None)
    pledges = pledges_visible_to(request.user)
    buyers = buying_for(request.user)
    context = {
        "interests": page_of(
            request,
            shown.select_related(
                "buyer", "proposal__organisation", "proposal__call", "shown_by"
            ).order_by("-shown_at", "-pk"),
        ),
        "pledges": pledges.select_related("buyer", "proposal__organisation", "fund").order_by(
            "-promised_at", "-pk"
        )[:50],
        "buyers": buyers,
        "purses": purses_of(buyers.values()),
    }
    return render(request, "matching/interests.html", context)


@signed_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Calls whose ranking stands, for those who share their money out."""
    if not sees_all.test(request.user):
        raise Forbidden(_("Sharing the money out is the federation's."))
    calls = calls_to_allocate(request.user).prefetch_related("runs")
    return render(request, "matching/desk.html", {"page": page_of(request, calls)})

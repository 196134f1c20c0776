"""The shelf and what is done from it; runs, for officers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bidding.proposals.states import ProposalState
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, number_in, page_of, press, signed_in, visible_or_404
from foundation.organisations.models import Organisation
from foundation.permissions import can
from marketplace.matching import operations
from marketplace.matching.forms import InterestForm, PledgeForm, ShelfFilter
from marketplace.matching.models import Interest, Pledge
from marketplace.matching.queries import (
    calls_to_allocate,
    interests_visible_to,
    offers_for,
    pledges_visible_to,
    purses_of,
    sees_all,
    shelf_visible_to,
)
from marketplace.matching.rules import buying_for


def _chosen(request: HttpRequest, buyers: dict[int, Organisation]) -> Organisation | None:
    """The union body the shelf is seen through: the one asked for, or the first."""
    asked = request.GET.get("buyer", "")
    first = next(iter(buyers.values()), None)
    return buyers.get(number_in(asked) or 0, first)


@signed_in
@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Ranked proposals by how well they fit one's own union body, with the reasons."""
    buyers = buying_for(request.user)
    if not buyers and not sees_all.test(request.user):
        raise Forbidden(_("The shelf is for people who act for a union body."))
    buyer = _chosen(request, buyers)
    filters = ShelfFilter(request.GET, shelf_visible_to(request.user, buys=bool(buyers)))
    offers = offers_for(filters.qs, buyer)
    context = {
        "buyers": list(buyers.values()),
        "buyer": buyer,
        "filterset": filters,
        "page": page_of(request, offers),
        "purses": purses_of(buyers.values()),
    }
    return render(request, "matching/shelf.html", context)


def _offer_context(request: HttpRequest, proposal: Any, **forms: Any) -> dict[str, Any]:
    """What the page of one proposal on the shelf shows."""
    buyers = buying_for(request.user)
    purses = purses_of(buyers.values())
    offer = offers_for(
        shelf_visible_to(request.user).filter(pk=proposal.pk), _chosen(request, buyers)
    )
    return {
        "offer": offer[0],
        "proposal": offer[0].proposal,
        "buyers": buyers,
        "purses": purses,
        "can_buy": can(request.user, "pledge_money", proposal),
        "interests": interests_visible_to(request.user)
        .filter(proposal=proposal, withdrawn_at=None)
        .select_related("buyer"),
        "pledges": pledges_visible_to(request.user)
        .filter(proposal=proposal)
        .select_related("buyer", "fund"),
        "interest_form": forms.get("interest") or InterestForm(buyers=list(buyers.values())),
        "pledge_form": forms.get("pledge")
        or PledgeForm(buyers=list(buyers.values()), purses=purses),
        "back": reverse("matching:shelf"),
    }


@signed_in
@require_GET
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal on the shelf: why it fits, and what one can do about it."""
    proposal = visible_or_404(shelf_visible_to(request.user), pk=pk)
    return render(request, "matching/offer.html", _offer_context(request, proposal))


@signed_in
@require_POST
def show_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one wants to talk."""
    proposal = visible_or_404(shelf_visible_to(request.user), pk=pk)
    gate(request.user, "show_interest", proposal)
    form = InterestForm(*posted(request), buyers=list(buying_for(request.user).values()))
    if form.sent() and form.attempt(operations.show_interest, proposal, actor=request.user):
        return done(request, _("The organisation has been told."), "matching:offer", pk)
    context = _offer_context(request, proposal, interest=form)
    return render(request, "matching/offer.html", context)


@signed_in
@require_POST
def pledge_money(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise money."""
    proposal = visible_or_404(shelf_visible_to(request.user), pk=pk)
    gate(request.user, "pledge_money", proposal)
    buyers = list(buying_for(request.user).values())
    form = PledgeForm(*posted(request), buyers=buyers, purses=purses_of(buyers))
    if form.sent() and form.attempt(operations.pledge_money, proposal, actor=request.user):
        return done(request, _("Your promise stands."), "matching:offer", pk)
    return render(request, "matching/offer.html", _offer_context(request, proposal, pledge=form))


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

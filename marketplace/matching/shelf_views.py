"""The shelf, one proposal on it, several side by side, and what a buyer does from there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bidding.proposals.models import Proposal
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, number_in, page_of, press, signed_in, visible_or_404
from foundation.organisations.models import Organisation
from foundation.permissions import can
from marketplace.ledger.sheets import Fen, csv_response
from marketplace.matching import operations, shelf_operations
from marketplace.matching.forms import InterestForm, NoteForm, PledgeForm, ShelfFilter, WeightsForm
from marketplace.matching.queries import (
    Purse,
    interests_visible_to,
    lots_on_shelf,
    notes_visible_to,
    pledges_visible_to,
    purses_of,
    sees_all,
    shelf_visible_to,
)
from marketplace.matching.reasons import Offer, label_of, offers_at
from marketplace.matching.rules import buying_for
from marketplace.matching.shelf import Shelf, profile_of, shelf_for, weights_of

SIDE_BY_SIDE = 4
"""Proposals that can be compared at once."""

IN_A_FILE = 5_000
"""Proposals of a shelf that its table holds: the best of them."""


def _chosen(request: HttpRequest, buyers: dict[int, Organisation]) -> Organisation | None:
    """The union body the shelf is seen through: the one asked for, or the first."""
    asked = request.GET.get("buyer", "")
    first = next(iter(buyers.values()), None)
    return buyers.get(number_in(asked) or 0, first)


def _buyers(request: HttpRequest) -> dict[int, Organisation]:
    """The union bodies one may look at the shelf for; none for those who run the contest."""
    buyers = buying_for(request.user)
    if not buyers and not sees_all.test(request.user):
        raise Forbidden(_("The shelf is for people who act for a union body."))
    return buyers


def _whole(
    request: HttpRequest,
    buyers: dict[int, Organisation],
    purses: list[Purse],
    filters: ShelfFilter | None = None,
) -> Shelf:
    """The shelf as one's union body sees it, of which the filters show a part."""
    rows = shelf_visible_to(request.user, buys=bool(buyers))
    profile = profile_of(_chosen(request, buyers), purses)
    return shelf_for(rows, profile, filters.qs if filters and filters.chosen else None)


def _filtered(request: HttpRequest, buyers: dict[int, Organisation]) -> ShelfFilter:
    rows = shelf_visible_to(request.user, buys=bool(buyers))
    return ShelfFilter(request.GET, rows, buyers=buyers, lots=lots_on_shelf())


@signed_in
@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Ranked proposals by how well they fit one's own union body, with the reasons."""
    buyers = _buyers(request)
    purses = purses_of(buyers.values())
    filters = _filtered(request, buyers)
    whole = _whole(request, buyers, purses, filters)
    page = page_of(request, whole.order)
    page.object_list = list(offers_at(whole, page.object_list))
    buyer = whole.profile.buyer
    context = {
        "buyers": buyers,
        "buyer": buyer,
        "filterset": filters,
        "page": page,
        "purses": purses,
        "profile": whole.profile,
        "weights": [(label_of(name), n) for name, n in whole.profile.weights.items()],
        "query": request.GET.urlencode(),
    }
    return render(request, "matching/shelf.html", context)


@signed_in
@require_GET
def shelf_csv(request: HttpRequest) -> HttpResponseBase:
    """The shelf as a table: the same filters, the same order, every reason's points."""
    buyers = _buyers(request)
    whole = _whole(request, buyers, purses_of(buyers.values()), _filtered(request, buyers))
    return csv_response("shelf", _lines(whole))


def _lines(shelf: Shelf) -> Iterator[list[Any]]:
    names = list(shelf.profile.weights)
    yield [
        _("Place on the shelf"),
        _("Proposal"),
        _("Organisation"),
        _("Category"),
        _("Call"),
        _("Asks for"),
        _("People"),
        _("A person"),
        _("Panel's score"),
        _("Fit"),
        *(label_of(name) for name in names),
    ]
    for place, offer in enumerate(offers_at(shelf, shelf.order[:IN_A_FILE]), 1):
        per_head = offer.per_head_fen
        yield [
            place,
            offer.proposal.title,
            str(offer.proposal.organisation),
            str(offer.proposal.lot.category),
            offer.proposal.call.number,
            Fen(offer.asked_fen),
            offer.headcount,
            "" if per_head is None else Fen(per_head),
            f"{offer.score:.4f}",
            f"{offer.fit:.1f}",
            *(reason.shown for reason in offer.all_reasons),
        ]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def set_weights(request: HttpRequest, pk: int) -> HttpResponse:
    """How much each reason counts on the shelf of one's union body."""
    buyer = visible_or_404(_shelves(request), pk=pk)
    gate(request.user, "set_weights", buyer)
    weights, own = weights_of(buyer)
    form = WeightsForm(*posted(request), weights=weights)
    to = f"{reverse('matching:shelf')}?buyer={pk}"
    if form.sent() and form.attempt(shelf_operations.set_weights, buyer, actor=request.user):
        return done(request, _("The shelf is in the order of your weights."), to)
    context = {"form": form, "buyer": buyer, "own": own, "back": to, "submit": _("Keep these")}
    return render(request, "matching/weights.html", context)


def _shelves(request: HttpRequest) -> Any:
    """The union bodies whose shelf one sees as one's own."""
    return Organisation.objects.filter(pk__in=buying_for(request.user)).select_related(
        "shelf_weights"
    )


@signed_in
@require_POST
def reset_weights(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the usual weights."""
    buyer = visible_or_404(_shelves(request), pk=pk)
    to = f"{reverse('matching:shelf')}?buyer={pk}"
    said = _("The shelf has the usual weights again.")
    return press(request, shelf_operations.reset_weights, buyer, said=said, to=to)


@signed_in
@require_GET
def side_by_side(request: HttpRequest) -> HttpResponse:
    """Up to four proposals side by side."""
    buyers = _buyers(request)
    whole = _whole(request, buyers, purses_of(buyers.values()))
    picked = dict.fromkeys(number_in(text) or 0 for text in request.GET.getlist("pick"))
    here = {int(pk): position for position, pk in enumerate(whole.ids)}
    positions = [here[pk] for pk in picked if pk in here]
    offers = list(offers_at(whole, positions[:SIDE_BY_SIDE]))
    context = {
        "offers": offers,
        "buyer": whole.profile.buyer,
        "too_many": len(positions) > SIDE_BY_SIDE,
        "rows": list(zip(*(offer.all_reasons for offer in offers), strict=True)),
        "most": SIDE_BY_SIDE,
        "back": _back(whole.profile.buyer),
    }
    return render(request, "matching/side_by_side.html", context)


def _back(buyer: Organisation | None) -> str:
    return reverse("matching:shelf") + (f"?buyer={buyer.pk}" if buyer else "")


# --- one proposal on the shelf ---------------------------------------------------------------


def _offer_context(request: HttpRequest, proposal: Proposal, **forms: Any) -> dict[str, Any]:
    """What the page of one proposal on the shelf shows."""
    buyers = buying_for(request.user)
    mine = list(buyers.values())
    purses = purses_of(mine)
    whole = _whole(request, buyers, purses)
    offer: Offer = next(offers_at(whole, [whole.at(proposal.pk)]))
    shown = interests_visible_to(request.user).filter(proposal=proposal, withdrawn_at=None)
    pledges = pledges_visible_to(request.user).filter(proposal=proposal)
    notes = notes_visible_to(request.user).filter(proposal=proposal)
    return {
        "offer": offer,
        "proposal": offer.proposal,
        "buyer": whole.profile.buyer,
        "buyers": buyers,
        "purses": purses,
        "can_buy": can(request.user, "pledge_money", proposal),
        "interests": shown.select_related("buyer"),
        "pledges": pledges.select_related("buyer", "fund"),
        "notes": notes.select_related("buyer", "written_by"),
        "can_note": can(request.user, "write_note", proposal),
        "interest_form": forms.get("interest") or InterestForm(buyers=mine),
        "pledge_form": forms.get("pledge") or PledgeForm(buyers=mine, purses=purses),
        "note_form": forms.get("note") or NoteForm(buyers=mine, prefix="note"),
        "back": _back(whole.profile.buyer),
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
def write_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Note something for one's colleagues."""
    proposal = visible_or_404(shelf_visible_to(request.user), pk=pk)
    gate(request.user, "write_note", proposal)
    buyers = list(buying_for(request.user).values())
    form = NoteForm(*posted(request), buyers=buyers, prefix="note")
    if form.sent() and form.attempt(shelf_operations.write_note, proposal, actor=request.user):
        return done(request, _("Your colleagues can read it."), "matching:offer", pk)
    return render(request, "matching/offer.html", _offer_context(request, proposal, note=form))


@signed_in
@require_POST
def strike_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own note off."""
    note = visible_or_404(notes_visible_to(request.user), pk=pk)
    back = reverse("matching:shelf")
    if shelf_visible_to(request.user).filter(pk=note.proposal_id).exists():
        back = reverse("matching:offer", args=[note.proposal_id])
    said = _("The note is off the page.")
    return press(request, shelf_operations.strike_note, note, said=said, to=back)

"""A union's people in the hall: what was heard, and a button that says “we want to talk”."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bidding.evaluation.roadshow_pages import board_page, seen_of
from bidding.evaluation.roadshow_queries import boards
from foundation.errors import Forbidden
from foundation.http import done, number_in, press, signed_in, visible_or_404
from foundation.organisations.models import Organisation
from marketplace.matching import operations
from marketplace.matching.queries import heard_turns, interest_on, wanted_by
from marketplace.matching.rules import buying_for


def _buyer(request: HttpRequest, asked: str) -> tuple[Organisation, list[Organisation]]:
    """The union body one speaks for (the one asked for, or the first), and all one may."""
    buyers = buying_for(request.user)
    if not buyers:
        raise Forbidden(_("Interest is shown by people who act for a union body."))
    first = next(iter(buyers.values()))
    chosen = buyers.get(number_in(asked) or 0, first)
    return chosen, list(buyers.values())


@signed_in
@never_cache
@require_GET
def audience(request: HttpRequest, key: UUID) -> HttpResponse:
    """The board for a union's phone, and what was heard with what one wants to talk about."""
    roadshow = visible_or_404(boards(), key=key)
    buyer, buyers = _buyer(request, request.GET.get("buyer", ""))
    page = board_page(roadshow)
    wanted = wanted_by(buyer, roadshow)
    heard = [turn for turn in reversed(page["turns"]) if turn.called_at]
    rows = [{"turn": turn, "interest": wanted.get(turn.proposal_id)} for turn in heard]
    seen = seen_of(roadshow, page["stage"]["turn"], None)
    context = {**page, "buyer": buyer, "buyers": buyers, "rows": rows, "seen": seen}
    return render(request, "matching/audience.html", context)


@signed_in
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One button in the hall: this union wants to talk."""
    buyer, _buyers = _buyer(request, request.POST.get("buyer", ""))
    turn = visible_or_404(heard_turns(), pk=pk)
    back = f"{reverse('matching:audience', args=[turn.roadshow.key])}?buyer={buyer.pk}"
    if interest_on(turn.proposal, buyer):
        return done(request, _("The organisation knows already."), back)
    said = _("The organisation has been told.")
    return press(request, operations.show_interest, turn.proposal, buyer=buyer, said=said, to=back)

"""Which judge gets which proposals: everything, or a share worked out by the assignment."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.evaluation.assignment import Infeasible, assign
from bidding.evaluation.draw import quorum
from bidding.evaluation.models import Conflict, Expertise, Panel, Seat, Sheet
from bidding.evaluation.queries import counted, eligible_proposals, sitting
from bidding.evaluation.ranking import lot_of
from bidding.evaluation.states import PanelState, SeatState
from bidding.proposals.models import Proposal
from foundation.errors import DomainError

NAMED = 10
"""How many proposals that lack judges one sentence names."""


def needed_of(call: Call) -> int:
    """How many judges without a conflict each proposal must keep."""
    return call.panel_size if call.judges_drawn else quorum(call.panel_size)


def share_out(panel: Panel, seats: list[Seat]) -> tuple[dict[int, list[Proposal]], dict[str, Any]]:
    """Seat → its proposals, and what the assignment says of itself (nothing where all get all).

    Refuses, naming the proposals that lack judges and who is bound to them.
    """
    proposals = list(eligible_proposals(panel.call))
    barred = _barred(seats)
    if not panel.call.judges_drawn:
        return {
            seat.pk: [one for one in proposals if one.pk not in barred[seat.pk]] for seat in seats
        }, {}
    by_serial = {one.serial: one for one in proposals}
    by_place = {seat.position: seat for seat in seats}
    serial_of = {one.pk: one.serial for one in proposals}
    try:
        found = assign(
            by_serial,
            by_place,
            each=panel.call.panel_size,
            value=_expertise(seats, proposals),
            conflicts={
                seat.position: [serial_of[pk] for pk in barred[seat.pk] if pk in serial_of]
                for seat in seats
            },
            seed=panel.seed,
        )
    except Infeasible as refusal:
        raise DomainError(_said(refusal, by_serial, by_place)) from refusal
    shares: dict[int, list[Proposal]] = {seat.pk: [] for seat in seats}
    for one in proposals:
        for place in found.judges[one.serial]:
            shares[by_place[place].pk].append(one)
    return shares, {
        "each": panel.call.panel_size,
        "load": {str(place): load for place, load in sorted(found.load.items())},
        "total": found.total,
        "best_total": found.best_total,
        "worst": found.worst,
        "worst_before": found.worst_before,
    }


def _barred(seats: list[Seat]) -> dict[int, set[int]]:
    barred: dict[int, set[int]] = {seat.pk: set() for seat in seats}
    for seat, proposal in Conflict.objects.filter(seat__in=seats).values_list("seat", "proposal"):
        barred[seat].add(proposal)
    return barred


def _expertise(seats: list[Seat], proposals: list[Proposal]) -> dict[tuple[int, str], int]:
    """How well each judge knows each proposal's category, as an officer confirmed it: 1 to 3."""
    rows = Expertise.objects.filter(expert__in=[seat.expert_id for seat in seats])
    confirmed = rows.filter(level__isnull=False).values_list("expert", "category", "level")
    known = {(expert, category): level for expert, category, level in confirmed}
    return {
        (seat.position, one.serial): level
        for seat in seats
        for one in proposals
        if (level := known.get((seat.expert_id, one.lot.category_id)))
    }


def _said(refusal: Infeasible, proposals: dict[str, Proposal], seats: dict[int, Seat]) -> Any:
    named = []
    for serial, who in list(refusal.bound.items())[:NAMED]:
        bound = "、".join(str(seats[place].expert) for place in who) or "—"
        named.append(f"“{proposals[serial].title}” ({bound})")
    return _(
        "Too few judges are free for these proposals (in brackets who is bound to them): "
        "%(proposals)s. Enrol experts without such ties, then take one of those judges off: the "
        "next in the order of the draw is asked."
    ) % {"proposals": "；".join(named)}


def left_for(panel: Panel, seat: Seat) -> list[Proposal]:
    """What a substitute takes over while others score: everything, or what lacks judges."""
    barred = _barred([seat])[seat.pk]
    free = [one for one in eligible_proposals(panel.call) if one.pk not in barred]
    if not panel.call.judges_drawn:
        return free
    given = _sheets_by_proposal(panel)
    return [one for one in free if given[one.pk] < panel.call.panel_size]


def below_quorum(panel: Panel) -> list[str]:
    """The titles of proposals that fewer judges than the quorum judge."""
    given, least = _sheets_by_proposal(panel), quorum(panel.call.panel_size)
    return [one.title for one in eligible_proposals(panel.call) if given[one.pk] < least]


def share_out_again(panel: Panel) -> dict[Seat, list[Proposal]]:
    """Where proposals were shared out: for those that lack judges, who of the sitting takes them
    over: whoever has the fewest sheets, and among equals in the order of the seed."""
    if not panel.call.judges_drawn or panel.state != PanelState.SCORING:
        return {}
    seats = [one for one in sitting(panel) if one.state == SeatState.SEATED]
    barred, given = _barred(seats), _sheets_by_proposal(panel)
    held: dict[int, set[int]] = {seat.pk: set() for seat in seats}
    for pk, proposal in Sheet.objects.filter(seat__in=seats).values_list("seat", "proposal"):
        held[pk].add(proposal)
    more: dict[Seat, list[Proposal]] = {}
    for one in eligible_proposals(panel.call):
        free = [seat for seat in seats if one.pk not in barred[seat.pk] | held[seat.pk]]
        free.sort(key=lambda seat: (len(held[seat.pk]), lot_of(panel.seed, str(seat.position))))
        for seat in free[: max(panel.call.panel_size - given[one.pk], 0)]:
            held[seat.pk].add(one.pk)
            more.setdefault(seat, []).append(one)
    return more


def lacking(panel: Panel) -> bool:
    """Does some proposal have fewer judges than were to judge it, where they were shared out?"""
    if not panel.call.judges_drawn or panel.state != PanelState.SCORING:
        return False
    given = _sheets_by_proposal(panel)
    return any(given[one.pk] < panel.call.panel_size for one in eligible_proposals(panel.call))


def _sheets_by_proposal(panel: Panel) -> Counter[int]:
    rows = counted(Sheet.objects.filter(seat__panel=panel))
    return Counter(rows.values_list("proposal_id", flat=True))

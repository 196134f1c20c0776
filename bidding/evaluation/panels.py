"""Panels: drawn at random from experts without a conflict, declared, set to work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.evaluation import draw, kinds  # noqa: F401  (the words, always there)
from bidding.evaluation.blinding import copy_for_judges
from bidding.evaluation.conflicts import found_conflicts
from bidding.evaluation.lots import void_thin_lots
from bidding.evaluation.models import Conflict, Expert, Panel, Seat, Sheet
from bidding.evaluation.queries import conflicts_on, eligible_proposals, sitting
from bidding.evaluation.reminders import keep_reminding
from bidding.evaluation.rules import SEES_NAMES
from bidding.evaluation.sharing import left_for, needed_of, share_out
from bidding.evaluation.states import PanelState, SeatState
from bidding.proposals.models import Proposal
from bidding.proposals.queries import last_submissions
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.people.models import Appointment
from foundation.permissions import allow


@operation
def draw_panel(call: Call, *, actor: Any) -> Panel:
    """Draw the call's judges by a seed that was fixed when the envelopes were opened.

    Lots with fewer valid proposals than they need are declared void here, with the reason told.
    """
    call = lock(call)
    allow(actor, "draw_panel", call)
    void = void_thin_lots(call, actor)
    proposals = list(eligible_proposals(call))
    seed = draw.seed_of(last_submissions(call).values_list("sha256", flat=True))
    pool = pool_of(call, proposals)
    numbers = [proposal.pk for proposal in proposals]
    drawn = draw.draw(
        seed, pool, call.seats, proposals=numbers, conflicts=pool, needed=needed_of(call)
    )
    if len(drawn) < call.seats:
        raise DomainError(
            _(
                "%(size)s judges are needed, %(found)s could be drawn: the other experts have "
                "conflicts of interest or there are too few. Enrol more experts, then draw again."
            )
            % {"size": call.seats, "found": len(drawn)}
        )
    panel = Panel.objects.create(
        call=call,
        seed=seed,
        inputs={
            "size": call.seats,
            "needed": needed_of(call),
            "proposals": numbers,
            "conflicts": {str(expert): sorted(barred) for expert, barred in pool.items()},
        },
        drawn_by=actor,
        drawn_at=clock.now(),
    )
    for position, expert_id in enumerate(drawn, start=1):
        offer_seat(panel, expert_id, position, pool[expert_id])
    record(actor, "draw_panel", call, seed=seed, size=len(drawn), void=void)
    return panel


def pool_of(
    call: Call, proposals: list[Proposal], among: list[Expert] | None = None
) -> dict[int, dict[int, str]]:
    """Every expert who may be drawn (or those given), with the conflicts that the data show."""
    free = Expert.objects.filter(available=True, person__is_active=True)
    if call.blind:  # whose post shows names reads them
        free = free.exclude(person__in=Appointment.objects.filter(SEES_NAMES).values("person"))
    experts = list(free.order_by("pk")) if among is None else among
    found = found_conflicts(experts, proposals)
    return {expert.pk: found.get(expert.pk, {}) for expert in experts}


def offer_seat(
    panel: Panel, expert_id: int, position: int, barred: Mapping[int, str], because: str = ""
) -> Seat:
    """Offer a seat, with the conflicts already found written down; `because` says why its judge
    was named and not drawn."""
    seat = Seat.objects.create(
        panel=panel, expert_id=expert_id, position=position, named_because=because
    )
    Conflict.objects.bulk_create(
        Conflict(seat=seat, proposal_id=proposal_id, reason=reason, found_at=clock.now())
        for proposal_id, reason in barred.items()
    )
    person = Expert.objects.select_related("person").get(pk=expert_id).person
    tell(
        person,
        "seat_offered",
        url=path_to("evaluation:bench"),
        call=own_words_lazily(panel.call, "title"),
    )
    return seat


@operation
def take_seat(seat: Seat, *, conflicts: Mapping[int, str], actor: Any) -> Seat:
    """The judge declares what binds them (proposal id → reason; nothing is an answer) and sits."""
    panel = lock(seat.panel, "call")
    seat = lock(seat, "expert")
    seat.panel = panel
    allow(actor, "take_seat", seat)
    proposals = {proposal.pk for proposal in eligible_proposals(panel.call)}
    known = set(seat.conflicts.values_list("proposal_id", flat=True))
    must_leave_quorum(panel, seat, known | (set(conflicts) & proposals), proposals)
    now = clock.now()
    Conflict.objects.bulk_create(
        Conflict(seat=seat, proposal_id=pk, declared=True, reason=reason[:200], found_at=now)
        for pk, reason in conflicts.items()
        if pk in proposals - known
    )
    seat.move_to(SeatState.SEATED, declared_at=now)
    if panel.state == PanelState.SCORING:
        hand_out(seat, left_for(panel, seat))
        keep_reminding(panel)  # reminding may have ended while nobody sat here
    record(actor, "take_seat", panel.call, seat=seat.position, declared=len(conflicts))
    return seat


def must_leave_quorum(panel: Panel, seat: Seat, barred: set[int], proposals: set[int]) -> None:
    """With these conflicts each proposal still has enough judges, and the judge something to do."""
    spare = panel.call.seats - needed_of(panel.call)
    others = [other for other in sitting(panel) if other.pk != seat.pk]
    taken = conflicts_on(others)
    short = [pk for pk in barred if taken[pk] + 1 > spare]
    if short or barred >= proposals:
        raise DomainError(
            _(
                "With these conflicts too few judges would be left for a proposal. Please leave "
                "the seat, so that somebody else is drawn."
            )
        )


@operation
def begin_scoring(panel: Panel, *, actor: Any) -> Panel:
    """Every judge sits and has declared: hand out the sheets."""
    panel = lock(panel, "call")
    allow(actor, "begin_scoring", panel)
    seats = sitting(panel)
    ready = [seat for seat in seats if seat.state == SeatState.SEATED]
    if len(ready) < panel.call.seats:
        raise DomainError(
            _("%(ready)s of %(size)s judges have taken their seats.")
            % {"ready": len(ready), "size": panel.call.seats}
        )
    shares, facts = share_out(panel, ready)
    if panel.call.blind:
        copy_for_judges(panel, eligible_proposals(panel.call))
    panel.move_to(PanelState.SCORING, assignment=facts)
    for seat in ready:
        hand_out(seat, shares[seat.pk])
    keep_reminding(panel)
    record(actor, "begin_scoring", panel.call, judges=len(ready))
    return panel


def hand_out(seat: Seat, proposals: list[Proposal]) -> None:
    """One sheet for each of the proposals; the judge is told. Where names are hidden they come in
    the order of the judges' numbers: that of receipts, which is public, would tell."""
    numbers = dict(seat.panel.blind_copies.values_list("proposal", "number"))
    proposals = sorted(proposals, key=lambda one: numbers.get(one.pk, 0))
    sheets = Sheet.objects.bulk_create(Sheet(seat=seat, proposal=one) for one in proposals)
    tell(
        seat.expert.person,
        "scoring_begun",
        url=path_to("evaluation:bench"),
        call=own_words_lazily(seat.panel.call, "title"),
        sheets=len(sheets),
    )

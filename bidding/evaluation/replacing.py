"""A panel that loses judges: who left is replaced, by the draw or by name, or all judge anew.

What a replaced judge gave is set aside, and the substitute judges it all (Implementing Regulation
of the Tendering and Bidding Law, article 48; decree 87 of the Ministry of Finance, article 49). It
is kept, and counted nowhere.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.evaluation import draw, kinds, rules  # noqa: F401  (the laws and the words)
from bidding.evaluation.discussion_queries import current_discussion
from bidding.evaluation.models import Conflict, Expert, Panel, Restart, Seat, Sheet
from bidding.evaluation.panels import hand_out, must_leave_quorum, offer_seat, pool_of
from bidding.evaluation.queries import eligible_proposals, officers, sitting
from bidding.evaluation.reminders import keep_reminding
from bidding.evaluation.roadshow_models import LiveSheet, Roadshow, Turn
from bidding.evaluation.roadshow_queries import live_criteria, not_heard
from bidding.evaluation.rules import shows_names
from bidding.evaluation.sharing import needed_of, share_out_again
from bidding.evaluation.states import (
    DiscussionState,
    PanelState,
    RoadshowState,
    SeatState,
    SheetState,
    TurnState,
)
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError, WrongState
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import allow


@operation
def leave_seat(seat: Seat, *, reason: str, actor: Any) -> Seat:
    """The judge steps back (or an officer takes them off); the next in the draw is asked.

    An officer takes nobody off whose work is done: what is final then stands.
    """
    panel = lock(seat.panel, "call")
    seat = lock(seat, "expert")
    seat.panel = panel
    allow(actor, "leave_seat", seat)
    if seat.expert.person_id != actor.pk and _is_done(panel, seat):
        raise WrongState(
            _(
                "Every sheet of this judge is final, so nobody takes them off. If they turn out to "
                "be bound to a bidder, say so; their sheet for it is then set aside."
            )
        )
    given = _set_aside(Sheet.objects.filter(seat=seat))
    seat.move_to(SeatState.RECUSED, reason=reason[:200], left_at=clock.now())
    found = _fill(panel)
    record(actor, "leave_seat", panel.call, seat=seat.position, set_aside=given, filled=bool(found))
    tell(
        officers(),
        "seat_left" if found else "seat_empty",
        url=path_to("evaluation:call", panel.call.number),
        call=own_words_lazily(panel.call, "title"),
    )
    return seat


def _is_done(panel: Panel, seat: Seat) -> bool:
    """The judge sat, every sheet of theirs is final, and no stage waits for them."""
    if panel.state != PanelState.SCORING or seat.state != SeatState.SEATED:
        return False
    if seat.sheets.filter(state=SheetState.DRAFT).exists():
        return False
    return not (live_criteria(panel.call).exists() and not_heard(panel.call).exists())


def _set_aside(sheets: Any) -> int:
    """What was final is kept and counts no more, on paper and on stage; what was not is gone.
    How many final ones there were."""
    given = 0
    pairs = list(sheets.values_list("seat", "proposal"))
    sheets.filter(state=SheetState.DRAFT).delete()
    for sheet in sheets.filter(state=SheetState.FINAL):
        sheet.move_to(SheetState.VOID)
        given += 1
    for seat, proposal in pairs:
        live = LiveSheet.objects.filter(seat=seat, turn__proposal=proposal)
        for mine in live.exclude(state=SheetState.VOID):
            mine.move_to(SheetState.VOID)
    return given


@operation
def declare_conflict(seat: Seat, *, proposal: Proposal, reason: str, actor: Any) -> Conflict:
    """While others score, a judge turns out to be bound to a bidder: their sheet for it is set
    aside. Where too few judges would be left for it, the judge has to leave the seat instead."""
    panel = lock(seat.panel, "call")
    seat = lock(seat, "expert__person")
    seat.panel = panel
    allow(actor, "declare_conflict", seat)
    if not reason.strip():
        raise DomainError(_("Say what binds the judge to this bidder."), field="reason")
    held = Sheet.objects.filter(seat=seat, proposal=proposal).exclude(state=SheetState.VOID)
    if not held.exists():
        raise DomainError(_("This judge does not judge this proposal."), field="proposal")
    proposals = set(eligible_proposals(panel.call).values_list("pk", flat=True))
    known = set(seat.conflicts.values_list("proposal_id", flat=True))
    must_leave_quorum(panel, seat, known | {proposal.pk}, proposals)
    given = _set_aside(held)
    conflict = Conflict.objects.create(
        seat=seat,
        proposal=proposal,
        declared=seat.expert.person_id == actor.pk,
        reason=reason.strip()[:200],
        found_at=clock.now(),
    )
    _hand_over(panel)
    record(actor, "declare_conflict", panel.call, seat=seat.position, set_aside=given)
    return conflict


@operation
def draw_substitute(panel: Panel, *, actor: Any) -> list[Seat]:
    """Fill the empty seats from the experts there are now, in the order of the same seed; what
    still lacks judges then goes to those who sit, where proposals were shared out."""
    panel = lock(panel, "call")
    allow(actor, "draw_substitute", panel)
    empty = len(sitting(panel)) < panel.call.seats
    seats, more = _fill(panel), _hand_over(panel)
    if not (seats or more):
        if not empty:
            raise DomainError(_("No seat is empty."))
        raise DomainError(
            _(
                "Nobody is left to be drawn. Enrol more experts and draw again, name a substitute "
                "with a reason, or let the call be judged anew."
            )
        )
    record(
        actor,
        "draw_substitute",
        panel.call,
        seats=[seat.position for seat in seats],
        took_over=sorted(seat.position for seat in more),
    )
    return seats


@operation
def name_substitute(panel: Panel, *, expert: Expert, reason: str, actor: Any) -> Seat:
    """Where nobody is left to be drawn: give an empty seat to an expert by name, for a reason that
    is published with the result. Conflicts and the quorum bind as in a draw."""
    panel = lock(panel, "call")
    allow(actor, "name_substitute", panel)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is published."), field="reason")
    if len(sitting(panel)) >= panel.call.seats:
        raise DomainError(_("No seat is empty."))
    if _drawn(panel, pool_of(panel.call, list(eligible_proposals(panel.call)))):
        raise DomainError(
            _("There are experts left in the order of the draw. Draw the substitute instead.")
        )
    if panel.seats.filter(expert=expert).exists():
        raise DomainError(_("Who held a seat here is not asked again."), field="expert")
    if refusal := shows_names(panel.call, expert):
        raise DomainError(refusal, field="expert")
    pool = pool_of(panel.call, list(eligible_proposals(panel.call)), among=[expert])
    if not _drawn(panel, pool):
        raise DomainError(
            _("This expert is bound to so many bidders that a proposal would lack judges."),
            field="expert",
        )
    seat = offer_seat(panel, expert.pk, _last(panel) + 1, pool[expert.pk], reason.strip())
    record(actor, "name_substitute", panel.call, seat=seat.position, reason=reason.strip())
    return seat


@operation
def judge_anew(panel: Panel, *, reason: str, actor: Any) -> Restart:
    """The whole call is judged anew by other judges, for a public reason. What was given so far,
    on paper and on stage, counts no more; roadshows are planned again."""
    panel = lock(panel, "call")
    allow(actor, "judge_anew", panel)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is published."), field="reason")
    _set_aside(Sheet.objects.filter(seat__in=sitting(panel)))
    seats, now = sitting(panel), clock.now()
    for seat in seats:
        seat.move_to(SeatState.RECUSED, left_at=now)
    _plan_again(panel)
    if held := current_discussion(panel):
        held.move_to(DiscussionState.DROPPED)
    panel.move_to(PanelState.DRAWN, assignment={})
    restart = Restart.objects.create(
        panel=panel,
        reason=reason.strip(),
        seats=[seat.position for seat in seats],
        decided_by=actor,
        decided_at=now,
    )
    found = _fill(panel)
    record(
        actor,
        "judge_anew",
        panel.call,
        reason=restart.reason,
        set_aside=restart.seats,
        seats=[seat.position for seat in found],
    )
    tell(
        [seat.expert.person for seat in seats],
        "judged_anew",
        call=own_words_lazily(panel.call, "title"),
        reason=restart.reason,
    )
    return restart


def _plan_again(panel: Panel) -> None:
    """What was heard and shown is heard and shown no more; every stage is a plan again."""
    for roadshow in Roadshow.objects.filter(call=panel.call).exclude(state=RoadshowState.PLANNED):
        roadshow.move_to(RoadshowState.PLANNED)
    nothing: dict[str, Any] = {
        "called_at": None,
        "held_at": None,
        "held_seconds": 0,
        "closed_at": None,
    }
    nothing |= {"shown_at": None, "shown": None, "reason": ""}
    turns = Turn.objects.filter(roadshow__call=panel.call).exclude(state=TurnState.WAITING)
    for turn in turns:
        turn.move_to(TurnState.WAITING, **nothing)


def _fill(panel: Panel) -> list[Seat]:
    """Offer the empty seats; who once held one is not asked again."""
    pool = pool_of(panel.call, list(eligible_proposals(panel.call)))
    first = _last(panel) + 1
    return [
        offer_seat(panel, expert_id, position, pool[expert_id])
        for position, expert_id in enumerate(_drawn(panel, pool), start=first)
    ]


def _drawn(panel: Panel, pool: dict[int, dict[int, str]]) -> list[int]:
    """Which experts of the pool fill the seats that are empty, in the order of the draw."""
    seats = list(panel.seats.prefetch_related("conflicts"))
    asked = {seat.expert_id for seat in seats}
    seated = {
        seat.expert_id: [conflict.proposal_id for conflict in seat.conflicts.all()]
        for seat in seats
        if seat.state != SeatState.RECUSED
    }
    left = {expert: barred for expert, barred in pool.items() if expert not in asked}
    return draw.draw(
        panel.seed,
        left,
        panel.call.seats,
        proposals=[proposal.pk for proposal in eligible_proposals(panel.call)],
        conflicts=left,
        seated=seated,
        needed=needed_of(panel.call),
    )


def _last(panel: Panel) -> int:
    return max(panel.seats.values_list("position", flat=True))


def _hand_over(panel: Panel) -> list[Seat]:
    """Sheets for what lacks judges, to those who sit; who got any."""
    more = share_out_again(panel)
    for seat, proposals in more.items():
        seat.panel = panel
        hand_out(seat, proposals)
    if more:
        keep_reminding(panel)
    return list(more)

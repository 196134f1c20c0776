"""Planning a roadshow: where and when, and in which order proposals come on stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, Lot
from bidding.evaluation import kinds, roadshow_rules  # noqa: F401  (the words and the laws)
from bidding.evaluation.models import Seat
from bidding.evaluation.roadshow_models import LiveSheet, Roadshow, Turn
from bidding.evaluation.roadshow_queries import elsewhere, judging, turns_of, without_a_turn
from bidding.evaluation.running_order import (
    Rhythm,
    Slot,
    misfits,
    order_in,
    overlap,
    seed_of,
    slots_of,
)
from bidding.evaluation.sheets import must_be_final
from bidding.evaluation.states import RoadshowState, SeatState
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError, WrongState
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of
from foundation.permissions import allow

ASIDE = 10_000
"""Added to places while others are given: no stage has so many turns."""

Fits = Callable[[str, int], bool]


@operation
def plan_roadshow(
    call: Call,
    *,
    lot: Lot | None,
    place: str,
    begins_at: dt.datetime,
    rhythm: Rhythm,
    actor: Any,
) -> Roadshow:
    """Plan a stage for the call's proposals, or a lot's, and draw in which order they come."""
    call = lock(call)
    allow(actor, "plan_roadshow", call)
    _must_lie_ahead(begins_at)
    if lot is not None and lot.call_id != call.pk:
        raise DomainError(_("This lot belongs to another call."), field="lot")
    proposals = without_a_turn(call, lot)
    if not proposals:
        raise DomainError(_("Every proposal here has its turn on a stage already."), field="lot")
    part = lot.category.code if lot else "all"
    try:
        with transaction.atomic():
            roadshow = Roadshow.objects.create(
                call=call,
                lot=lot,
                place=place,
                begins_at=begins_at,
                **_columns(rhythm),
                seed=seed_of(call.panel.seed, part),
                planned_by=actor,
                planned_at=clock.now(),
            )
    except IntegrityError as taken:
        raise Clash(_("There is a roadshow for this already."), field="lot") from taken
    _draw(roadshow, proposals)
    record(actor, "plan_roadshow", call, part=part, turns=len(proposals), begins_at=begins_at)
    return roadshow


def _locked(roadshow: Roadshow) -> Roadshow:
    """The roadshow, and its call first: two stages of a call are never moved at once."""
    lock(roadshow.call)
    return lock(roadshow, "call", "lot__category")


def _must_lie_ahead(begins_at: dt.datetime) -> None:
    if begins_at <= clock.now():
        raise DomainError(_("This time is past."), field="begins_at")


def _columns(rhythm: Rhythm) -> dict[str, int]:
    return {
        "talk_minutes": rhythm.talk,
        "questions_minutes": rhythm.questions,
        "break_minutes": rhythm.between,
        "rest_after": rhythm.rest_after,
        "rest_minutes": rhythm.rest,
    }


def _draw(roadshow: Roadshow, proposals: list[Proposal]) -> None:
    slots = slots_of(roadshow.begins_at, len(proposals), roadshow.rhythm)
    by_serial = {one.serial: one for one in proposals}
    order = order_in(roadshow.seed, by_serial, _free(roadshow, by_serial, slots))
    if order is None:
        raise DomainError(
            _(
                "At these times organisations or judges are wanted on another stage, whatever the "
                "order. Choose another time."
            ),
            field="begins_at",
        )
    _write(roadshow, [by_serial[serial] for serial in order], slots)


def _free(roadshow: Roadshow, by_serial: dict[str, Proposal], slots: list[Slot]) -> Fits:
    """Is neither the proposal's organisation nor one of its judges on another stage then?"""
    others = elsewhere(roadshow, slots[0][0], slots[-1][1])
    judges = judging([*by_serial.values(), *(turn.proposal for turn in others)])

    def fits(serial: str, number: int) -> bool:
        mine = by_serial[serial]
        return not any(
            overlap(slots[number], (turn.begins_at, turn.ends_at))
            and (
                turn.proposal.organisation_id == mine.organisation_id
                or judges[turn.proposal_id] & judges[mine.pk]
            )
            for turn in others
        )

    return fits


def _write(roadshow: Roadshow, proposals: Sequence[Proposal], slots: list[Slot]) -> None:
    turns = {turn.proposal_id: turn for turn in roadshow.turns.all()}
    roadshow.turns.update(position=F("position") + ASIDE)  # out of the way of the new places
    new: list[Turn] = []
    old: list[Turn] = []
    for number, (one, (begins, ends)) in enumerate(zip(proposals, slots, strict=True), start=1):
        turn = turns.get(one.pk) or Turn(roadshow=roadshow, proposal=one)
        turn.position, turn.begins_at, turn.ends_at = number, begins, ends
        (old if one.pk in turns else new).append(turn)
    Turn.objects.bulk_create(new)
    Turn.objects.bulk_update(old, ["position", "begins_at", "ends_at"])


@operation
def change_roadshow(
    roadshow: Roadshow, *, place: str, begins_at: dt.datetime, rhythm: Rhythm, actor: Any
) -> Roadshow:
    """Another place, time or rhythm; the order stays where an officer set it, else it is drawn
    anew by the same seed. Who was told is told again."""
    roadshow = _locked(roadshow)
    allow(actor, "change_roadshow", roadshow)
    _must_lie_ahead(begins_at)
    roadshow.place, roadshow.begins_at = place, begins_at
    for name, value in _columns(rhythm).items():
        setattr(roadshow, name, value)
    roadshow.save()
    proposals = _proposals(roadshow)
    if roadshow.order_reason:
        _set(roadshow, proposals)
    else:
        _draw(roadshow, proposals)
    record(actor, "change_roadshow", roadshow.call, place=place, begins_at=begins_at)
    if roadshow.state == RoadshowState.ANNOUNCED:
        _tell_everybody(roadshow)
    return roadshow


def _proposals(roadshow: Roadshow) -> list[Proposal]:
    return [turn.proposal for turn in turns_of(roadshow)]


def _set(roadshow: Roadshow, proposals: list[Proposal]) -> None:
    slots = slots_of(roadshow.begins_at, len(proposals), roadshow.rhythm)
    by_serial = {one.serial: one for one in proposals}
    if wanted := misfits(list(by_serial), _free(roadshow, by_serial, slots)):
        raise DomainError(
            _("Its organisation or a judge is on another stage then: %(titles)s.")
            % {"titles": "、".join(by_serial[serial].title for serial in wanted)}
        )
    _write(roadshow, proposals, slots)


@operation
def draw_running_order(roadshow: Roadshow, *, actor: Any) -> Roadshow:
    """Back to the order that the seed gives; drawing again never gives another."""
    roadshow = _locked(roadshow)
    allow(actor, "draw_running_order", roadshow)
    roadshow.order_reason = ""
    roadshow.save(update_fields=["order_reason"])
    _draw(roadshow, _proposals(roadshow))
    record(actor, "draw_running_order", roadshow.call, seed=roadshow.seed)
    if roadshow.state == RoadshowState.ANNOUNCED:
        _tell_everybody(roadshow)
    return roadshow


@operation
def set_running_order(
    roadshow: Roadshow, *, order: Sequence[int], reason: str, actor: Any
) -> Roadshow:
    """Set the order (proposals by id), with the reason, which everybody may read."""
    roadshow = _locked(roadshow)
    allow(actor, "set_running_order", roadshow)
    if not reason.strip():
        raise DomainError(_("Give the reason; everybody may read it."), field="reason")
    known = {one.pk: one for one in _proposals(roadshow)}
    if sorted(order) != sorted(known):
        raise DomainError(_("Give each proposal a place of its own."))
    roadshow.order_reason = reason.strip()
    roadshow.save(update_fields=["order_reason"])
    _set(roadshow, [known[pk] for pk in order])
    record(
        actor,
        "set_running_order",
        roadshow.call,
        order=[known[pk].serial for pk in order],
        reason=reason.strip(),
    )
    if roadshow.state == RoadshowState.ANNOUNCED:
        _tell_everybody(roadshow)
    return roadshow


@operation
def drop_roadshow(roadshow: Roadshow, *, actor: Any) -> None:
    """Take back a plan nobody was told of."""
    roadshow = lock(roadshow, "call", "lot__category")
    allow(actor, "drop_roadshow", roadshow)
    if LiveSheet.objects.filter(turn__roadshow=roadshow).exists():
        raise WrongState(
            _("Points were given on this stage before. Give it another time and place instead.")
        )
    record(actor, "drop_roadshow", roadshow.call, place=roadshow.place)
    roadshow.delete()


@operation
def announce_roadshow(roadshow: Roadshow, *, actor: Any) -> Roadshow:
    """Tell each organisation when it is on stage, and the judges when to come."""
    roadshow = lock(roadshow, "call__panel", "lot__category")
    allow(actor, "announce_roadshow", roadshow)
    _must_lie_ahead(roadshow.begins_at)
    if roadshow.call.blind:  # the running order names who comes, so nothing may be open by then
        must_be_final(roadshow.call.panel)
    roadshow.move_to(RoadshowState.ANNOUNCED)
    record(actor, "announce_roadshow", roadshow.call, begins_at=roadshow.begins_at)
    _tell_everybody(roadshow)
    return roadshow


def _tell_everybody(roadshow: Roadshow) -> None:
    """Each organisation its own time; each judge the beginning."""
    call = own_words_lazily(roadshow.call, "title")
    for turn in turns_of(roadshow):
        tell(
            officers_of(turn.proposal.organisation),
            "turn_planned",
            url=path_to("evaluation:board", str(roadshow.key)),
            proposal=turn.proposal.title,
            call=call,
            place=roadshow.place,
            begins_at=turn.begins_at,
            minutes=roadshow.talk_minutes,
        )
    seats = Seat.objects.filter(panel__call=roadshow.call, state=SeatState.SEATED)
    for seat in seats.select_related("expert__person"):
        tell(
            seat.expert.person,
            "roadshow_announced",
            url=path_to("evaluation:stage", roadshow.pk),
            call=call,
            place=roadshow.place,
            begins_at=roadshow.begins_at,
        )

"""A small contest on stage today: one proposal heard and shown, one on stage now, one to come."""

from __future__ import annotations

import datetime as dt
import uuid

from bidding.calls.models import Call, Stage
from bidding.evaluation.models import Expert, Sheet
from bidding.evaluation.operations import (
    announce_roadshow,
    call_turn,
    change_availability,
    close_turn,
    give_points,
    pause_roadshow,
    plan_roadshow,
    show_results,
    start_roadshow,
)
from bidding.evaluation.roadshow_models import Roadshow, Turn
from bidding.evaluation.running_order import Rhythm
from bidding.evaluation.states import SheetState
from bidding.needs.models import Need
from cms.demo import bidding
from cms.demo.town import Town
from foundation import clock

BIDDERS, JUDGES = 3, 3
ON_STAGE = frozenset({"团队能力", "可持续性"})
HALL = "浦东新区总工会三楼礼堂"


def hold(town: Town, plan: bidding.CallPlan, needs: list[Need], now: dt.datetime) -> Roadshow:
    """From the call to the second proposal on stage, whose scoring is open."""
    call = bidding.open_call(town, plan, needs)
    bidding.bid(town, call, plan, skip=20)
    call = bidding.open_and_screen(town, call, plan)
    _seat_panel(town, call)
    bidding.score_all(call, seed=plan.seed)
    with clock.at(now - bidding.days(2)):
        roadshow = plan_roadshow(
            call,
            lot=None,
            place=HALL,
            begins_at=now,
            rhythm=Rhythm(talk=8, questions=5, between=2),
            actor=town["officer"],
        )
        roadshow = announce_roadshow(roadshow, actor=town["officer"])
    with clock.at(now):
        roadshow = start_roadshow(roadshow, actor=town["officer"])
        first, second = roadshow.turns.order_by("position")[:2]
        _score(call_turn(first, actor=town["officer"]), (8800, 9150, 9000))
        close_turn(first, actor=town["officer"])
        show_results(roadshow, actor=town["officer"])
        _score(call_turn(second, actor=town["officer"]), (8650,))
    with clock.at(now + dt.timedelta(minutes=6)):  # else the clock would run on for days
        roadshow = pause_roadshow(roadshow, actor=town["officer"])
    return roadshow


def _seat_panel(town: Town, call: Call) -> None:
    """The judge whose sheets are open elsewhere sits here, too, so that the start page's expert has
    a stage to go to; who has no time that day is not drawn."""
    busy = Sheet.objects.filter(state=SheetState.DRAFT).values("seat__expert")
    first = {row["seat__expert"] for row in busy}
    experts = sorted(Expert.objects.all(), key=lambda one: (one.pk not in first, one.pk))
    away = experts[JUDGES:]
    for expert in away:
        change_availability(expert, available=False, actor=town["officer"])
    bidding.seat_panel(town, call)
    for expert in away:
        change_availability(expert, available=True, actor=town["officer"])


def _score(turn: Turn, given: tuple[int, ...]) -> None:
    """The first judges give these points, pressed as final."""
    criteria = turn.roadshow.call.criteria.filter(stage=Stage.ROADSHOW)
    keys = list(criteria.values_list("pk", flat=True))
    busy = Sheet.objects.filter(state=SheetState.DRAFT).values("seat__expert")
    seats = turn.roadshow.call.panel.seats.filter(state="seated").order_by("position")
    if len(given) < JUDGES:  # the start page's expert has still to score
        seats = seats.exclude(expert__in=busy)
    for seat, points in zip(seats.select_related("expert__person"), given, strict=False):
        give_points(
            turn,
            points=dict.fromkeys(keys, points),
            key=uuid.uuid4(),
            actor=seat.expert.person,
        )

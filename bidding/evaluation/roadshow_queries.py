"""What is to be known about a roadshow: what is on stage, who gave points, what they come to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from bidding.calls.models import Aggregation, Call, Criterion, Stage
from bidding.calls.states import CallState
from bidding.evaluation import stage_clock
from bidding.evaluation.draw import quorum
from bidding.evaluation.models import Seat, Sheet
from bidding.evaluation.queries import (
    counted,
    eligible_proposals,
    judged_criteria,
    reads_evaluations,
)
from bidding.evaluation.ranking import ADJUSTED, POLICIES, half_up
from bidding.evaluation.roadshow_models import LiveScore, Roadshow, Turn
from bidding.evaluation.states import RoadshowState, SeatState, SheetState, TurnState
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState

MADE_KNOWN = [
    RoadshowState.ANNOUNCED,
    RoadshowState.RUNNING,
    RoadshowState.PAUSED,
    RoadshowState.FINISHED,
]
UNDER_WAY = [RoadshowState.RUNNING, RoadshowState.PAUSED]


def roadshows_visible_to(person: Any) -> QuerySet[Roadshow]:
    """Every roadshow, for officers and auditors."""
    rows = Roadshow.objects.select_related("call__panel", "lot__category")
    return rows if reads_evaluations(person) else rows.none()


def roadshows_judged_by(person: Any) -> QuerySet[Roadshow]:
    """Announced roadshows of the panels one sits on."""
    rows = Roadshow.objects.select_related("call__panel", "lot__category")
    if not person.is_authenticated:
        return rows.none()
    seats = Seat.objects.filter(expert__person=person, state=SeatState.SEATED)
    return rows.filter(state__in=MADE_KNOWN, call__panel__in=seats.values("panel")).exclude(
        call__state=CallState.CANCELLED
    )


def boards() -> QuerySet[Roadshow]:
    """What may be watched by whoever has the key: announced roadshows of calls that stand."""
    return (
        Roadshow.objects.filter(state__in=MADE_KNOWN)
        .exclude(call__state=CallState.CANCELLED)
        .select_related("call", "lot__category")
    )


def turns_visible_to(person: Any) -> QuerySet[Turn]:
    """Every turn, for officers and auditors."""
    rows = Turn.objects.select_related("roadshow__call", "proposal__organisation")
    return rows if reads_evaluations(person) else rows.none()


def turns_of(roadshow: Roadshow) -> QuerySet[Turn]:
    """The turns in their order, with who comes."""
    return Turn.objects.filter(roadshow=roadshow).select_related("proposal__organisation")


def turns_in(call: Call) -> QuerySet[Turn]:
    """Every turn of the call, on whatever stage."""
    return Turn.objects.filter(roadshow__call=call).select_related("proposal")


def live_criteria(call: Call) -> QuerySet[Criterion]:
    """What is scored at the roadshow."""
    return judged_criteria(call).filter(stage=Stage.ROADSHOW)


def paper_criteria(call: Call) -> QuerySet[Criterion]:
    """What is scored on paper."""
    return judged_criteria(call).filter(stage=Stage.PAPER)


def without_a_turn(call: Call, lot: Any = None) -> list[Proposal]:
    """Admitted proposals (of the lot) that have no turn on any stage yet."""
    rows = eligible_proposals(call).filter(turn=None)
    return list(rows.filter(lot=lot) if lot else rows)


def not_heard(call: Call) -> QuerySet[Proposal]:
    """Admitted proposals whose roadshow is not finished, or that have none."""
    return eligible_proposals(call).exclude(turn__roadshow__state=RoadshowState.FINISHED)


def with_roadshow(calls: QuerySet[Call]) -> QuerySet[Call]:
    """The calls, each with how much is scored on stage (`stage_weight`), and whether proposals are
    left that have no turn (`unplanned`) or whose roadshow is not over (`unheard`)."""
    live = Criterion.objects.filter(call=OuterRef("pk"), stage=Stage.ROADSHOW).order_by()
    eligible = Proposal.objects.filter(call=OuterRef("pk"), state=ProposalState.ELIGIBLE)
    return calls.annotate(
        stage_weight=Subquery(live.values("call").annotate(sum=Sum("weight")).values("sum")),
        unplanned=Exists(eligible.filter(turn=None)),
        unheard=Exists(eligible.exclude(turn__roadshow__state=RoadshowState.FINISHED)),
    )


def judging(proposals: Iterable[Proposal]) -> dict[int, set[int]]:
    """Proposal id → the experts who judge it."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = counted(Sheet.objects.filter(proposal__in=list(proposals)))
    for proposal, expert in rows.values_list("proposal", "seat__expert"):
        found[proposal].add(expert)
    return found


def elsewhere(roadshow: Roadshow, begins: dt.datetime, ends: dt.datetime) -> list[Turn]:
    """Turns on other stages, of any call, between the two moments."""
    rows = Turn.objects.exclude(roadshow=roadshow.pk).exclude(state=TurnState.SKIPPED)
    return list(
        rows.exclude(roadshow__state=RoadshowState.FINISHED)
        .exclude(roadshow__call__state=CallState.CANCELLED)
        .filter(begins_at__lt=ends, ends_at__gt=begins)
        .select_related("proposal")
    )


@dataclass(frozen=True)
class Given:
    """Who of a proposal's judges has given points on stage: by their seats, never what."""

    all: frozenset[int]
    whole: frozenset[int]

    @property
    def missing(self) -> list[int]:
        """The seats from which points are missing."""
        return sorted(self.all - self.whole)


def given_on(turn: Turn) -> Given:
    """The seats that judge the turn's proposal, and those from which every point came: one query,
    since the board asks every other second."""
    asked = Criterion.objects.filter(call=turn.roadshow.call_id, stage=Stage.ROADSHOW)
    live = "seat__live_sheets"
    rows = (
        counted(Sheet.objects.filter(proposal=turn.proposal_id))
        .annotate(
            given=Count(f"{live}__scores", filter=Q(**{f"{live}__turn": turn.pk})),
            asked=Subquery(asked.order_by().values("call").annotate(n=Count("pk")).values("n")),
        )
        .values_list("seat__position", "given", "asked")
    )
    found = list(rows)
    return Given(
        frozenset(seat for seat, _given, _asked in found),
        frozenset(seat for seat, given, asked in found if given == asked),
    )


def final_points(turns: Iterable[Turn]) -> dict[int, dict[int, dict[int, int]]]:
    """Turn id → seat → {place of the criterion: hundredths}, from final sheets only."""
    found: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = LiveScore.objects.filter(
        sheet__turn__in=list(turns), sheet__state=SheetState.FINAL
    ).exclude(sheet__seat__state=SeatState.RECUSED)
    for turn, seat, place, points in rows.values_list(
        "sheet__turn", "sheet__seat__position", "criterion__position", "points_hundredths"
    ).order_by("sheet__seat__position", "criterion__position"):
        found[turn][seat][place] = points
    return found


def heard_by_too_few(turns: Iterable[Turn], call: Call) -> list[Turn]:
    """Those of the turns that were heard, and by fewer judges than the quorum of those who sit."""
    heard = [one for one in turns if one.state == TurnState.CLOSED]
    points, least = final_points(heard), quorum(call.panel_size)
    return [one for one in heard if len(points.get(one.pk, ())) < least]


def live_points_on(proposal: Proposal) -> dict[int, dict[int, str]]:
    """Seat id → {criterion id: the points as typed} of what was given on stage, once the result
    is published."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    if proposal.call.decided_at is None:
        return found
    rows = LiveScore.objects.filter(
        sheet__turn__proposal=proposal, sheet__state=SheetState.FINAL
    ).select_related("sheet")
    for row in rows:
        found[row.sheet.seat_id][row.criterion_id] = row.points
    return found


def stage_policy(call: Call) -> str:
    """How the board puts points together: as the call does; the mean where the call estimates
    each judge's leniency, which takes every sheet there is."""
    return Aggregation.MEAN if call.aggregation == ADJUSTED else call.aggregation


def result_of(points: dict[int, dict[int, int]], call: Call, weights: dict[int, int]) -> Any:
    """What a turn came to, for the board: the panel's score in ten-thousandths, the judges'
    totals by size and not by seat, and out of how much."""
    totals = sorted(
        sum(value * weights[place] for place, value in mine.items()) for mine in points.values()
    )
    return {
        "score": half_up(POLICIES[stage_policy(call)](totals)),
        "totals": totals,
        "of": sum(weights.values()) * 10_000,
    }


def reading_of(turn: Turn, now: dt.datetime) -> stage_clock.Reading:
    """What the clock of the turn on stage shows."""
    roadshow = turn.roadshow
    gone = stage_clock.elapsed(
        turn.called_at or now, now, held_at=turn.held_at, held_seconds=turn.held_seconds
    )
    return stage_clock.read(
        gone,
        talk=roadshow.talk_minutes,
        questions=roadshow.questions_minutes,
        runs=turn.held_at is None,
    )

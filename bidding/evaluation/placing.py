"""Putting proposals in order: the ranking computed and frozen, and where an officer departs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, TieRule
from bidding.evaluation import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.evaluation.models import Departure, Panel, Place, Ranking, Sheet
from bidding.evaluation.queries import (
    counted,
    decided_order,
    eligible_proposals,
    officers,
    sitting,
)
from bidding.evaluation.ranking import rank
from bidding.evaluation.reliability import reliability
from bidding.evaluation.roadshow_queries import (
    final_points,
    heard_by_too_few,
    live_criteria,
    not_heard,
    turns_in,
)
from bidding.evaluation.sharing import below_quorum
from bidding.evaluation.states import PanelState, SeatState, SheetState, TurnState
from bidding.proposals.budget import Totals, totals_of
from bidding.proposals.queries import last_submissions, with_parts
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError, WrongState
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import allow
from foundation.seals.chain import sha256_of


@operation
def rank_proposals(call: Call, *, actor: Any) -> Ranking:
    """Compute the ranking from all final sheets, freeze its inputs, and close the panel."""
    panel = lock(Panel.objects.get(call=call), "call") if hasattr(call, "panel") else None
    if panel is not None:
        call = panel.call
        call.panel = panel
    allow(actor, "rank_proposals", call)
    assert panel is not None  # the law wants a panel that scores
    _must_be_complete(panel)
    inputs = frozen_inputs(panel)
    sha256 = sha256_of(inputs)
    ranking = Ranking.objects.create(
        call=call,
        policy=call.aggregation,
        inputs=inputs,
        sha256=sha256,
        reliability=reliability(inputs, seed=sha256),
        computed_by=actor,
        computed_at=clock.now(),
    )
    proposals = {proposal.serial: proposal for proposal in eligible_proposals(call)}
    places = rank(inputs)
    for place in places:
        Place.objects.create(
            ranking=ranking,
            proposal=proposals[place.key],
            rank=place.rank,
            score_ten_thousandths=place.printed,
            judges=len(place.totals),
        )
        proposals[place.key].move_to(ProposalState.RANKED)
    panel.move_to(PanelState.CLOSED)
    record(actor, "rank_proposals", call, sha256=ranking.sha256, proposals=len(places))
    tell(
        officers(),
        "proposals_ranked",
        url=path_to("evaluation:call", call.number),
        call=own_words_lazily(call, "title"),
        proposals=len(places),
    )
    return ranking


def _must_be_complete(panel: Panel) -> None:
    """Every seat is taken and every sheet is final."""
    seats = [seat for seat in sitting(panel) if seat.state == SeatState.SEATED]
    if len(seats) < panel.call.seats:
        raise WrongState(
            _("%(ready)s of %(size)s judges have taken their seats.")
            % {"ready": len(seats), "size": panel.call.seats}
        )
    left = Sheet.objects.filter(seat__in=seats, state=SheetState.DRAFT).count()
    if left:
        raise WrongState(_("%(left)s sheets are not final yet.") % {"left": left})
    waiting = not_heard(panel.call) if live_criteria(panel.call).exists() else []
    if titles := [one.title for one in waiting]:
        raise WrongState(
            _("These proposals were not heard at a finished roadshow yet: %(titles)s.")
            % {"titles": "、".join(titles)}
        )
    if short := below_quorum(panel):
        raise WrongState(
            _("These proposals have too few judges: %(titles)s. Fill the empty seats.")
            % {"titles": "、".join(short)}
        )
    if thin := heard_by_too_few(turns_in(panel.call), panel.call):
        raise WrongState(
            _(
                "Judges left after they had heard these proposals: %(titles)s. Open the roadshow "
                "again, so that the substitutes hear them."
            )
            % {"titles": "、".join(turn.proposal.title for turn in thin)}
        )


def frozen_inputs(panel: Panel) -> dict[str, Any]:
    """What the ranking is computed from, judges by their number only: fit to be published."""
    call = panel.call
    inputs: dict[str, Any] = {
        "call": call.number,
        "policy": call.aggregation,
        "criteria": [
            {"key": str(row.position), "name": row.name, "weight": row.weight}
            | ({"by_price": True} if row.by_price else {})
            for row in call.criteria.order_by("position")
        ],
    }
    if call.tie_rule == TieRule.LOTTERY:
        inputs |= {"ties": "lottery", "seed": panel.seed}
    if call.bonus_points:
        inputs["bonus"] = {"points": call.bonus_points, "full_percent": call.bonus_full_percent}
    priced = any("by_price" in row for row in inputs["criteria"])
    proposals = _judged(panel, bonus=bool(call.bonus_points), priced=priced)
    live = list(live_criteria(call))
    if live:
        inputs["roadshow"] = [str(row.position) for row in live]
        _add_live(call, proposals, inputs["roadshow"])
    return {**inputs, "proposals": proposals}


def _add_live(call: Call, proposals: list[dict[str, Any]], keys: list[str]) -> None:
    """Put what judges gave on stage beside what they gave on paper. Who did not come on stage has
    no points there; a judge who gave none there does not count for that proposal at all."""
    turns = {turn.proposal.serial: turn for turn in turns_in(call)}
    given = final_points(turns.values())
    for row in proposals:
        turn = turns[row["key"]]
        if turn.state == TurnState.SKIPPED:
            row["absent"] = True
            for sheet in row["sheets"]:
                sheet["points"] |= dict.fromkeys(keys, 0)
            continue
        points = given[turn.pk]
        without = [sheet["judge"] for sheet in row["sheets"] if sheet["judge"] not in points]
        if without:
            row["not_counted"] = without
        row["sheets"] = [sheet for sheet in row["sheets"] if sheet["judge"] in points]
        for sheet in row["sheets"]:
            sheet["points"] |= {str(place): one for place, one in points[sheet["judge"]].items()}


def _judged(panel: Panel, *, bonus: bool, priced: bool) -> list[dict[str, Any]]:
    """The proposals with receipts and what each judge gave; their money where it counts, as it
    stands in their envelopes."""
    received = {row.proposal_id: row for row in last_submissions(panel.call)}
    sheets = (
        counted(Sheet.objects.filter(seat__panel=panel, state=SheetState.FINAL))
        .select_related("seat")
        .prefetch_related("scores__criterion")
        .order_by("seat__position")
    )
    by_proposal: dict[int, list[dict[str, Any]]] = {}
    for sheet in sheets:
        points = {
            str(score.criterion.position): score.points_hundredths for score in sheet.scores.all()
        }
        by_proposal.setdefault(sheet.proposal_id, []).append(
            {"judge": sheet.seat.position, "points": points}
        )
    proposals = eligible_proposals(panel.call)
    rows = []
    for proposal in with_parts(proposals) if bonus or priced else proposals:
        row: dict[str, Any] = {
            "key": proposal.serial,
            "receipt": received[proposal.pk].receipt,
            "received_at": received[proposal.pk].submitted_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "sheets": by_proposal.get(proposal.pk, []),
        }
        money = totals_of(proposal.budget.all()) if bonus or priced else Totals()
        if priced:
            row |= {"lot": proposal.lot.category_id, "price_fen": money.asked_fen}
        if bonus:
            row |= {"own_fen": money.own_fen, "whole_fen": money.total_fen}
        rows.append(row)
    return rows


@operation
def move_place(place: Place, *, to_rank: int, reason: str, actor: Any) -> Departure:
    """Depart from the computed order: the proposal takes another rank, those between make room.

    Computed ranks and scores stay as they are; the reason is public with the result.
    """
    call = lock(place.ranking.call)  # as publishing the result does
    ranking = lock(place.ranking)
    place.ranking, ranking.call = ranking, call
    allow(actor, "move_place", place)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is published."), field="reason")
    order = decided_order(ranking)
    if not 1 <= to_rank <= len(order):
        raise DomainError(_("There is no such rank."), field="to_rank")
    before = order.index(place.pk) + 1
    if to_rank == before:
        raise DomainError(_("It has this rank already."), field="to_rank")
    departure = Departure.objects.create(
        ranking=ranking,
        place=place,
        from_rank=before,
        to_rank=to_rank,
        reason=reason.strip(),
        decided_by=actor,
        decided_at=clock.now(),
    )
    record(
        actor,
        "move_place",
        call,
        proposal=place.proposal.serial,
        from_rank=before,
        to_rank=to_rank,
        reason=reason.strip(),
    )
    return departure

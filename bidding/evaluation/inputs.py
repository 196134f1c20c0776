"""What a ranking is computed from: whether all of it is there, and frozen as it is published."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, TieRule
from bidding.evaluation.discussion_queries import current_discussion, revisions_in
from bidding.evaluation.models import Panel, Sheet
from bidding.evaluation.queries import counted, eligible_proposals, sitting
from bidding.evaluation.roadshow_queries import (
    final_points,
    heard_by_too_few,
    live_criteria,
    not_heard,
    turns_in,
)
from bidding.evaluation.sharing import below_quorum
from bidding.evaluation.states import SeatState, SheetState, TurnState
from bidding.proposals.budget import Totals, totals_of
from bidding.proposals.queries import last_submissions, with_parts
from foundation.errors import WrongState


def must_be_complete(panel: Panel) -> None:
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
    inputs["proposals"] = proposals
    if held := current_discussion(panel):
        serials = held.items.order_by("proposal__serial").values_list("proposal__serial", flat=True)
        inputs["discussion"] = {"proposals": list(serials), "revisions": _revisions(panel)}
    return inputs


def _revisions(panel: Panel) -> list[dict[str, Any]]:
    return [
        {
            "proposal": row.item.proposal.serial,
            "judge": row.sheet.seat.position,
            "before": row.before,
            "after": row.after,
        }
        for row in revisions_in(panel)
        if row.sheet.state == SheetState.FINAL
    ]


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

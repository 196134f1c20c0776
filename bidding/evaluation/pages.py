"""What the pages of an evaluation show, put together."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count

from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.evaluation.discussion_queries import current_discussion
from bidding.evaluation.models import Panel
from bidding.evaluation.price import points_by_lot
from bidding.evaluation.queries import (
    screening_table,
    thin_lots,
    with_progress,
)
from bidding.evaluation.sharing import lacking
from bidding.evaluation.states import SeatState
from bidding.proposals.queries import with_asked
from bidding.proposals.related import related_bidders
from bidding.proposals.states import ProposalState
from foundation.permissions import may_ever, why_not


def officers_page(call: Call, person: Any) -> dict[str, Any]:
    """Everything about one call's evaluation: checks, panel, progress, ranking.

    The call comes with its panel and its ranking.
    """
    proposals = list(with_asked(screening_table(call)))
    panel: Panel | None = getattr(call, "panel", None)
    seats = _seats(panel) if panel else []
    weight = sum(row.weight for row in call.criteria.filter(by_price=True))
    return {
        "call": call,
        "proposals": _priced(proposals, weight),
        "price_weight": weight,
        "states": Counter(str(proposal.get_state_display()) for proposal in proposals).items(),
        "related": related_bidders(call, proposals) if len(proposals) > 1 else [],
        "panel": panel,
        "seats": seats,
        "empty": panel is not None and sum(row["sits"] for row in seats) < call.seats,
        "restarts": list(panel.restarts.all()) if panel and _left(seats) else [],
        "unfinished": any(row["sits"] and row["final"] < row["all"] for row in seats),
        "void": [lot for lot in call.lots.select_related("category") if lot.voided_at],
        "thin": list(thin_lots(call)) if panel is None and call.opened_at else [],
        "discussion": _discussion(panel) if panel and call.has_discussion else {},
        "ranking": getattr(call, "ranking", None),
        "steps": _steps(call, panel, person, sum(row["sits"] for row in seats)),
        "officer": may_ever(person, "screen_proposal", call) and call.state == CallState.PUBLISHED,
    }


def _priced(proposals: list[Any], weight: int) -> list[Any]:
    """Each with `price_points`, as things stand among those not refused: worked out, not typed."""
    valid = [one for one in proposals if one.state != ProposalState.REFUSED and one.asked_fen]
    bids = [(str(one.pk), str(one.lot_id), one.asked_fen) for one in valid] if weight else []
    points = points_by_lot(bids)
    for one in proposals:
        mine = points.get(str(one.pk))
        one.price_points = "" if mine is None else f"{float(mine * weight / 100):.2f}"
    return proposals


def _seats(panel: Panel) -> list[dict[str, Any]]:
    """Each judge with what bars them and how far they are; never what they gave."""
    seats = with_progress(
        panel.seats.select_related("expert__person").prefetch_related("conflicts__proposal")
    )
    return [
        {
            "seat": seat,
            "conflicts": list(seat.conflicts.all()),
            "final": seat.final,
            "all": seat.given,
            "sits": seat.state != SeatState.RECUSED,
        }
        for seat in seats
    ]


def _discussion(panel: Panel) -> dict[str, Any]:
    """What the panel discusses and of what there are minutes; never what is said."""
    held = current_discussion(panel)
    items = held.items.select_related("proposal").annotate(said=Count("minutes")) if held else []
    return {"held": held, "items": list(items)}


def _left(seats: list[dict[str, Any]]) -> list[Any]:
    """Those who sit no more; without any, nothing was judged anew."""
    return [row["seat"] for row in seats if not row["sits"]]


def _steps(call: Call, panel: Panel | None, person: Any, sitting: int) -> dict[str, Any]:
    """For each step an officer may take: the sentence why not, or None when it is open."""
    said: dict[str, Any] = {}
    if call.state != CallState.PUBLISHED:
        return said
    for law, subject in (
        ("draw_panel", call),
        ("begin_scoring", panel),
        ("draw_substitute", panel),
        ("name_substitute", panel),
        ("judge_anew", panel),
        ("open_discussion", panel),
        ("remind_judges", panel),
        ("rank_proposals", call),
    ):
        if subject is None or not may_ever(person, law, subject):
            continue
        refusal = why_not(person, law, subject)
        said[law] = {"why_not": str(refusal) if refusal else ""}
    if panel and sitting >= call.seats and not lacking(panel):
        said.pop("draw_substitute", None)
    if panel and sitting >= call.seats:
        said.pop("name_substitute", None)
    return said


def conflicts_found(seat: Any) -> dict[int, str]:
    """Proposal id → why, as the data showed when the seat was drawn."""
    return dict(seat.conflicts.values_list("proposal_id", "reason"))

"""A bidder's own result: each judge's points and words by number, and what a discussion changed."""

from __future__ import annotations

from typing import Any

from bidding.evaluation.discussion_models import Discussed
from bidding.evaluation.discussion_queries import counted_revisions
from bidding.evaluation.models import Place, Sheet
from bidding.evaluation.price import price_parts
from bidding.evaluation.queries import decided_order, judged_criteria, sheets_on
from bidding.evaluation.roadshow_queries import live_points_on
from bidding.evaluation.standing import points_said, price_weight
from bidding.evaluation.states import DiscussionState
from bidding.proposals.models import Proposal
from foundation.face.values import own_words


def result_page(proposal: Proposal) -> dict[str, Any]:
    """A bidder's own result: each judge's points by criterion, unsigned, and what they wrote."""
    place = Place.objects.filter(proposal=proposal).select_related("ranking").first()
    sheets = sheets_on(proposal)
    criteria = list(judged_criteria(proposal.call))
    live = live_points_on(proposal)
    given = [
        {score.criterion_id: score.points for score in one.scores.all()} | live[one.seat_id]
        for one in sheets
    ]
    totals = _totals(place) if place else {}
    return {
        "proposal": proposal,
        "place": place,
        "score": f"{place.score_ten_thousandths / 10_000:.4f}" if place else "",
        "judges": [one.seat.position for one in sheets],
        "table": [
            {"criterion": row, "points": [mine.get(row.pk, "—") for mine in given]}
            for row in criteria
        ],
        "full": sum(row.weight for row in criteria),
        "totals": [totals.get(one.seat.position, "—") for one in sheets],
        "price": _price(place) if place else {},
        "comments": [_written(one, criteria) for one in sheets if _written(one, criteria)[1]],
        "rank": decided_order(place.ranking).index(place.pk) + 1 if place else None,
        "departures": list(place.departures.all()) if place else [],
        "discussion": _discussion(proposal, criteria),
    }


def _discussion(proposal: Proposal, criteria: list[Any]) -> dict[str, Any]:
    """What the panel said of the proposal and what judges revised, by number, once the result is
    published; {} where it was not discussed."""
    item = (
        Discussed.objects.filter(proposal=proposal)
        .exclude(discussion__state=DiscussionState.DROPPED)
        .first()
    )
    if item is None or proposal.call.decided_at is None:
        return {}
    names = {str(row.position): own_words(row, "name") for row in criteria}
    rows = counted_revisions(item)
    return {
        "item": item,
        "minutes": [(row.seat.position, row.words) for row in item.minutes.select_related("seat")],
        "revisions": [
            {
                "judge": row.sheet.seat.position,
                "criterion": names[key],
                "before": f"{value / 100:.2f}",
                "after": f"{row.after[key] / 100:.2f}",
                "reason": row.reason,
            }
            for row in rows
            for key, value in sorted(row.before.items())
        ],
    }


def _price(place: Place) -> dict[str, Any]:
    """What the price earned: its own, the lowest of the lot, and the points; {} if not scored."""
    inputs, key = place.ranking.inputs, place.proposal.serial
    weight = price_weight(inputs)
    if not weight:
        return {}
    prices = {one["key"]: (one["lot"], one["price_fen"]) for one in inputs["proposals"]}
    lot, own = prices[key]
    return {
        "weight": weight,
        "own_fen": own,
        "lowest_fen": min(fen for one, fen in prices.values() if one == lot),
        "points": points_said(price_parts(inputs)[key]),
    }


def _written(sheet: Sheet, criteria: list[Any]) -> tuple[int, str]:
    """(the judge's number, all they wrote for the organisation)."""
    remarks = {score.criterion_id: score.remark for score in sheet.scores.all()}
    lines = [
        f"{own_words(row, 'name')}：{remarks[row.pk]}" for row in criteria if remarks.get(row.pk)
    ]
    return sheet.seat.position, "\n".join([*lines, *([sheet.comment] if sheet.comment else [])])


def _totals(place: Place) -> dict[int, str]:
    weights = {row["key"]: row["weight"] for row in place.ranking.inputs["criteria"]}
    for row in place.ranking.inputs["proposals"]:
        if row["key"] == place.proposal.serial:
            return {
                sheet[
                    "judge"
                ]: f"{sum(p * weights[key] for key, p in sheet['points'].items()) / 10_000:.2f}"
                for sheet in row["sheets"]
            }
    return {}

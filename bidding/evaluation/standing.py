"""How the pages show a ranking: how it came about, how sure it is, what is too close to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from bidding.evaluation.models import Departure, Place, Ranking, Seat, Sheet
from bidding.evaluation.price import price_parts
from bidding.evaluation.queries import decided_order, judged_criteria, sheets_on
from bidding.evaluation.ranking import rank
from bidding.evaluation.roadshow_queries import live_points_on
from bidding.evaluation.states import PanelState
from bidding.proposals.models import Proposal
from bidding.proposals.queries import with_asked
from foundation.face.values import own_words

Row = dict[str, Any]


def places_of(ranking: Ranking) -> list[tuple[int, Place]]:
    """(rank in the order decided, the place with what its row names), in that order."""
    rows = ranking.places.select_related("proposal__organisation", "proposal__lot__category")
    found = {place.pk: place for place in rows}
    return [(rank, found[pk]) for rank, pk in enumerate(decided_order(ranking), start=1)]


def ranking_page(ranking: Ranking) -> dict[str, Any]:
    """The ranking with each judge's total, computed again from the frozen inputs."""
    again = {row.key: row for row in rank(ranking.inputs)}
    judges = {
        proposal["key"]: [sheet["judge"] for sheet in proposal["sheets"]]
        for proposal in ranking.inputs["proposals"]
    }
    places = places_of(ranking)
    sure = ranking.reliability.get("places", {})
    return {
        "ranking": ranking,
        "call": ranking.call,
        "criteria": ranking.inputs["criteria"],
        "how": how_computed(ranking.inputs),
        "rows": [
            {
                "rank": decided,
                "place": place,
                "proposal": place.proposal,
                "totals": list(
                    zip(
                        judges[place.proposal.serial],
                        [f"{total / 10_000:.2f}" for total in again[place.proposal.serial].totals],
                        strict=True,
                    )
                ),
                "score": f"{place.score_ten_thousandths / 10_000:.4f}",
                "bonus": _points(again[place.proposal.serial].bonus),
                "price": _points(again[place.proposal.serial].price),
                "sure": sure.get(place.proposal.serial),
            }
            for decided, place in places
        ],
        "bonus": "bonus" in ranking.inputs,
        "price": price_weight(ranking.inputs),
        "departures": departures_of(ranking),
        "moved": any(decided != place.rank for decided, place in places),
        "agreement": agreement_of(ranking),
        "holds": all(
            again[place.proposal.serial].rank == place.rank
            and again[place.proposal.serial].printed == place.score_ten_thousandths
            for _decided, place in places
        ),
    }


def _points(ten_thousandths: Any) -> str:
    return f"{float(ten_thousandths) / 10_000:.2f}" if ten_thousandths else ""


def departures_of(ranking: Ranking) -> list[Departure]:
    """Where an officer departed from the computed order, in the order it happened."""
    rows = Departure.objects.filter(ranking=ranking)
    return list(rows.select_related("place__proposal__organisation"))


def how_computed(inputs: dict[str, Any]) -> list[str]:
    """A sentence for each step from points to ranks, as this call declared them."""
    policies = {
        "mean": _("The panel's score is the mean of the judges' totals."),
        "median": _("The panel's score is the median of the judges' totals."),
        "trimmed": _(
            "From five judges up the highest and the lowest total are left out; the panel's score "
            "is the mean of the others."
        ),
        "adjusted": _(
            "How lenient each judge is was estimated from all proposals they judged together with "
            "others, and taken out of their totals; totals that stand far off are drawn in to one "
            "and a half robust standard deviations. The panel's score is the mean of what remains."
        ),
    }
    said = [
        _(
            "Each judge gives 0 to 100 points for each criterion; points times weight, summed, is "
            "the judge's total."
        ),
        policies[inputs["policy"]],
    ]
    if weight := price_weight(inputs):
        said.append(
            _(
                "The price counts for %(weight)s: within a lot the lowest price of those ranked "
                "gets all of it, every other the lowest divided by its own. The price is the sum "
                "asked for in the envelope that was opened."
            )
            % {"weight": weight}
        )
    if inputs.get("roadshow"):
        said.append(
            _(
                "Some criteria are scored on paper, the others at the roadshow, by the same "
                "judges. Who did not come on stage has no points there; a judge who gave none "
                "there does not count for that proposal."
            )
        )
    if bonus := inputs.get("bonus"):
        said.append(
            _(
                "Own money earns a bonus: %(points)s points for an own share of %(percent)s %% of "
                "the budget or more, less in proportion."
            )
            % {"points": bonus["points"], "percent": bonus["full_percent"]}
        )
    if inputs.get("ties") == "lottery":
        said.append(
            _(
                "Ranks are decided on the exact score. Equal scores are decided by lot: the order "
                "of SHA-256(“seed:number of the proposal”), with the seed of the panel's draw."
            )
        )
    elif price_weight(inputs):
        said.append(
            _(
                "Ranks are decided on the exact score. Equal scores are decided by the points for "
                "the price, then by the first criterion, the next, then by the earlier receipt."
            )
        )
    else:
        said.append(
            _(
                "Ranks are decided on the exact score. Equal scores are decided by the first "
                "criterion, then the next, then by the earlier receipt."
            )
        )
    return said


def price_weight(inputs: dict[str, Any]) -> int:
    """How much the price counts for in a ranking; 0 where it is not scored."""
    return sum(row["weight"] for row in inputs["criteria"] if row.get("by_price"))


def agreement_of(ranking: Ranking) -> list[tuple[Any, str, str, Any]]:
    """(measure, value, interval, what it says) of how far the judges agree."""
    facts = ranking.reliability
    if not facts:
        return []
    icc, alpha = facts["icc"], facts["alpha"]
    forms = {
        "agreement": _("Intraclass correlation of one judge, ICC(2,1)"),
        "one_way": _("Intraclass correlation of one judge, ICC(1,1)"),
    }
    rows = [
        (
            forms[icc["form"]],
            _figure(icc["one"]),
            _limits(icc["interval"]),
            _("How much of what one judge's totals differ by is the proposals' own difference."),
        ),
        (
            _("Krippendorff's alpha"),
            _figure(alpha["value"]),
            _limits(alpha["interval"]),
            _("1 is perfect agreement, 0 is chance. Below 0.67 one judge alone would mean little."),
        ),
    ]
    if icc["mean"] is not None:
        together = (
            _("Intraclass correlation of the whole panel, ICC(2,k)"),
            _figure(icc["mean"]),
            "",
            _("The same for the mean of all judges."),
        )
        rows.insert(1, together)
    return rows


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _limits(interval: list[float] | None) -> str:
    return f"{interval[0]:.2f} – {interval[1]:.2f}" if interval else "—"


def standing_page(ranking: Ranking) -> dict[str, Any]:
    """What an officer weighs before the result: lines, intervals, severity, outliers."""
    places, facts = places_of(ranking), ranking.reliability
    ids = [place.proposal_id for _rank, place in places]
    asked = dict(with_asked(Proposal.objects.filter(pk__in=ids)).values_list("pk", "asked_fen"))
    sure = facts.get("places", {})
    rows: list[Row] = [
        {
            "rank": decided,
            "place": place,
            "proposal": place.proposal,
            "score": f"{place.score_ten_thousandths / 10_000:.2f}",
            "asked_fen": asked[place.proposal_id],
            "sure": sure.get(place.proposal.serial),
        }
        for decided, place in places
    ]
    lines = list(draw_lines(rows))
    titles = {row["proposal"].serial: row for row in rows}
    names = _names(ranking)
    return {
        "ranking": ranking,
        "call": ranking.call,
        "facts": facts,
        "rows": rows,
        "lines": lines,
        "close": [row for row in rows if row["close"]],
        "intervals": [
            (
                f"{row['rank']}. {row['proposal'].title}",
                row["place"].score,
                row["score"],
                row["sure"]["low"],
                row["sure"]["high"],
            )
            for row in rows
            if row["sure"]
        ],
        "judges": [{**one, "name": names.get(one["judge"])} for one in facts.get("judges", [])],
        "outliers": [
            {**one, "name": names.get(one["judge"]), "row": titles[one["proposal"]]}
            for one in facts.get("outliers", [])
        ],
        "agreement": agreement_of(ranking),
        "departures": departures_of(ranking),
    }


def _names(ranking: Ranking) -> dict[int, str]:
    """The judges' names by number, for those who follow evaluations."""
    seats = Seat.objects.filter(panel__call=ranking.call, panel__state=PanelState.CLOSED)
    return {seat.position: str(seat.expert) for seat in seats.select_related("expert__person")}


def draw_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """Where each lot's money ends in the order of the ranking; every row learns whether it stands
    above (`above`) and whether its interval crosses that line (`close`)."""
    by_lot: dict[int, list[Row]] = {}
    for row in rows:
        by_lot.setdefault(row["proposal"].lot_id, []).append(row)
    for mine in by_lot.values():
        lot = mine[0]["proposal"].lot
        left, above = lot.ceiling_fen, 0
        for row in mine:
            if row["asked_fen"] > left:
                break
            left -= row["asked_fen"]
            above += 1
        line = None
        if 0 < above < len(mine):
            line = (mine[above - 1]["place"].score + mine[above]["place"].score) / 2
        for number, row in enumerate(mine):
            row["above"], sure = number < above, row["sure"]
            row["close"] = bool(line is not None and sure and sure["low"] < line < sure["high"])
        yield {"lot": lot, "above": above, "all": len(mine), "left_fen": left, "line": line}


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
        "points": _points(price_parts(inputs)[key]),
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

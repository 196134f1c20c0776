"""How the pages show a ranking: how it came about, how sure it is, what is too close to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from bidding.calls.models import Call
from bidding.evaluation.before_after import moved
from bidding.evaluation.models import Departure, Place, Ranking, Seat
from bidding.evaluation.queries import decided_order
from bidding.evaluation.ranking import rank
from bidding.evaluation.states import PanelState
from bidding.proposals.models import Proposal
from bidding.proposals.queries import with_asked

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
                "bonus": points_said(again[place.proposal.serial].bonus),
                "price": points_said(again[place.proposal.serial].price),
                "sure": sure.get(place.proposal.serial),
            }
            for decided, place in places
        ],
        "bonus": "bonus" in ranking.inputs,
        "price": price_weight(ranking.inputs),
        "departures": departures_of(ranking),
        "discussed": discussed_in(ranking),
        "moved": any(decided != place.rank for decided, place in places),
        "agreement": agreement_of(ranking),
        "holds": all(
            again[place.proposal.serial].rank == place.rank
            and again[place.proposal.serial].printed == place.score_ten_thousandths
            for _decided, place in places
        ),
    }


def discussed_in(ranking: Ranking) -> dict[str, Any]:
    """What the panel's discussion changed: ranks and scores before and after; {} without one."""
    said = ranking.inputs.get("discussion")
    if not said:
        return {}
    titles = dict(ranking.places.values_list("proposal__serial", "proposal__title"))
    rows = [
        {
            "title": titles[one.key],
            "discussed": one.key in said["proposals"],
            "rank_before": one.rank_before,
            "rank": one.rank,
            "before": f"{one.printed_before / 10_000:.4f}",
            "score": f"{one.printed / 10_000:.4f}",
        }
        for one in moved(ranking.inputs)
        if one.key in said["proposals"] or one.rank != one.rank_before
    ]
    return {"rows": rows, "revisions": len(said["revisions"])}


def points_said(ten_thousandths: Any) -> str:
    """Points as a page says them; nothing for none."""
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
    if "discussion" in inputs:
        said.append(
            _(
                "The panel discussed %(count)s proposals when all sheets were final; judges could "
                "then revise their points on paper, with a reason. The ranking is computed from "
                "the revised points; the points before are in the frozen inputs, too."
            )
            % {"count": len(inputs["discussion"]["proposals"])}
        )
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


def close_to_line(call: Call, inputs: dict[str, Any], facts: dict[str, Any]) -> list[list[str]]:
    """For each lot the proposals (by number, in order of rank) whose interval crosses the line
    where its money ends; none where fewer than two do."""
    rows = with_asked(call.proposals.filter(serial__in=[one["key"] for one in inputs["proposals"]]))
    found = {one.serial: one for one in rows.select_related("lot__category")}
    sure = facts["places"]
    ranked: list[Row] = [
        {
            "proposal": found[one.key],
            "place": Place(score_ten_thousandths=one.printed),
            "asked_fen": found[one.key].asked_fen,
            "sure": sure.get(one.key),
        }
        for one in rank(inputs)
    ]
    groups: dict[int, list[str]] = {line["lot"].pk: [] for line in draw_lines(ranked)}
    for row in ranked:
        if row["close"]:
            groups[row["proposal"].lot_id].append(row["proposal"].serial)
    return [group for group in groups.values() if len(group) > 1]

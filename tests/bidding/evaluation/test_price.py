"""Points for the price: from the sums in the sealed bids, by the formula of public procurement."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest
from django.urls import reverse

from bidding.calls.models import Call
from bidding.evaluation.models import Score, Sheet
from bidding.evaluation.operations import finalise_sheet, rank_proposals, score_proposal
from bidding.evaluation.own_result import result_page
from bidding.evaluation.paper import facts_of
from bidding.evaluation.price import points_by_lot, price_parts, price_points
from bidding.evaluation.ranking import judged, rank
from bidding.evaluation.reliability import reliability
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from foundation import clock
from foundation.errors import DomainError
from foundation.permissions import SYSTEM
from tests.factories.evaluation import admit_all, make_scoring_panel
from tests.factories.organisations import make_officer
from tests.factories.proposals import after_closing, make_open_call, make_submitted

CRITERIA = [
    {"key": "1", "name": "方案", "weight": 80},
    {"key": "2", "name": "价格", "weight": 20, "by_price": True},
]


def inputs(*rows, policy="mean", **also):
    """Frozen inputs from (key, lot, price, points of each judge)."""
    return {
        "policy": policy,
        "criteria": CRITERIA,
        **also,
        "proposals": [
            {
                "key": key,
                "received_at": key,
                "lot": lot,
                "price_fen": fen,
                "sheets": [
                    {"judge": judge, "points": {"1": one}}
                    for judge, one in enumerate(points, start=1)
                ],
            }
            for key, lot, fen, points in rows
        ],
    }


def test_the_lowest_price_earns_all_points_and_every_other_its_ratio():
    # the worked example of the decree's formula: 80 and 100 wan → 100 and 80 points
    assert price_points({"a": 80_000_000, "b": 100_000_000, "c": 96_000_000}) == {
        "a": 100,
        "b": 80,
        "c": Fraction(250, 3),
    }
    assert price_points({}) == {}
    assert points_by_lot([("a", "x", 1), ("b", "y", 200), ("c", "y", 400)]) == {
        "a": 100,
        "b": 100,
        "c": 50,
    }


@pytest.mark.parametrize("fen", [0, -1])
def test_a_price_that_is_none_is_refused(fen):
    with pytest.raises(ValueError, match="price of a"):
        price_points({"a": fen, "b": 5})


@pytest.mark.parametrize("policy", ["mean", "median", "trimmed", "adjusted"])
def test_the_price_stands_beside_what_judges_give_and_decides_equal_scores(policy):
    given = inputs(
        ("A", "x", 100, [9000] * 5),  # 72 + 20
        ("B", "x", 125, [9500] * 5),  # 76 + 16: the same, and dearer
        ("C", "y", 700, [9500] * 5),  # alone in its lot: 76 + 20
        policy=policy,
    )
    found = rank(given)
    assert [(row.key, row.printed, row.price) for row in found] == [
        ("C", 960_000, 200_000),
        ("A", 920_000, 200_000),
        ("B", 920_000, 160_000),
    ]
    assert found[1].totals == (720_000,) * 5
    assert judged(given) == CRITERIA[:1]
    places = reliability(given, seed="s")["places"]
    assert {key: round(row["expected"]) for key, row in places.items()}["C"] == 1
    assert price_parts({**given, "criteria": [{"key": "1", "weight": 100}]}) == {}


def test_no_judge_can_lift_a_proposal_over_what_the_judged_criteria_weigh():
    found = rank(inputs(("A", "x", 100, [10_000] * 3), ("B", "x", 100, [9_990] * 3)))
    assert found[0].printed == 1_000_000


def procurement(*asked):
    """An opened procurement with a bid for each sum, all admitted; price weighs 25."""
    call = make_open_call(kind="procurement")
    call.criteria.filter(name="预算合理").update(name="价格", by_price=True)
    for fen in asked:
        make_submitted(call, asked_fen=fen)
    with clock.at(after_closing(call)):
        call = open_envelopes(call, actor=SYSTEM)
        admit_all(call)
    return call


@pytest.mark.django_db
def test_a_procurement_from_sealed_sums_to_ranks_pages_and_papers(client):
    call, officer = procurement(5_000_000, 4_000_000, 8_000_000), make_officer()
    client.force_login(officer)
    table = client.get(reverse("evaluation:call", args=[call.number])).content.decode()
    assert all(f">{points}<" in table for points in ("20.00", "25.00", "12.50"))
    panel = make_scoring_panel(call)
    price = call.criteria.get(by_price=True)
    sheet = Sheet.objects.select_related("seat__expert__person").filter(seat__panel=panel).first()
    judge = sheet.seat.expert.person
    with pytest.raises(DomainError, match=r"."):
        score_proposal(sheet, points={price.pk: 10_000}, comment="", actor=judge)
    assert not Score.objects.exists()
    for sheet in Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person"):
        criteria = [row for row in call.criteria.order_by("position") if not row.by_price]
        score_proposal(
            sheet,
            points={row.pk: 8000 for row in criteria},
            comment="",
            actor=sheet.seat.expert.person,
        )
        finalise_sheet(sheet, actor=sheet.seat.expert.person)
    ranking = rank_proposals(Call.objects.get(pk=call.pk), actor=officer)
    # 75 × 80 = 60, and 25, 20, 12.5 for the price
    assert list(ranking.places.values_list("rank", "score_ten_thousandths")) == [
        (1, 850_000),
        (2, 800_000),
        (3, 725_000),
    ]
    page = client.get(reverse("evaluation:ranking", args=[call.number])).content.decode()
    assert all(f">{points}<" in page for points in ("25.00", "20.00", "12.50"))
    lines = client.get(reverse("evaluation:ranking_table", args=[call.number])).content.decode()
    rows = list(csv.DictReader(lines.lstrip("\ufeff").splitlines()))
    assert {row["price_fen"] for row in rows} == {"5000000", "4000000", "8000000"}
    assert {row["lot"] for row in rows} == {"legal-aid"}
    Call.objects.filter(pk=call.pk).update(decided_at=clock.now())
    last = Proposal.objects.select_related("call", "organisation").get(place__rank=3)
    result = result_page(last)
    assert result["price"] == {
        "weight": 25,
        "own_fen": 8_000_000,
        "lowest_fen": 4_000_000,
        "points": "12.50",
    }
    assert (result["full"], set(result["totals"])) == (75, {"60.00"})
    assert facts_of(result)["price"][2:] == ["12.50", "25"]

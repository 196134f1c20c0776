"""The ranking: exact, independent of order, computable again by anyone."""

from __future__ import annotations

import itertools
import random
import statistics
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidding.evaluation.ranking import half_up, mean, median, rank, total, trimmed

WEIGHTS = [{"key": "1", "name": "a", "weight": 60}, {"key": "2", "name": "b", "weight": 40}]


def inputs(proposals, policy="mean", criteria=WEIGHTS):
    return {
        "policy": policy,
        "criteria": criteria,
        "proposals": [
            {
                "key": key,
                "received_at": received,
                "sheets": [
                    {
                        "judge": judge,
                        "points": {
                            row["key"]: value for row, value in zip(criteria, points, strict=True)
                        },
                    }
                    for judge, points in enumerate(sheets, start=1)
                ],
            }
            for key, received, sheets in proposals
        ],
    }


def test_a_judges_total_is_exact_in_ten_thousandths():
    assert total({"1": 8750, "2": 9001}, {"1": 60, "2": 40}) == 885_040  # 88.504 of 100


@pytest.mark.parametrize("points", [{"1": 5}, {"1": 5, "2": 10_001}, {"1": -1, "2": 5}])
def test_points_that_cannot_be_are_refused(points):
    with pytest.raises(ValueError, match=r"points|10,000"):
        total(points, {"1": 60, "2": 40})


def test_from_five_judges_up_the_highest_and_the_lowest_are_left_out():
    assert trimmed([1, 2, 3, 4, 100]) == 3
    assert trimmed([1, 2, 3, 100]) == Fraction(106, 4)


def test_half_goes_up():
    assert [half_up(Fraction(n, 2)) for n in (0, 1, 2, 3)] == [0, 1, 1, 2]
    assert half_up(Fraction(1, 3)) == 0
    assert half_up(Fraction(2, 3)) == 1


def test_a_worked_example():
    ranked = rank(
        inputs(
            [
                ("A", "2026-01-01", [(8000, 9000), (7000, 6000), (9000, 9500)]),
                ("B", "2026-01-02", [(8500, 8500), (8500, 8500), (8000, 8000)]),
            ]
        )
    )
    # A: 84, 66, 92 → 80.6667; B: 85, 85, 80 → 83.3333
    assert [(row.key, row.rank, row.printed) for row in ranked] == [
        ("B", 1, 833_333),
        ("A", 2, 806_667),
    ]
    assert ranked[1].totals == (840_000, 660_000, 920_000)


def test_ties_go_to_the_first_criterion_then_to_the_earlier_receipt():
    same = [(5000, 5000)]
    by_criterion = rank(inputs([("A", "1", [(5000, 5000)]), ("B", "2", [(7000, 2000)])]))
    assert [row.key for row in by_criterion] == ["B", "A"]
    assert by_criterion[0].score == by_criterion[1].score
    assert [row.key for row in rank(inputs([("A", "2", same), ("B", "1", same)]))] == ["B", "A"]
    assert [row.key for row in rank(inputs([("B", "1", same), ("A", "1", same)]))] == ["A", "B"]


def test_the_rank_is_decided_on_the_exact_score_not_the_printed_one():
    criteria = [{"key": "1", "name": "a", "weight": 100}]
    ranked = rank(
        inputs(
            [("A", "1", [(1,), (0,), (0,)] * 1), ("B", "2", [(1,), (1,), (0,)])],
            criteria=criteria,
        )
    )
    assert [row.key for row in ranked] == ["B", "A"]


def test_weights_must_sum_to_a_hundred_and_somebody_must_have_judged():
    with pytest.raises(ValueError, match="weights"):
        rank(inputs([("A", "1", [(1,)])], criteria=[{"key": "1", "name": "a", "weight": 99}]))
    with pytest.raises(ValueError, match="nobody"):
        rank(inputs([("A", "1", [])]))


# a busy machine is no fault of the code
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

points = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))
many = st.lists(st.lists(points, min_size=1, max_size=9), min_size=1, max_size=8)


@UNHURRIED
@given(many, st.sampled_from(["mean", "median", "trimmed"]), st.randoms(use_true_random=False))
def test_neither_order_of_proposals_nor_of_judges_matters(sheets, policy, chance: random.Random):
    rows = [(f"{n:02d}", f"{n:02d}", list(mine)) for n, mine in enumerate(sheets)]
    first = rank(inputs(rows, policy))
    shuffled = [(key, at, chance.sample(mine, len(mine))) for key, at, mine in rows]
    chance.shuffle(shuffled)
    second = rank(inputs(shuffled, policy))
    assert [(r.key, r.rank, r.score) for r in first] == [(r.key, r.rank, r.score) for r in second]
    assert [r.rank for r in first] == list(range(1, len(rows) + 1))
    assert all(a.score >= b.score for a, b in itertools.pairwise(first))
    assert all(0 <= r.printed <= 1_000_000 for r in first)


@UNHURRIED
@given(many, st.sampled_from(["mean", "median", "trimmed"]), st.data())
def test_a_better_score_never_costs_a_place(sheets, policy, data):
    rows = [(f"{n:02d}", f"{n:02d}", list(mine)) for n, mine in enumerate(sheets)]
    who = data.draw(st.integers(0, len(rows) - 1))
    judge = data.draw(st.integers(0, len(rows[who][2]) - 1))
    before = {r.key: r.rank for r in rank(inputs(rows, policy))}
    one, two = rows[who][2][judge]
    rows[who][2][judge] = (min(10_000, one + 500), min(10_000, two + 500))
    after = {r.key: r.rank for r in rank(inputs(rows, policy))}
    assert after[rows[who][0]] <= before[rows[who][0]]


@UNHURRIED
@given(st.lists(st.integers(0, 1_000_000), min_size=1, max_size=13))
def test_mean_and_median_agree_with_the_standard_library(values):
    exact = [Fraction(value) for value in values]
    assert mean(values) == statistics.mean(exact)
    assert median(values) == statistics.median(exact)

"""Severity, agreement and stability: against printed examples, and as a doubter would ask."""

from __future__ import annotations

import random
from fractions import Fraction
from math import inf

import pytest

from bidding.evaluation import agreement, leniency
from bidding.evaluation.ranking import lot_of, rank
from bidding.evaluation.reliability import reliability

SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]
"""Shrout and Fleiss (1979), table 2: six targets, four judges."""

KRIPPENDORFF = ["123321412...", "1233224125.3", ".33323422 51.".replace(" ", ""), "12332441251."]
"""Krippendorff (2011), C: four observers, twelve units, values missing."""

ONE = [{"key": "1", "name": "a", "weight": 100}]


def inputs(table, policy="mean", **more):
    """A call whose proposals got these points (of 100; None for no sheet) from judges 1, 2 …"""
    return {
        "policy": policy,
        "criteria": ONE,
        "proposals": [
            {
                "key": key,
                "received_at": key,
                "sheets": [
                    {"judge": judge, "points": {"1": round(value * 100)}}
                    for judge, value in enumerate(row, start=1)
                    if value is not None
                ],
                **more.pop(key, {}),
            }
            for key, row in table.items()
        ],
        **more,
    }


def test_the_six_correlations_are_those_printed_by_shrout_and_fleiss():
    found = agreement.correlations(SHROUT_FLEISS)
    printed = {
        "one_way": 0.17,
        "agreement": 0.29,
        "consistency": 0.71,
        "one_way_mean": 0.44,
        "agreement_mean": 0.62,
        "consistency_mean": 0.91,
    }
    assert {name: round(getattr(found, name), 2) for name in printed} == printed
    assert round(agreement.one_way(SHROUT_FLEISS), 2) == 0.17


def test_alpha_is_as_printed_by_krippendorff_for_every_metric():
    units = [[float(row[unit]) for row in KRIPPENDORFF if row[unit] != "."] for unit in range(12)]
    printed = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
    assert {name: round(agreement.alpha(units, name), 3) for name in printed} == printed
    low, high = agreement.between(units, agreement.alpha, seed="s", draws=200)
    assert low < 0.849 < high <= 1
    assert (low, high) == agreement.between(units, agreement.alpha, seed="s", draws=200)


def test_where_nothing_varies_there_is_nothing_to_tell():
    assert agreement.alpha([[5.0, 5.0], [5.0, 5.0]]) != agreement.alpha([[5.0, 5.0], [5.0, 5.0]])
    assert agreement.one_way([[5.0]]) != agreement.one_way([[5.0]])
    with pytest.raises(ValueError, match="table"):
        agreement.correlations([[1, 2], [1]])
    told = reliability(inputs({"A": [50, 50, 50], "B": [50, 50, 50]}), seed="s")
    assert (told["alpha"]["value"], told["icc"]["one"], told["outliers"]) == (None, None, [])


def test_in_a_complete_table_restricted_likelihood_gives_the_mean_squares():
    """JMS 32.49 and EMS 1.02 are printed: leniency² = (JMS - EMS) / 6, noise² = EMS."""
    values = [(i, j, float(x)) for i, row in enumerate(SHROUT_FLEISS) for j, x in enumerate(row)]
    found = leniency.fit(values, bound=None)
    assert round(found.noise**2, 2) == 1.02
    assert found.leniency**2 == pytest.approx((32.4861 - 1.0194) / 6, abs=1e-3)
    assert found.worths == pytest.approx({i: sum(row) / 4 for i, row in enumerate(SHROUT_FLEISS)})


def test_a_harsh_judges_proposals_are_not_the_losers_of_a_paper_review():
    """Each by two of four judges; judge 4 takes ten points off whatever there is."""
    worth = {"A": 90, "B": 80, "C": 70, "D": 60, "E": 85, "F": 75}
    pairs = {"A": (1, 4), "B": (2, 3), "C": (1, 2), "D": (3, 4), "E": (2, 4), "F": (1, 3)}
    table = {
        key: [
            worth[key] - 10 * (judge == 4) if judge in pairs[key] else None
            for judge in (1, 2, 3, 4)
        ]
        for key in worth
    }
    plain = [row.key for row in rank(inputs(table))]
    fair = [row.key for row in rank(inputs(table, "adjusted"))]
    assert fair == sorted(worth, key=lambda key: -worth[key])
    assert plain != fair
    told = reliability(inputs(table, "adjusted"), seed="s")
    harsh = {row["judge"]: row["stands_out"] for row in told["judges"]}
    assert harsh[4] is True


def test_one_attacker_moves_a_paper_review_little_and_stands_out():
    chance = random.Random(7)
    worth = {f"{n:02d}": chance.gauss(70, 6) for n in range(20)}
    table = {
        key: [value + chance.gauss(0, 2) for _judge in range(5)] for key, value in worth.items()
    }
    best = max(worth, key=worth.__getitem__)
    table[best] = [value + 3 for value in table[best]]
    table[best][0] = 5
    assert rank(inputs(table))[0].key != best
    assert rank(inputs(table, "adjusted"))[0].key == best
    outliers = reliability(inputs(table, "adjusted"), seed="s")["outliers"]
    assert (outliers[0]["proposal"], outliers[0]["judge"]) == (best, 1)


def test_neither_order_nor_a_second_run_changes_a_digit():
    chance = random.Random(3)
    values = [
        (f"{i}", j, chance.uniform(40, 95)) for i in range(12) for j in chance.sample(range(6), 3)
    ]
    first = leniency.fit(values)
    chance.shuffle(values)
    assert leniency.fit(values) == first
    table = {f"{i}": [chance.uniform(40, 95) for _j in range(4)] for i in range(6)}
    assert reliability(inputs(table), seed="s") == reliability(inputs(table), seed="s")


def test_one_judge_each_and_judges_without_a_common_proposal_are_taken_as_they_are():
    alone = leniency.fit([("A", 1, 80.0), ("B", 2, 70.0)])
    assert (alone.worths, alone.ratio) == ({"A": 80.0, "B": 70.0}, inf)
    apart = leniency.fit([("A", 1, 80.0), ("A", 2, 70.0), ("B", 3, 60.0), ("B", 4, 90.0)])
    assert apart.worths == pytest.approx({"A": 75.0, "B": 75.0})
    with pytest.raises(ValueError, match="once"):
        leniency.fit([("A", 1, 80.0), ("A", 1, 70.0)])


def test_a_clear_order_is_sure_and_a_toss_up_is_not():
    clear = reliability(inputs({"A": [90, 91, 92], "B": [70, 71, 72], "C": [50, 51, 52]}), seed="s")
    assert [(row["best"], row["worst"]) for row in clear["places"].values()] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]
    assert clear["left_out"] is True
    close = reliability(inputs({"A": [90, 60, 75], "B": [61, 89, 75], "C": [80, 70, 74]}), seed="s")
    assert all(row["best"] < row["worst"] for row in close["places"].values())
    assert close["places"]["A"]["without_worst"] > close["places"]["A"]["without_best"]


def test_co_funding_adds_in_proportion_and_never_more_than_its_cap():
    money = {
        "A": {"own_fen": 0, "whole_fen": 100},
        "B": {"own_fen": 15, "whole_fen": 100},
        "C": {"own_fen": 90, "whole_fen": 100},
    }
    table = {"A": [80], "B": [79], "C": [78]}
    rule = {"points": 4, "full_percent": 30}
    ranked = rank(inputs(table, bonus=rule, **money))
    assert [(row.key, row.printed, row.bonus) for row in ranked] == [
        ("C", 820_000, Fraction(40_000)),
        ("B", 810_000, Fraction(20_000)),
        ("A", 800_000, Fraction(0)),
    ]


def test_a_lottery_among_equals_is_the_same_for_everybody_who_knows_the_seed():
    table = {key: [80] for key in "ABCDE"}
    drawn = [row.key for row in rank(inputs(table, ties="lottery", seed="public"))]
    assert drawn == sorted("ABCDE", key=lambda key: lot_of("public", key))
    assert drawn != [row.key for row in rank(inputs(table, ties="lottery", seed="another"))]
    table["E"] = [81]
    assert rank(inputs(table, ties="lottery", seed="public"))[0].key == "E"

"""The policies by rank and by equal shares on worked cases, and the checker on random ones."""

import dataclasses
import random
from fractions import Fraction

from marketplace.matching import shares
from marketplace.matching.allocation import (
    PART_FUND,
    RANK,
    RANK_STOP,
    Candidate,
    Envelope,
    Limit,
    Line,
    Plan,
    Problem,
    Promise,
    Refusal,
    plan_as_facts,
    plan_from_facts,
    problem_as_facts,
    problem_from_facts,
    worth,
)
from marketplace.matching.checker import Missed, faults, missed
from marketplace.matching.grounds import Pair, blocking_pairs, why_not
from marketplace.matching.turns import allocate
from tests.marketplace.matching.small import random_problem


def problem(*candidates, seed=100, lots=None, **pockets):
    return Problem(candidates, lots or {1: Envelope(1000, 1000)}, {"seed": seed, **pockets}, "seed")


def test_takes_by_rank_and_skips_what_does_not_fit():
    case = problem(
        Candidate(11, 1, 1, asked=60, least=60),
        Candidate(12, 2, 1, asked=50, least=50),
        Candidate(13, 3, 1, asked=40, least=40),
    )
    plan = allocate(case)
    assert plan.granted() == {11: 60, 13: 40}
    assert plan.refusals == (Refusal(12, "money", have=40, needed=50),)
    assert plan.left == {"seed": 0}
    assert faults(case, plan) == []


def test_promises_pay_first_and_seed_the_rest():
    case = problem(
        Candidate(11, 1, 1, 100, 100, (Promise(7, 3, "b3", 30), Promise(5, 2, "b2", 50))),
        b2=40,
        b3=100,
    )
    plan = allocate(case)
    assert plan.lines == (
        Line(11, "b2", 40, 5, 2),
        Line(11, "b3", 30, 7, 3),
        Line(11, "seed", 30),
    )
    assert plan.left == {"seed": 70, "b2": 0, "b3": 70}


def test_gives_a_part_down_to_the_least_acceptable():
    part = problem(Candidate(11, 1, 1, asked=120, least=100))
    assert allocate(part, PART_FUND).granted() == {11: 100}
    assert allocate(part).refusals == (Refusal(11, "money", have=100, needed=120),)
    less = problem(Candidate(11, 1, 1, asked=120, least=101))
    assert allocate(less, PART_FUND).refusals == (Refusal(11, "money", have=100, needed=101),)


def test_stops_at_the_first_that_does_not_fit():
    case = problem(
        Candidate(11, 1, 1, 60, 60), Candidate(12, 2, 1, 50, 50), Candidate(13, 3, 1, 40, 40)
    )
    plan = allocate(case, RANK_STOP)
    assert plan.granted() == {11: 60}
    assert plan.refusals == (
        Refusal(12, "money", 40, 50),
        Refusal(13, "stopped", 40, 40, other=12),
    )
    assert faults(case, plan, RANK_STOP) == []
    assert faults(case, plan, RANK) != []


def test_groups_exclusions_and_willing_buyers_bind_and_are_named():
    case = dataclasses.replace(
        problem(
            Candidate(11, 1, 1, 30, 30, (Promise(1, 2, "b2", 10),), groups=("district:a",)),
            Candidate(12, 2, 1, 30, 30, (Promise(2, 2, "b2", 10),), groups=("district:a",)),
            Candidate(13, 3, 1, 10, 10, (Promise(3, 2, "b2", 5),)),
            Candidate(14, 4, 1, 10, 10),
            b2=100,
        ),
        limits=(Limit("district:a", ceiling=50), Limit("district:b", floor=5)),
        exclusions=((11, 13),),
        needs_buyer=True,
    )
    plan = allocate(case)
    assert plan.granted() == {11: 30}
    assert plan.refusals == (
        Refusal(12, "limit", 20, 30, group="district:a"),
        Refusal(13, "excluded", 0, 10, other=11),
        Refusal(14, "buyer", 0, 10),
    )
    assert (faults(case, plan, RANK), missed(case, plan)) == ([], [Missed("district:b", 0, 5)])
    assert plan_from_facts(plan_as_facts(plan)) == plan
    assert why_not(case, plan, RANK, 14).possible is False
    assert why_not(case, plan, RANK, 12).price == 20
    assert why_not(case, plan, RANK, 13).overtakes == 11
    both = Plan((*plan.lines, Line(13, "b2", 5, 3, 2), Line(13, "seed", 5)), plan.refusals, {})
    assert any("exclude each other" in fault for fault in faults(case, both))


def test_a_pair_that_would_rather_have_each_other_is_shown():
    # the buyer pays for 12, though it promised as much for 11, which ranks before it
    case = problem(
        Candidate(11, 1, 1, 30, 30, (Promise(1, 2, "b2", 30),)),
        Candidate(12, 2, 1, 30, 30, (Promise(2, 2, "b2", 30),)),
        seed=0,
        b2=30,
    )
    plan = Plan((Line(12, "b2", 30, 2, 2),), (Refusal(11, "money", 0, 30),), {"seed": 0, "b2": 0})
    assert faults(case, plan) == []
    assert blocking_pairs(case, plan) == [Pair(buyer=2, proposal=11, instead=12, moved=30)]
    assert blocking_pairs(case, allocate(case)) == []


def test_equal_shares_gives_a_minority_its_part():
    # two buyers back what ranks first, one backs what ranks last: a third of the seed is its own
    def backed(proposal, rank, *buyers):
        promises = tuple(Promise(proposal * 10 + b, b, f"b{b}", 10) for b in buyers)
        asked = 10 * len(buyers) + 30
        return Candidate(proposal, rank, 1, asked, asked, promises, value=1)

    case = problem(
        backed(11, 1, 1, 2), backed(12, 2, 1, 2), backed(13, 3, 1, 2), backed(14, 4, 3),
        seed=90, b1=30, b2=30, b3=10,
    )  # fmt: skip
    assert sorted(allocate(case).granted()) == [11, 12, 13]
    plan = shares.allocate(case)
    assert sorted(plan.granted()) == [11, 12, 14]
    assert faults(case, plan) == []


def test_equal_shares_prices_a_project_as_the_method_says():
    # Peters and others: those who cannot pay their part pay all they have, the others share
    purses = {1: Fraction(2), 2: Fraction(10), 3: Fraction(10)}
    units = {1: 1, 2: 1, 3: 1}
    assert shares.price(12, units, purses) == 5
    assert shares.price(22, units, purses) == 10
    assert shares.price(23, units, purses) is None
    assert shares.price(0, units, purses) == 0


def test_a_part_counts_for_its_part():
    case = problem(Candidate(11, 1, 1, asked=120, least=100, value=9))
    assert worth(case, allocate(case, PART_FUND)) == Fraction(9 * 100, 120)


def test_nobody_nothing_and_one_fen():
    assert allocate(problem()).lines == ()
    nothing = problem(Candidate(11, 1, 1, 1, 1), seed=0)
    assert allocate(nothing).refusals == (Refusal(11, "money", 0, 1),)
    assert allocate(problem(Candidate(11, 1, 1, 1, 1), seed=1)).granted() == {11: 1}
    assert allocate(problem(Candidate(11, 1, 1, 0, 0))).granted() == {}
    for case in (problem(), nothing):
        assert faults(case, shares.allocate(case)) == []


def test_a_lots_ceiling_binds_and_is_named_with_its_number():
    case = problem(
        Candidate(11, 1, 1, 60, 60),
        Candidate(12, 2, 1, 30, 30),
        Candidate(13, 3, 2, 30, 30),
        lots={1: Envelope(80, 70), 2: Envelope(50, 20)},
        seed=1000,
    )
    plan = allocate(case)
    assert plan.granted() == {11: 60}
    assert plan.refusals == (Refusal(12, "lot", 20, 30), Refusal(13, "ceiling", 20, 30))
    assert faults(case, plan) == []


def test_the_checker_finds_what_is_wrong_with_a_plan():
    case = problem(
        Candidate(11, 1, 1, 60, 60, (Promise(5, 2, "b2", 10),)),
        Candidate(12, 2, 1, 50, 20),
        b2=100,
    )
    good = allocate(case)
    assert faults(case, good) == []
    wrong = {
        "more than promised": dataclasses.replace(
            good, lines=(Line(11, "b2", 60, 5, 2),), refusals=(Refusal(12, "money", 0, 20),)
        ),
        "nobody promised": dataclasses.replace(good, lines=(Line(11, "b2", 60), *good.lines[2:])),
        "pocket emptied": Plan((Line(11, "seed", 60), Line(12, "seed", 50)), (), {"seed": -10}),
        "below the least": Plan((Line(11, "seed", 59),), (Refusal(12, "money", 0, 20),), {}),
        "silently dropped": Plan(good.lines[:2], (), good.left),
        "refused though there was money": Plan(
            (Line(12, "seed", 50),), (Refusal(11, "money", 0, 60),), {"seed": 50, "b2": 100}
        ),
    }
    for name, plan in wrong.items():
        assert faults(case, plan, RANK), name


def test_every_random_plan_passes_the_checker_and_order_never_matters():
    rng = random.Random(20261122)
    for _ in range(400):
        case = random_problem(rng)
        shuffled = list(case.candidates)
        rng.shuffle(shuffled)
        mixed = dataclasses.replace(case, candidates=tuple(shuffled))
        assert problem_as_facts(mixed) == problem_as_facts(case)
        again = problem_from_facts(problem_as_facts(case))
        for policy in (RANK, RANK_STOP, PART_FUND):
            plan = allocate(case, policy)
            assert faults(case, plan, policy) == []
            assert allocate(mixed, policy) == plan == allocate(again, policy)
        plan = shares.allocate(case)
        assert faults(case, plan) == []
        assert shares.allocate(mixed) == plan

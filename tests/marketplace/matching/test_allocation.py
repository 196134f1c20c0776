"""The policy `rank` on worked cases, and its checker on thousands of small random ones."""

import dataclasses
import random

from marketplace.matching.allocation import (
    Candidate,
    Envelope,
    Line,
    Plan,
    Problem,
    Promise,
    Refusal,
    allocate,
    faults,
    problem_as_facts,
    problem_from_facts,
)


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
    whole = problem(Candidate(11, 1, 1, asked=120, least=100))
    assert allocate(whole).granted() == {11: 100}
    less = problem(Candidate(11, 1, 1, asked=120, least=101))
    assert allocate(less).refusals == (Refusal(11, "money", have=100, needed=101),)


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
        assert faults(case, plan), name


def random_problem(rng):
    buyers = [f"b{i}" for i in range(rng.randint(0, 3))]
    lots = {i: Envelope(top := rng.randint(1, 120), rng.randint(1, top)) for i in (1, 2)}
    candidates, pledge = [], 0
    for rank in range(1, rng.randint(1, 7)):
        asked = rng.randint(1, 60)
        promises = []
        for buyer in rng.sample(buyers, rng.randint(0, len(buyers))):
            pledge += 1
            promises.append(Promise(pledge, int(buyer[1:]), buyer, rng.randint(1, 50)))
        candidates.append(
            Candidate(
                100 + rank, rank, rng.choice([1, 2]), asked, rng.randint(1, asked), tuple(promises)
            )
        )
    pockets = {buyer: rng.randint(0, 60) for buyer in buyers}
    return problem(*candidates, lots=lots, seed=rng.randint(0, 150), **pockets)


def test_every_random_plan_passes_the_checker_and_order_never_matters():
    rng = random.Random(20261122)
    for _ in range(3000):
        case = random_problem(rng)
        plan = allocate(case)
        assert faults(case, plan) == []
        shuffled = list(case.candidates)
        rng.shuffle(shuffled)
        mixed = dataclasses.replace(case, candidates=tuple(shuffled))
        assert allocate(mixed) == plan
        assert problem_as_facts(mixed) == problem_as_facts(case)
        assert allocate(problem_from_facts(problem_as_facts(case))) == plan

"""Small random sharings, and the greatest value of each by trying everything."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction

from marketplace.matching.allocation import Candidate, Envelope, Limit, Problem, Promise

GROUPS = ("district:1", "district:2", "organisation:1", "organisation:2")


def random_problem(rng: random.Random) -> Problem:
    """Up to five proposals and two buyers, amounts of a few fen, every kind of constraint."""
    buyers = [f"b{number}" for number in range(rng.randint(0, 2))]
    lots = {lot: Envelope(top := rng.randint(1, 14), rng.randint(1, top)) for lot in (1, 2)}
    pledges = itertools.count(1)
    candidates = []
    for rank in range(1, rng.randint(1, 6)):
        asked = rng.randint(1, 6)
        promises = tuple(
            Promise(next(pledges), int(buyer[1:]), buyer, rng.randint(1, 5))
            for buyer in rng.sample(buyers, rng.randint(0, len(buyers)))
        )
        candidates.append(
            Candidate(
                100 + rank,
                rank,
                rng.choice([1, 2]),
                asked,
                rng.choice([asked, rng.randint(1, asked)]),
                promises,
                value=rng.randint(0, 12),
                groups=tuple(sorted(set(rng.choices(GROUPS, k=2)))),
            )
        )
    limits = tuple(
        Limit(group, rng.choice([0, 0, rng.randint(0, 5)]), rng.choice([None, rng.randint(0, 9)]))
        for group in GROUPS[:3]
        if rng.random() < 0.4
    )
    exclusions: tuple[tuple[int, ...], ...] = ()
    if len(candidates) > 1 and rng.random() < 0.3:
        exclusions = (tuple(one.proposal for one in rng.sample(candidates, 2)),)
    pockets = {"seed": rng.randint(0, 12), **{buyer: rng.randint(0, 6) for buyer in buyers}}
    needs_buyer = rng.random() < 0.2
    return Problem(tuple(candidates), lots, pockets, "seed", limits, exclusions, needs_buyer)


def greatest(problem: Problem) -> Fraction | None:
    """The greatest value of any sharing, by trying every sum for everybody; None: there is none."""
    candidates = problem.by_rank()
    sums = [[0, *range(max(c.least, 1), problem.most(c) + 1)] for c in candidates]
    best = None
    for tried in itertools.product(*sums):
        if _within_ceilings(problem, tried) and _payable(problem, tried):
            pairs = zip(tried, candidates, strict=True)
            value = sum((Fraction(c.value * fen, c.asked) for fen, c in pairs), Fraction(0))
            best = value if best is None else max(best, value)
    return best


def _within_ceilings(problem: Problem, tried: tuple[int, ...]) -> bool:
    got = list(zip(tried, problem.by_rank(), strict=True))
    for lot, envelope in problem.lots.items():
        if sum(fen for fen, c in got if c.lot == lot) > envelope.ceiling:
            return False
    for one in problem.limits:
        total = sum(fen for fen, c in got if one.group in c.groups)
        if total < one.floor or (one.ceiling is not None and total > one.ceiling):
            return False
    funded = {c.proposal for fen, c in got if fen}
    return all(len(funded & set(group)) < 2 for group in problem.exclusions)


def _payable(problem: Problem, tried: tuple[int, ...]) -> bool:
    """Can the pockets pay it? Every cut between them and the sums is wide enough (Gale)."""
    for emptied in _subsets(sorted(problem.pockets)):
        cut = sum(problem.pockets[pocket] for pocket in emptied)
        for fen, candidate in zip(tried, problem.by_rank(), strict=True):
            reach = sum(p.amount for p in candidate.promises if p.pocket not in emptied)
            if problem.seed not in emptied and (candidate.promises or not problem.needs_buyer):
                reach += candidate.asked
            cut += min(fen, reach)
        if cut < sum(tried):
            return False
    return True


def _subsets(names: list[str]) -> Iterator[set[str]]:
    for size in range(len(names) + 1):
        yield from map(set, itertools.combinations(names, size))

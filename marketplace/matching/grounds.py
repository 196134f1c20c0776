"""Why not me? What a refused proposal lacked, and what would have been enough.

Pure. By rank: the place it would have needed, and the sum for which it would have been funded at
its own. By the greatest value: it is forced in and the program solved again; what the plan then
loses is what it lacked, and from it follow the smallest value and the largest price with which it
would have been funded. Blocking pairs: a buyer and a refused proposal that would both rather have
each other than what the plan gives them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from marketplace.matching import turns
from marketplace.matching.allocation import (
    BEST,
    FLOOR,
    PART_FUND,
    RANK,
    RANK_STOP,
    Candidate,
    Line,
    Plan,
    Problem,
    Refusal,
    worth,
)
from marketplace.matching.room import Room

OPEN = 200
"""Up to so many proposals everything is open when one is forced in; above, those around it."""


@dataclass(frozen=True)
class Ground:
    """What a refused proposal lacked.

    `possible` is False where no plan could fund it: `binds` says what stands against it. `lacks`
    is value (exact, or an upper bound unless `exact`); `value` and `price` are what would have
    been enough, all else unchanged; `overtakes` the worst-ranked proposal it would have had to
    stand before.
    """

    proposal: int
    binds: Refusal
    possible: bool = True
    exact: bool = True
    lacks: float | None = None
    value: int | None = None
    price: int | None = None
    overtakes: int | None = None

    def as_facts(self) -> dict[str, Any]:
        """Plain JSON."""
        return asdict(self)


def why_not(problem: Problem, plan: Plan, policy: str, proposal: int) -> Ground:
    """What the refused proposal lacked under this policy."""
    candidate = next(one for one in problem.candidates if one.proposal == proposal)
    refusal = next(one for one in plan.refusals if one.proposal == proposal)
    alone = Room(problem)
    needed = max(candidate.least if policy in (PART_FUND, BEST) else candidate.asked, 1)
    could = sum(line.amount for line in alone.draw(candidate))
    if could < needed:
        return Ground(proposal, alone.refusal(candidate, needed), possible=False)
    if policy in (RANK, RANK_STOP, PART_FUND):
        return _by_turns(problem, policy, candidate, refusal)
    if policy == BEST:
        return _by_value(problem, plan, candidate, refusal)
    return Ground(proposal, refusal)


def _by_turns(problem: Problem, policy: str, candidate: Candidate, refusal: Refusal) -> Ground:
    """The nearest better place at which it would be funded; the largest sum at its own place."""

    def funded(order: list[Candidate], one: Candidate) -> bool:
        return one.proposal in turns.in_turn(problem, order, policy).granted()

    order = problem.by_rank()
    place = order.index(candidate)
    overtakes = None
    for turn in range(place - 1, -1, -1):
        moved = [*order[:turn], candidate, *order[turn:place], *order[place + 1 :]]
        if funded(moved, candidate):
            overtakes = order[turn].proposal
            break
    price = None
    if 0 < refusal.have < candidate.asked:
        cheaper = replace(candidate, asked=refusal.have, least=min(candidate.least, refusal.have))
        if funded([*order[:place], cheaper, *order[place + 1 :]], cheaper):
            price = refusal.have
    return Ground(candidate.proposal, refusal, price=price, overtakes=overtakes)


def _by_value(problem: Problem, plan: Plan, candidate: Candidate, refusal: Refusal) -> Ground:
    """Force it in and solve again."""
    from marketplace.matching.optimum import Budget, Forced  # SciPy: only the solver's process

    who, whole = candidate.proposal, worth(problem, plan)
    exact = len(problem.candidates) <= OPEN
    granted = plan.granted()
    base: dict[int, bool] = {}
    if not exact:
        around = _around(problem, plan, candidate)
        others = (c.proposal for c in problem.candidates if c.proposal not in around)
        base = {other: other in granted for other in others}
    forced = Forced(problem, who, budget=Budget(nodes=20_000, gap=0.0, seconds=20), base=base)
    first = forced.best()
    if first is None:
        binds = replace(refusal, reason=FLOOR) if exact else refusal
        return Ground(who, binds, possible=not exact, exact=exact)
    lacks = max(whole - first[0], Fraction(0))
    value, reached, gets = candidate.value, first[0], first[1]
    for _again in range(6):  # Newton's steps on a convex broken line: they end after a few
        step = (whole - reached) * candidate.asked / gets
        value = _up(value + step)
        said = forced.best(value=value)
        if said is None or said[0] == reached:
            break
        reached, gets = said
        if 0 <= reached - whole < Fraction(gets, candidate.asked):
            break
    return Ground(
        who,
        refusal,
        exact=exact,
        lacks=float(lacks),
        value=max(value, candidate.value),
        price=_price(forced, candidate, whole) if lacks else candidate.asked,
    )


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _price(forced: Any, candidate: Candidate, whole: Fraction) -> int | None:
    """The largest sum (to the hundred yuan, small sums to the yuan) that is worth its place."""
    grain = 100_00 if candidate.asked >= 20_000_00 else 100 if candidate.asked >= 200_00 else 1
    low, high = 0, candidate.asked // grain
    while high - low > 1:
        middle = (low + high) // 2
        asked = middle * grain
        if forced.reaches(whole, asked=asked, least=min(candidate.least, asked)):
            low = middle
        else:
            high = middle
    return low * grain or None


def _around(problem: Problem, plan: Plan, candidate: Candidate) -> set[int]:
    """Those that could make way: beside it in a lot, group or pocket, the least value first."""
    mine = {f"lot {candidate.lot}", *candidate.groups}
    mine |= {promise.pocket for promise in candidate.promises}

    def near(one: Candidate) -> int:
        theirs = {f"lot {one.lot}", *one.groups, *(promise.pocket for promise in one.promises)}
        return -len(mine & theirs)

    granted = plan.granted()
    others = [one for one in problem.candidates if one.proposal in granted]
    others.sort(key=lambda one: (near(one), one.value / max(one.asked, 1), one.proposal))
    return {candidate.proposal, *(one.proposal for one in others[:60])}


# --- pairs that would rather have each other ------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """A buyer and a refused proposal it ranks above what its money goes to: with `moved` fen of
    that money (taken from `instead`) the proposal could be funded."""

    buyer: int
    proposal: int
    instead: int
    moved: int


def blocking_pairs(problem: Problem, plan: Plan) -> list[Pair]:
    """Every buyer and refused proposal that would both rather have each other.

    A buyer would rather have the better-ranked of what it promised for; it may move only its own
    money, up to its promise, away from the one it likes least.
    """
    ranks = {c.proposal: turn for turn, c in enumerate(problem.by_rank())}
    granted = plan.granted()
    paid: dict[int, list[Line]] = {}
    by: dict[int, list[Line]] = {}
    for line in plan.lines:
        by.setdefault(line.proposal, []).append(line)
        if line.buyer is not None:
            paid.setdefault(line.buyer, []).append(line)
    pairs = []
    room = Room(problem, plan.lines)
    for candidate in problem.by_rank():
        if candidate.proposal in granted:
            continue
        for promise in sorted(candidate.promises, key=lambda p: p.pledge):
            worse = [
                line
                for line in paid.get(promise.buyer, ())
                if ranks[line.proposal] > ranks[candidate.proposal]
            ]
            if not worse:
                continue
            least = max(worse, key=lambda line: ranks[line.proposal])
            freed = [line for line in by[least.proposal] if line.buyer == promise.buyer]
            room.take(by[least.proposal], -1)
            could = sum(line.amount for line in room.draw(candidate))
            room.take(by[least.proposal])
            seed = sum(line.amount for line in by[least.proposal]) - sum(x.amount for x in freed)
            if could - seed >= max(candidate.least, 1):
                moved = sum(line.amount for line in freed)
                pairs.append(Pair(promise.buyer, candidate.proposal, least.proposal, moved))
    return pairs

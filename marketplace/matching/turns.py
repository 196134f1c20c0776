"""Sharing the money out in turns, best rank first: `rank`, `rank-stop`, `part-fund`.

Pure. Promises pay first, in the order they were made, and the seed money pays the rest. By `rank`
a proposal gets all it asks for or is skipped, with the reason and the number that was missing, and
the next one is tried; `rank-stop` ends at the first that does not fit; by `part-fund` one that
does not fit gets what there is, if that is not less than the least it accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from marketplace.matching.allocation import (
    PART_FUND,
    RANK,
    RANK_STOP,
    STOPPED,
    Candidate,
    Line,
    Plan,
    Problem,
    Refusal,
)
from marketplace.matching.room import Room


def allocate(problem: Problem, policy: str = RANK) -> Plan:
    """The plan by one of the three policies that go by rank."""
    return in_turn(problem, problem.by_rank(), policy)


def in_turn(problem: Problem, order: Iterable[Candidate], policy: str = RANK) -> Plan:
    """The plan when the candidates have their turns in this order."""
    room = Room(problem)
    lines: list[Line] = []
    refusals: list[Refusal] = []
    stopped: int | None = None
    for candidate in order:
        needed = candidate.least if policy == PART_FUND else candidate.asked
        drawn = room.draw(candidate)
        could = sum(line.amount for line in drawn)
        if stopped is not None:
            refusals.append(Refusal(candidate.proposal, STOPPED, could, needed, other=stopped))
        elif could < max(needed, 1):
            refusals.append(room.refusal(candidate, needed))
            stopped = candidate.proposal if policy == RANK_STOP else None
        else:
            lines += drawn
            room.take(drawn)
    return Plan(tuple(lines), tuple(refusals), dict(room.left))


def density(problem: Problem) -> Callable[[Candidate], tuple[float, int, int]]:
    """The order of those who get most value for the money first."""
    return lambda c: (-(c.value / c.asked) if c.asked else 0.0, c.rank, c.proposal)


def greedy_plans(problem: Problem) -> list[Plan]:
    """The plans a solver begins with: by rank and by value for money, whole and in part."""
    orders = [problem.by_rank(), sorted(problem.candidates, key=density(problem))]
    return [in_turn(problem, order, policy) for order in orders for policy in (RANK, PART_FUND)]


def finished(problem: Problem, lines: Iterable[Line]) -> Plan:
    """A plan out of lines, whoever made them: what still fits is added by rank (topping up those
    that got a part), and each that is refused has its reason, as things stand in the end."""
    room = Room(problem, lines := list(lines))
    kept: dict[int, list[Line]] = {}
    for line in lines:
        kept.setdefault(line.proposal, []).append(line)
    refusals = []
    for candidate in problem.by_rank():
        mine = kept.get(candidate.proposal, [])
        room.take(mine, -1)
        drawn = room.draw(candidate)
        better = sum(line.amount for line in drawn)
        if better >= max(candidate.least, 1) and better > sum(line.amount for line in mine):
            mine = kept[candidate.proposal] = drawn
        room.take(mine)
    for candidate in problem.by_rank():
        if candidate.proposal not in room.funded:
            refusals.append(room.refusal(candidate, candidate.least))
    ordered = [line for c in problem.by_rank() for line in kept.get(c.proposal, [])]
    return Plan(tuple(ordered), tuple(refusals), dict(room.left))

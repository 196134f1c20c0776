"""Equal shares: the seed money divided equally among the buyers, each of whom backs what it
promised for.

Pure, in exact fractions. The Method of Equal Shares (Peters and Skowron 2020; Peters, Pierczyński
and Skowron 2021): every voter holds an equal part of the budget; a project may be bought by its
supporters together, each paying at most ρ for every unit of what the project is worth to it, and
the project with the smallest ρ is bought next, until none can be. Here the voters are the buyers;
what a proposal costs them is what their promises leave open of the sum it asks for. The method
knows no floors. It seldom spends all: what is left is completed by rank.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from marketplace.matching.allocation import Line, Plan, Problem
from marketplace.matching.room import Room
from marketplace.matching.turns import finished


def price(cost: int, worth: Mapping[int, int], purses: Mapping[int, Fraction]) -> Fraction | None:
    """The smallest ρ at which a project's supporters can pay for it; None where they cannot."""
    if not cost:
        return Fraction(0)
    backers = sorted((purses[voter] / worth[voter], voter) for voter in worth)
    if sum(purses[voter] for _most, voter in backers) < cost:
        return None
    open_, units = Fraction(cost), sum(worth[voter] for _most, voter in backers)
    for most, voter in backers:
        if open_ <= most * units:
            return open_ / units
        open_ -= purses[voter]
        units -= worth[voter]
    return None


Ask = Callable[[int], tuple[int, Mapping[int, int]] | None]
"""What a project costs now and what it is worth to each backer; None: it cannot be had any more."""


def equal_shares(projects: Sequence[int], ask: Ask, purses: dict[int, Fraction]) -> Iterator[int]:
    """The projects in the order they are bought; `purses` are emptied on the way.

    Ties go to the project named first. A cost may rise and never falls, purses are only emptied:
    so a price only rises, and what was dearer when it was last asked need not be asked again.
    """
    queue = [(Fraction(0), turn) for turn in range(len(projects))]
    while queue:
        _before, turn = heapq.heappop(queue)
        asked = ask(projects[turn])
        now = price(*asked, purses) if asked else None
        if asked is None or now is None:
            continue
        if queue and (now, turn) > queue[0]:
            heapq.heappush(queue, (now, turn))
            continue
        for voter, units in asked[1].items():
            purses[voter] -= min(purses[voter], now * units)
        yield projects[turn]


def allocate(problem: Problem) -> Plan:
    """The plan by equal shares: bought one by one while every ceiling holds, completed by rank.

    A project is worth to a buyer what it asks for (each yuan counts alike). One that some ceiling
    has no room for any more is left out.
    """
    room = Room(problem)
    backed = {c.proposal: c for c in problem.by_rank() if c.promises and c.asked}
    buyers = sorted({promise.buyer for c in backed.values() for promise in c.promises})
    share = Fraction(problem.pockets[problem.seed], max(len(buyers), 1))

    def ask(proposal: int) -> tuple[int, Mapping[int, int]] | None:
        candidate = backed[proposal]
        drawn = room.draw(candidate)
        if sum(line.amount for line in drawn) < candidate.asked:
            return None
        open_ = sum(line.amount for line in drawn if line.pledge is None)
        return open_, dict.fromkeys((p.buyer for p in candidate.promises), candidate.asked)

    lines: list[Line] = []
    for bought in equal_shares(list(backed), ask, dict.fromkeys(buyers, share)):
        drawn = room.draw(backed[bought])
        lines += drawn
        room.take(drawn)
    return finished(problem, lines)

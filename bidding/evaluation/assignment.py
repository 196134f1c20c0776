"""Who judges what, where many judges share many proposals: a flow of least cost.

Pure and deterministic. Every proposal gets exactly `each` judges, nobody a proposal they are bound
to, loads differ by one at most, and the sum of expertise is the greatest there is under these
(successive shortest paths over the judges; R. K. Ahuja, T. L. Magnanti, J. B. Orlin, “Network
Flows” (1993), chapter 9). Among equal sums a random number for each pair, from the recorded public
seed, decides. Then the worst-served proposal is raised first, as long as an exchange raises it
without pushing another to where it was (the fairness threshold of A. Kobren, B. Saha, A. McCallum,
“Paper Matching with Local Fairness Constraints”, KDD 2019).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from math import inf
from operator import add
from typing import Any, TypeVar

P = TypeVar("P", bound=Hashable)
J = TypeVar("J", bound=Hashable)

CHANCE_BITS = 16
TRIES = 400
"""How often a worst-served proposal is tried to be raised at most."""

DEAREST = 50
"""Raising the worst-served may cost one part in so many of the sum of expertise."""


class Infeasible(Exception):
    """Too few judges: how many judgings nobody can take (at least), which proposals lack judges,
    and who is bound to them."""

    def __init__(self, lacking: int, bound: dict[Any, list[Any]]) -> None:
        super().__init__(f"{lacking} too few judges for {sorted(map(str, bound))}")
        self.lacking, self.bound = lacking, bound


@dataclass(frozen=True)
class Assignment:
    """Proposal → its judges, and what an officer asks about the whole."""

    judges: dict[Any, tuple[Any, ...]]
    load: dict[Any, int]
    total: int
    """The sum of expertise."""
    best_total: int
    """The same before the worst-served were raised: the greatest there is."""
    worst: int
    """The least sum of expertise a proposal gets."""
    worst_before: int


def assign(
    proposals: Iterable[P],
    judges: Iterable[J],
    *,
    each: int,
    value: Mapping[tuple[J, P], int],
    conflicts: Mapping[J, Iterable[P]],
    seed: str,
) -> Assignment:
    """Give every proposal `each` judges. `value` is a judge's expertise for a proposal (whole, 0
    where it says nothing). The order of proposals and judges does not matter. Raises Infeasible.
    """
    rows = _shuffled(proposals, seed)
    columns = _shuffled(judges, seed)
    barred = {judge: set(theirs) for judge, theirs in conflicts.items()}
    _must_have_enough(rows, columns, each, barred)
    worth = [
        [-inf if p in barred.get(j, ()) else value.get((j, p), 0) for j in columns] for p in rows
    ]
    flow = _placed(worth, len(columns), each, seed)
    if full := flow.stuck():
        held = sorted({number for n in full for number in flow.held[n] if number < len(rows)})
        others = [j for n, j in enumerate(columns) if n not in full]
        bound = {rows[i]: [j for j in others if rows[i] in barred.get(j, ())] for i in held}
        lacking = sum(len(flow.held[n]) - flow.most for n in full)
        raise Infeasible(lacking, {p: theirs for p, theirs in bound.items() if theirs})
    fair = _Fair(worth, flow)
    best, before = fair.total(), fair.worst()
    while fair.raise_worst(best // DEAREST - (best - fair.total())):
        pass
    return Assignment(
        judges={
            p: tuple(sorted((columns[n] for n in fair.judges[i]), key=str))
            for i, p in enumerate(rows)
        },
        load={j: len(fair.held[n]) for n, j in enumerate(columns)},
        total=fair.total(),
        best_total=best,
        worst=fair.worst(),
        worst_before=before,
    )


def _shuffled(keys: Iterable[Any], seed: str) -> list[Any]:
    return sorted(
        set(keys), key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).digest(), str(key))
    )


def _must_have_enough(
    rows: Sequence[Any], columns: Sequence[Any], each: int, barred: Mapping[Any, set[Any]]
) -> None:
    bound = {p: [j for j in columns if p in barred.get(j, ())] for p in rows}
    short = {p: each - len(columns) + len(theirs) for p, theirs in bound.items()}
    if lacking := sum(most for most in short.values() if most > 0):
        raise Infeasible(lacking, {p: bound[p] for p, most in short.items() if most > 0})


def _placed(worth: list[list[float]], judges: int, each: int, seed: str) -> _Flow:
    """The flow of least cost over all proposals. Half of them are placed first, before that a
    quarter, and so on: what judges are worth to a half is nearly what they are worth to all."""
    chance = random.Random(seed)
    scale = (len(worth) * each + 1) << CHANCE_BITS
    cost = [[-(v * scale + chance.getrandbits(CHANCE_BITS)) for v in row] for row in worth]
    steps = (len(cost) // max(judges, 1)).bit_length()
    if -min(map(min, cost), default=0) * judges * (steps + 3) < 1 << 53:
        cost = [list(map(float, row)) for row in cost]  # as exact as whole numbers, and quicker
    price: list[float] = [0.0] * judges
    for halved in reversed(range(steps + 1)):
        flow = _Flow(cost[: len(cost) >> halved], judges, each, price)
        while flow.move_on():
            pass
        price = flow.price
    return flow


class _Flow:
    """Proposals by number, judges by number: who holds what, and what moving it costs.

    Everybody begins with the judges that are cheapest at the prices; then what judges hold too
    much of moves along the cheapest chains to those who hold too little. A row of its own, worth
    nothing, takes up what is missing to equal loads, so that everybody ends with the same.
    """

    def __init__(
        self, cost: list[list[float]], judges: int, each: int, price: Sequence[float]
    ) -> None:
        count = len(cost) * each
        self.most = -(-count // judges) if judges else 0
        self.cost = [*cost, [0.0] * judges]
        self.price = list(price)
        self.held: list[set[int]] = [set() for _judge in range(judges)]
        self.judges: list[set[int]] = []
        self.moves: list[list[float]] = [[inf] * judges for _judge in range(judges)]
        needs = [*[each] * len(cost), self.most * judges - count]
        for number, (mine, need) in enumerate(zip(self.cost, needs, strict=True)):
            reduced = list(map(add, mine, self.price))
            cheapest = sorted(range(judges), key=reduced.__getitem__)[:need]
            self.judges.append(set(cheapest))
            for judge in cheapest:
                self.held[judge].add(number)
                self._offer(number, judge)

    def stuck(self) -> set[int]:
        """The judge who holds most, if too much, and all whom what they hold could move to."""
        queue = [self._fullest()]
        found = {judge for judge in queue if len(self.held[judge]) > self.most}
        while found and queue:
            new = {j for j, cost in enumerate(self.moves[queue.pop()]) if cost < inf} - found
            found |= new
            queue += new
        return found

    def _fullest(self) -> int:
        return max(range(len(self.held)), key=lambda judge: len(self.held[judge]))

    def move_on(self) -> bool:
        """Move one judging of who holds most, by the cheapest chain, to a judge with too few;
        False when nobody holds too much or the chain has no end."""
        price, short = self.price, [len(mine) < self.most for mine in self.held]
        start = self._fullest()
        if len(self.held[start]) <= self.most:
            return False
        distance: list[float] = [inf] * len(price)
        distance[start] = 0.0
        came = [-1] * len(price)
        queue = [(0.0, start)]
        seen: set[int] = set()
        end, shortest = -1, inf
        while queue:
            here, judge = heappop(queue)
            if here >= shortest:
                break
            if judge in seen:
                continue
            seen.add(judge)
            base = here - price[judge]
            room = shortest - base
            steps = map(add, self.moves[judge], price)
            for other, step in [(n, step) for n, step in enumerate(steps) if step < room]:
                if base + step < min(distance[other], shortest):
                    distance[other], came[other] = base + step, judge
                    heappush(queue, (base + step, other))
                    if short[other]:
                        end, shortest = other, base + step
        if end < 0:
            return False
        for judge in seen:
            price[judge] += shortest - distance[judge]
        chain = [end]
        while came[chain[-1]] >= 0:
            chain.append(came[chain[-1]])
        for to, out in pairwise(chain):
            self._move(self._cheapest(out, to), out, to)
        return True

    def _cheapest(self, judge: int, to: int) -> int:
        return min(
            (n for n in self.held[judge] if to not in self.judges[n]),
            key=lambda n: (self.cost[n][to] - self.cost[n][judge], n),
        )

    def _least(self, judge: int, to: int) -> float:
        """What it costs at least to move one of the judge's proposals to another judge."""
        cost, judges = self.cost, self.judges
        found = [cost[n][to] - cost[n][judge] for n in self.held[judge] if to not in judges[n]]
        return min(found, default=inf)

    def _offer(self, number: int, judge: int) -> None:
        """The judge could pass this proposal on to everybody who has not got it."""
        mine = self.cost[number]
        base = mine[judge]
        line = [cost - base for cost in mine]
        for other in self.judges[number]:
            line[other] = inf
        self.moves[judge] = list(map(min, self.moves[judge], line))

    def _move(self, number: int, out: int, to: int) -> None:
        mine, others = self.cost[number], self.judges[number]
        gone = [cost - mine[out] for cost in mine]
        self.held[out].discard(number)
        for judge, (least, cost) in enumerate(zip(self.moves[out], gone, strict=True)):
            if least == cost and judge not in others:
                self.moves[out][judge] = self._least(out, judge)
        others.discard(out)
        for other in others:
            row = self.moves[other]
            row[out] = min(row[out], mine[out] - mine[other])
        others.add(to)
        self.held[to].add(number)
        for other in others:
            if other != to:
                self.moves[other][to] = self._least(other, to)
        self._offer(number, to)


class _Fair:
    """What was placed at the least cost, while the worst-served are raised by trades."""

    def __init__(self, worth: list[list[float]], flow: _Flow) -> None:
        self.worth = worth
        self.judges = flow.judges[: len(worth)]
        self.held = [{n for n in mine if n < len(worth)} for mine in flow.held]
        self.served = [
            sum(mine[j] for j in theirs) for mine, theirs in zip(worth, self.judges, strict=True)
        ]
        self.tries = 0

    def total(self) -> int:
        """Everybody's sum of expertise."""
        return int(sum(self.served))

    def worst(self) -> int:
        """The least sum of expertise a proposal gets."""
        return int(min(self.served, default=0))

    def raise_worst(self, most: int) -> bool:
        """Raise one of the worst-served by trading a judge with another proposal, for a loss of
        expertise of `most` at most; False when none can be raised."""
        low = self.worst()
        for number in [n for n, value in enumerate(self.served) if value == low]:
            if self.tries >= TRIES:
                return False
            self.tries += 1
            found = self._trade(number, low + 1)
            if found and found[0] <= most:
                _loss, out, to, other = found
                self._swap(number, out, to)
                self._swap(other, to, out)
                return True
        return False

    def _swap(self, number: int, out: int, to: int) -> None:
        self.judges[number].symmetric_difference_update((out, to))
        self.held[out].discard(number)
        self.held[to].add(number)
        self.served[number] += self.worth[number][to] - self.worth[number][out]

    def _trade(self, number: int, low: int) -> tuple[float, int, int, int] | None:
        """(loss, judge given up, judge got, the other proposal) of the cheapest trade that leaves
        both with at least `low`; who is bound is worth less than nothing, so nobody gets them."""
        mine, best = self.worth[number], None
        for out in sorted(self.judges[number]):
            need = low - self.served[number] + mine[out]
            for to, got in enumerate(mine):
                if to in self.judges[number] or got < need:
                    continue
                gain = got - mine[out]
                for other in self.held[to]:
                    loss = self.worth[other][to] - self.worth[other][out]
                    if out in self.judges[other] or self.served[other] - loss < low:
                        continue
                    trade = (loss - gain, out, to, other)
                    if best is None or trade < best:
                        best = trade
        return best

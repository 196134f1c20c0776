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
from heapq import heapify, heappop, heappush
from itertools import pairwise
from operator import add
from typing import Any, TypeVar

P = TypeVar("P", bound=Hashable)
J = TypeVar("J", bound=Hashable)

FAR = 1 << 90
"""Further than any path."""

CHANCE_BITS = 16
TRIES = 400
"""How often a worst-served proposal is tried to be raised at most."""

DEAREST = 50
"""Raising the worst-served may cost one part in so many of the sum of expertise."""


class Infeasible(Exception):
    """Some proposals lack judges: which, how many, and who is bound to them."""

    def __init__(self, lacking: dict[Any, int], bound: dict[Any, list[Any]]) -> None:
        super().__init__(f"too few judges for {sorted(map(str, lacking))}")
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
        [FAR if p in barred.get(j, ()) else value.get((j, p), 0) for j in columns] for p in rows
    ]
    flow = _Flow(worth, len(columns), each, seed)
    unplaced = flow.place_all()
    if unplaced is not None:
        number, reached = unplaced
        outside = [j for n, j in enumerate(columns) if n not in reached]
        hit = rows[number]
        raise Infeasible({hit: 1}, {hit: [j for j in outside if hit in barred.get(j, ())]})
    best, before = flow.total(), min(flow.served, default=0)
    while flow.raise_worst(best // DEAREST - (best - flow.total())):
        pass
    return Assignment(
        judges={
            p: tuple(sorted((columns[n] for n in flow.judges[i]), key=str))
            for i, p in enumerate(rows)
        },
        load={j: len(flow.held[n]) for n, j in enumerate(columns)},
        total=flow.total(),
        best_total=best,
        worst=min(flow.served, default=0),
        worst_before=before,
    )


def _shuffled(keys: Iterable[Any], seed: str) -> list[Any]:
    return sorted(
        set(keys), key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).digest(), str(key))
    )


def _must_have_enough(
    rows: Sequence[Any], columns: Sequence[Any], each: int, barred: Mapping[Any, set[Any]]
) -> None:
    lacking, bound = {}, {}
    for p in rows:
        theirs = [j for j in columns if p in barred.get(j, ())]
        if len(columns) - len(theirs) < each:
            lacking[p], bound[p] = each - (len(columns) - len(theirs)), theirs
    if lacking:
        raise Infeasible(lacking, bound)


class _Flow:
    """Proposals by number, judges by number; what is placed so far and what moving costs."""

    def __init__(self, worth: list[list[int]], judges: int, each: int, seed: str) -> None:
        chance = random.Random(seed)
        count = len(worth) * each
        scale = (count + 1) << CHANCE_BITS
        self.worth = worth
        self.each = each
        self.size = judges
        self.least, self.most = count // judges, -(-count // judges)
        self.uneven = 4 * scale * (max((v for r in worth for v in r if v < FAR), default=0) + 1)
        self.uneven *= count + 1
        self.tries = 0
        self.served = [0] * len(worth)
        self.cost = [
            [FAR if v >= FAR else -(v * scale + chance.getrandbits(CHANCE_BITS)) for v in row]
            for row in worth
        ]
        self.judges: list[set[int]] = [set() for _row in worth]
        self.held: list[set[int]] = [set() for _judge in range(judges)]
        self.price = [self._sink(j) for j in range(judges)]
        self.moves = [[FAR] * judges for _judge in range(judges)]

    def total(self) -> int:
        """Everybody's sum of expertise."""
        return sum(self.served)

    def _sink(self, judge: int) -> int:
        load = len(self.held[judge])
        return 0 if load < self.least else self.uneven if load < self.most else FAR

    def place_all(self) -> tuple[int, set[int]] | None:
        """Place every unit; the proposal that cannot be placed and the full judges reached."""
        for number in range(len(self.worth)):
            for _unit in range(self.each):
                reached = self._place(number)
                if reached is not None:
                    return number, reached
        return None

    def _least(self, judge: int, to: int) -> int:
        """What it costs at least to move one of the judge's proposals to another judge."""
        cost, judges = self.cost, self.judges
        found = [cost[n][to] - cost[n][judge] for n in self.held[judge] if to not in judges[n]]
        return min(found, default=FAR)

    def _place(self, number: int) -> set[int] | None:
        """One more judge for the proposal, by the cheapest chain of moves; None when done."""
        price, mine = self.price, self.cost[number]
        taken = self.judges[number]
        distance = [
            FAR if j in taken or cost >= FAR else cost + p
            for j, (cost, p) in enumerate(zip(mine, price, strict=True))
        ]
        came: list[int] = [-1] * self.size
        seen: set[int] = set()
        queue = [(here, judge) for judge, here in enumerate(distance) if here < FAR]
        heapify(queue)
        end, shortest = -1, FAR
        while queue:
            here, judge = heappop(queue)
            if here >= shortest:
                break
            if judge in seen:
                continue
            seen.add(judge)
            out = self._sink(judge)
            if out < FAR and here + out - price[judge] < shortest:
                end, shortest = judge, here + out - price[judge]
            base = here - price[judge]
            steps = map(add, self.moves[judge], price)
            for other, (step, far) in enumerate(zip(steps, distance, strict=True)):
                if base + step < far and base + step < shortest:
                    distance[other], came[other] = base + step, judge
                    heappush(queue, (base + step, other))
        if end < 0:
            return seen
        for judge in seen:
            if distance[judge] < shortest:
                price[judge] += shortest - distance[judge]
        self._augment(number, end, came)
        return None

    def _augment(self, number: int, end: int, came: Sequence[int]) -> None:
        chain = [end]
        while came[chain[-1]] >= 0:
            chain.append(came[chain[-1]])
        for to, out in pairwise(chain):
            moved = self._cheapest(out, to)
            self._take(moved, out)
            self._give(moved, to)
        self._give(number, chain[-1])

    def _cheapest(self, judge: int, to: int) -> int:
        return min(
            (n for n in self.held[judge] if to not in self.judges[n]),
            key=lambda n: (self.cost[n][to] - self.cost[n][judge], n),
        )

    def _give(self, number: int, judge: int) -> None:
        mine, others = self.cost[number], self.judges[number]
        base = mine[judge]
        others.add(judge)
        self.held[judge].add(number)
        self.served[number] += self.worth[number][judge]
        line = [cost - base for cost in mine]
        for other in others:
            line[other] = FAR
            if other != judge:
                self.moves[other][judge] = self._least(other, judge)
        self.moves[judge] = list(map(min, self.moves[judge], line))

    def _take(self, number: int, judge: int) -> None:
        mine, others = self.cost[number], self.judges[number]
        base = mine[judge]
        others.discard(judge)
        self.held[judge].discard(number)
        self.served[number] -= self.worth[number][judge]
        for other in others:
            row = self.moves[other]
            row[judge] = min(row[judge], base - mine[other])
        row = self.moves[judge]
        for to, (least, cost) in enumerate(zip(row, mine, strict=True)):
            if least == cost - base and to not in others:
                row[to] = self._least(judge, to)

    def raise_worst(self, most: int) -> bool:
        """Raise one of the worst-served by trading a judge with another proposal, for a loss of
        expertise of `most` at most; False when none can be raised."""
        low = min(self.served, default=0)
        for number in [n for n, value in enumerate(self.served) if value == low]:
            if self.tries >= TRIES:
                return False
            self.tries += 1
            found = self._trade(number, low + 1)
            if found and found[0] <= most:
                _loss, out, to, other = found
                self._take(number, out)
                self._take(other, to)
                self._give(number, to)
                self._give(other, out)
                return True
        return False

    def _trade(self, number: int, low: int) -> tuple[int, int, int, int] | None:
        """(loss, judge given up, judge got, the other proposal) of the cheapest trade that leaves
        both with at least `low`."""
        mine, best = self.worth[number], None
        for out in sorted(self.judges[number]):
            need = low - self.served[number] + mine[out]
            for to in range(self.size):
                if to in self.judges[number] or not need <= mine[to] < FAR:
                    continue
                gain = mine[to] - mine[out]
                for other in self.held[to]:
                    theirs = self.worth[other]
                    if theirs[out] >= FAR or out in self.judges[other]:
                        continue
                    loss = theirs[to] - theirs[out]
                    if self.served[other] - loss < low:
                        continue
                    trade = (loss - gain, out, to, other)
                    if best is None or trade < best:
                        best = trade
        return best

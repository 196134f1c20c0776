"""The policy `best`: the sharing of the greatest declared value, with a proven bound on it.

Pure, single-threaded, the same plan for the same problem. Up to `EXACT` proposals HiGHS solves the
whole mixed-integer program; above, a linear program gives the bound, a program restricted to what
it leaves open gives a first plan, and large neighbourhoods (pockets and groups drawn by a recorded
seed, freed together, all else fixed) better it. Whoever is chosen, the money is shared out anew to
the fen; the best of all that came up, greedy plans and equal shares among them, is taken. Budgets
are counted in nodes and rounds; a clock only ends a search early, and then the result says so.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from marketplace.matching import shares
from marketplace.matching.allocation import (
    Candidate,
    Line,
    Plan,
    Problem,
    in_order,
    worth,
)
from marketplace.matching.checker import Missed, faults, missed
from marketplace.matching.program import CUT_SHORT, INFEASIBLE, Program
from marketplace.matching.room import Room
from marketplace.matching.turns import finished, greedy_plans

EXACT = 1_000
"""Up to so many proposals the whole program is solved at once."""

HAIR = 1e-6
"""What HiGHS rounds by: a smaller gap is none."""

Tell = Callable[[int, str], None]
"""How far (of a hundred), and with what."""


@dataclass(frozen=True)
class Budget:
    """How long to search: nodes of the whole program, rounds of neighbourhoods, the gap at which
    enough is proven, and the clock's last word."""

    nodes: int
    gap: float
    rounds: int = 0
    seconds: float = 60.0


def budget_for(count: int) -> Budget:
    """Small contests to the end; larger ones until one part in a thousand is left unproven."""
    if count <= 200:
        return Budget(nodes=50_000, gap=0.0)
    if count <= EXACT:
        return Budget(nodes=2_000, gap=0.001)
    return Budget(nodes=20, gap=0.001, rounds=200)


@dataclass(frozen=True)
class Found:
    """A plan (None where the floors cannot all be held: then `unreachable` says which), what it
    is worth, the value no plan can exceed, and how it was searched for."""

    plan: Plan | None
    worth: Fraction = Fraction(0)
    bound: float = 0.0
    nodes: int = 0
    cut_short: bool = False
    greedy: Fraction = Fraction(0)
    unreachable: tuple[Missed, ...] = ()

    @property
    def gap(self) -> float:
        """The share of the bound that is not proven to be out of reach."""
        open_ = max(0.0, self.bound - float(self.worth)) / max(self.bound, 1.0)
        return open_ if open_ > HAIR else 0.0


def silent(_share: int, _what: str) -> None:
    """Nobody listens."""


def allocate(
    problem: Problem, *, budget: Budget | None = None, seed: int = 1, tell: Tell = silent
) -> Found:
    """The best plan that could be found, and the bound."""
    problem = in_order(problem)
    budget = budget or budget_for(len(problem.candidates))
    tell(1, "greedy")
    plans = [*greedy_plans(problem), shares.allocate(problem)]
    candidates = [plan for plan in plans if not missed(problem, plan)]
    greedy = max((worth(problem, plan) for plan in candidates), default=Fraction(0))
    tell(5, "program")
    search = _Search(problem, budget, seed, tell)
    whole = len(problem.candidates) <= EXACT
    mine = search.whole({}) if whole else search.neighbourhoods()
    if mine is not None:
        candidates.insert(0, mine)
    if not candidates:
        tell(95, "floors")
        short = search.program.unreachable(nodes=budget.nodes, seconds=budget.seconds)
        return Found(None, nodes=search.nodes, unreachable=tuple(short))
    best = max(candidates, key=lambda plan: worth(problem, plan))  # the first of equal ones
    value = worth(problem, best)
    bound = max(search.bound, float(value))
    return Found(best, value, bound, search.nodes, search.cut_short, greedy)


class Forced:
    """Solving again with one proposal forced in, as often as is asked, with other numbers of it.

    With `base` everything it names stays as it is there (funded or not): what comes out is then a
    bound from below.
    """

    def __init__(
        self, problem: Problem, proposal: int, *, budget: Budget, base: Mapping[int, bool]
    ) -> None:
        self.problem, self.proposal, self.budget, self.base = problem, proposal, budget, base

    def _search(self, **changes: int) -> tuple[_Search, dict[int, int]]:
        changed = [
            replace(one, **changes) if one.proposal == self.proposal else one  # type: ignore[arg-type]  # its numbers
            for one in self.problem.candidates
        ]
        search = _Search(in_order(replace(self.problem, candidates=tuple(changed))), self.budget)
        places = {c.proposal: place for place, c in enumerate(search.program.candidates)}
        fixed = {places[one]: int(kept) for one, kept in self.base.items()}
        return search, fixed | {places[self.proposal]: 1}

    def best(self, **changes: int) -> tuple[Fraction, int] | None:
        """(what the best plan with it is worth, what it gets there); None where there is none."""
        search, fixed = self._search(**changes)
        plan = search.whole(fixed)
        if plan is None:
            return None
        return worth(search.problem, plan), plan.granted()[self.proposal]

    def reaches(self, value: Fraction, **changes: int) -> bool:
        """Is there a plan with it that is worth so much?"""
        search, fixed = self._search(**changes)
        scaled = float(value) * search.program.scale - HAIR
        said = search.program.solve(
            fixed=fixed, nodes=self.budget.nodes, seconds=self.budget.seconds, at_least=scaled
        )
        return said.columns is not None


class _Search:
    """One search: its program, its budget, and what it has proven so far."""

    def __init__(
        self, problem: Problem, budget: Budget, seed: int = 1, tell: Tell = silent
    ) -> None:
        self.problem, self.budget, self.tell = problem, budget, tell
        self.program = Program(problem)
        self.chance = random.Random(seed)
        self.nodes = 0
        self.cut_short = False
        self.bound = float("inf")
        self._ends = time.monotonic() + budget.seconds

    def _left(self) -> float:
        return self._ends - time.monotonic()

    def whole(self, fixed: Mapping[int, int]) -> Plan | None:
        """The whole program at once (but for what is fixed); None where nothing is possible.

        A choice that HiGHS's tolerances let pass, and that cannot be paid to the fen, is
        forbidden, and it is asked again.
        """
        while True:
            said = self.program.solve(
                fixed=fixed, nodes=self.budget.nodes, seconds=self._left(), gap=self.budget.gap
            )
            self.nodes += said.nodes
            self.cut_short |= said.status == CUT_SHORT
            if said.status != INFEASIBLE:
                self._prove(said.bound)
            if said.columns is None:
                return None
            chosen = self.program.chosen(said.columns)
            plan = self._settled(chosen)
            if plan is not None:
                return plan
            if self._left() <= 0:
                self.cut_short = True
                return None
            self.program.forbid(chosen)

    def _prove(self, bound: float) -> None:
        """No plan is worth more (a hair is added for what HiGHS rounds)."""
        self.bound = min(self.bound, (bound + HAIR) / self.program.scale)

    def _settled(self, chosen: list[int]) -> Plan | None:
        """The money of those chosen shared out to the fen, and what then still fits."""
        lines = settle(self.problem, [self.program.candidates[place] for place in chosen])
        if lines is None:
            return None
        plan = finished(self.problem, lines)
        wrong = faults(self.problem, plan) or missed(self.problem, plan)
        return None if wrong else plan

    def neighbourhoods(self) -> Plan | None:
        """The linear program, the restricted one, then neighbourhood after neighbourhood."""
        relaxed = self.program.solve(whole=False, seconds=self._left())
        if relaxed.columns is None:
            self.cut_short = relaxed.status == CUT_SHORT
            return None
        self._prove(relaxed.value)
        doubt = {
            place: min(relaxed.columns[place], 1 - relaxed.columns[place])
            for place in range(self.program.count)
        }
        shaky = sorted(doubt, key=lambda place: (-doubt[place], place))
        open_ = {place for place in shaky if doubt[place] > 1e-6}
        first = self._restricted(relaxed.columns, open_ | set(shaky[: 2 * len(open_) + 50]))
        ladder = [first] if first is not None else []
        for number, free in enumerate(self._neighbourhoods(open_), start=1):
            if not ladder or self._gap(ladder[-1][0]) <= self.budget.gap:
                break
            share = 20 + 75 * number // max(self.budget.rounds, 1)
            self.tell(share, f"gap {self._gap(ladder[-1][0]):.3%}")
            if self._left() <= 0:
                self.cut_short = True
                break
            better = self._restricted(ladder[-1][1], free)
            if better is not None and better[0] > ladder[-1][0] + 1e-6:
                ladder.append(better)
        settled = (self._settled(self.program.chosen(columns)) for _, columns in reversed(ladder))
        return next((plan for plan in settled if plan is not None), None)

    def _gap(self, value: float) -> float:
        top = self.bound * self.program.scale
        return 1 - value / top if top > 0 else 0.0

    def _restricted(self, columns: Any, free: set[int]) -> tuple[float, Any] | None:
        """The program in which only `free` is open; more is opened where that is impossible."""
        fixed = {
            place: int(columns[place] > 0.5)
            for place in range(self.program.count)
            if place not in free
        }
        said = self.program.solve(
            fixed=fixed,
            nodes=self.budget.nodes,
            seconds=min(self._left(), self.budget.seconds / 6),
            gap=self.budget.gap / 10,
        )
        self.nodes += said.nodes
        return None if said.columns is None else (said.value, said.columns)

    def _neighbourhoods(self, open_: set[int]) -> Iterator[set[int]]:
        """Sets of places to free: what the linear program doubted with others drawn at random, or
        all around a few pockets and groups."""
        around: dict[str, list[int]] = {}
        for place, candidate in enumerate(self.program.candidates):
            for promise in candidate.promises:
                around.setdefault(f"pocket:{promise.pocket}", []).append(place)
            for group in candidate.groups:
                around.setdefault(group, []).append(place)
        names = sorted(around)
        size = 100
        for number in range(self.budget.rounds):
            free: set[int] = set()
            if number % 2 and names:
                while len(free) < size // 2 and len(free) < self.program.count // 2:
                    crowd = around[self.chance.choice(names)]
                    free.update(self.chance.sample(crowd, min(len(crowd), size // 4)))
            else:
                doubted = sorted(open_)
                free.update(self.chance.sample(doubted, min(len(doubted), size // 2)))
            free.update(
                self.chance.sample(range(self.program.count), min(size // 2, self.program.count))
            )
            yield free


def settle(problem: Problem, chosen: list[Candidate]) -> list[Line] | None:
    """The money for those chosen, to the fen; None where it cannot be shared out among them.

    Without further choice this is a linear program; its corners are whole fen where it is a flow
    from pockets through proposals into lots. Limits across lots may break that: then whole fen
    are asked for.
    """
    kept = {candidate.proposal for candidate in chosen}
    if any(len(kept & set(group)) > 1 for group in problem.exclusions):
        return None
    small = replace(problem, candidates=tuple(chosen), exclusions=())
    program = Program(small, unit=1.0)
    every = dict.fromkeys(range(program.count), 1)
    for units in (False, True):
        said = program.solve(whole=False, units=units, fixed=every, nodes=1_000, seconds=10)
        if said.columns is None:
            return None
        lines = _mended(small, program.lines(said.columns))
        if lines is not None:
            return lines
    return None


def _mended(problem: Problem, lines: list[Line]) -> list[Line] | None:
    """The lines when they hold to the fen; promises are used before the seed where that does."""
    plan = Plan(tuple(lines), (), {})
    granted = plan.granted()
    room = Room(problem)
    drawn: list[Line] = []
    for candidate in problem.by_rank():
        mine = room.draw(candidate, granted.get(candidate.proposal, 0))
        room.take(mine)
        drawn += mine
    for tried in (drawn, lines):
        if Plan(tuple(tried), (), {}).granted() != granted:
            continue
        left = Room(problem, tried).left
        whole = Plan(tuple(tried), (), left)
        if not faults(problem, whole) and not missed(problem, whole):
            return tried
    return None

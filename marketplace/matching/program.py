"""A sharing as a mixed-integer program for HiGHS: who is funded (0 or 1), how much from whom.

Pure; SciPy is loaded where it is used, because only the solver's own process needs it. Money is
counted in yuan and value so that the dearest proposal counts 100: HiGHS's tolerances are absolute.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from marketplace.matching.allocation import Candidate, Line, Problem
from marketplace.matching.checker import Missed

YUAN = 100.0
OPTIMAL, CUT_SHORT, INFEASIBLE = 0, 1, 2
"""What SciPy's `milp` calls them."""


@dataclass(frozen=True)
class Deal:
    """A pocket that would pay up to `most` fen for the candidate in this place of the order."""

    place: int
    pocket: str
    most: int
    pledge: int | None
    buyer: int | None


@dataclass(frozen=True)
class Answer:
    """What HiGHS said: the columns (None where it found nothing), value, bound, nodes."""

    status: int
    columns: Any
    value: float
    bound: float
    nodes: int


class Program:
    """Columns: a 0/1 for each candidate, then the money (in units) of each deal."""

    def __init__(self, problem: Problem, unit: float = YUAN) -> None:
        """The program of a problem whose parts are in order, counted in so many fen."""
        self.problem = problem
        self.unit = unit
        self.candidates = problem.by_rank()
        self.deals = list(_deals(problem, self.candidates))
        self.count = len(self.candidates)
        top = max((c.value for c in self.candidates), default=0)
        self.scale = 100.0 / top if top else 1.0
        self.of: list[list[int]] = [[] for _ in self.candidates]
        for number, deal in enumerate(self.deals):
            self.of[deal.place].append(self.count + number)
        self._rows: list[list[tuple[int, float]]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self.gain = np.zeros(self.count + len(self.deals))
        self._matrix: Any = None
        self._say_candidates()
        self._say_pockets_and_groups()
        self._say_exclusions()
        self.top = np.concatenate(
            [np.ones(self.count), np.array([deal.most / self.unit for deal in self.deals])]
        )

    def _row(self, terms: list[tuple[int, float]], low: float, high: float) -> None:
        self._rows.append(terms)
        self._low.append(low)
        self._high.append(high)

    def _say_candidates(self) -> None:
        """Between its least and its most, if funded; no promise pays for what is not funded."""
        for place, candidate in enumerate(self.candidates):
            mine = [(column, 1.0) for column in self.of[place]]
            most = self.problem.most(candidate)
            least = max(candidate.least, 1)
            if least > most or not mine:
                self._row([(place, 1.0)], 0, 0)
                continue
            if least == most:
                self._row([*mine, (place, -most / self.unit)], 0, 0)
                self.gain[place] = candidate.value * most / candidate.asked * self.scale
            else:
                self._row([*mine, (place, -most / self.unit)], -np.inf, 0)
                self._row([*mine, (place, -least / self.unit)], 0, np.inf)
                for column in self.of[place]:
                    self.gain[column] = candidate.value * self.scale / (candidate.asked / self.unit)
            for column in self.of[place]:
                cap = self.deals[column - self.count].most
                if cap < most:
                    self._row([(column, 1.0), (place, -cap / self.unit)], -np.inf, 0)

    def _say_pockets_and_groups(self) -> None:
        """No pocket gives more than it holds; lots and groups keep their ceilings and floors."""
        of: dict[tuple[str, Any], list[tuple[int, float]]] = {}
        for number, deal in enumerate(self.deals):
            candidate = self.candidates[deal.place]
            term = (self.count + number, 1.0)
            of.setdefault(("pocket", deal.pocket), []).append(term)
            of.setdefault(("lot", candidate.lot), []).append(term)
            for group in set(candidate.groups):
                of.setdefault(("group", group), []).append(term)
        for pocket, holds in sorted(self.problem.pockets.items()):
            self._row(of.get(("pocket", pocket), []), -np.inf, holds / self.unit)
        for lot, envelope in sorted(self.problem.lots.items()):
            self._row(of.get(("lot", lot), []), -np.inf, envelope.ceiling / self.unit)
        self.floors: list[tuple[int, str, int]] = []
        for one in self.problem.limits:
            mine = of.get(("group", one.group), [])
            if one.ceiling is not None:
                self._row(mine, -np.inf, one.ceiling / self.unit)
            if one.floor > 0:
                self.floors.append((len(self._rows), one.group, one.floor))
                self._row(mine, one.floor / self.unit, np.inf)

    def _say_exclusions(self) -> None:
        """Of those that exclude each other at most one."""
        places = {c.proposal: place for place, c in enumerate(self.candidates)}
        for group in self.problem.exclusions:
            self._row([(places[one], 1.0) for one in sorted(set(group)) if one in places], 0, 1)

    def forbid(self, chosen: Collection[int]) -> None:
        """This very choice of places is none: its money cannot be shared out to the fen."""
        self._matrix = None
        terms = [(place, 1.0 if place in chosen else -1.0) for place in range(self.count)]
        self._row(terms, -np.inf, len(chosen) - 1)

    def solve(
        self,
        *,
        whole: bool = True,
        units: bool = False,
        fixed: Mapping[int, int] | None = None,
        nodes: int | None = None,
        seconds: float | None = None,
        gap: float = 0.0,
        at_least: float | None = None,
    ) -> Answer:
        """Ask HiGHS; `fixed` places are as said, and without `whole` anybody may be funded by a
        fraction; with `units` only whole units of money are given. With
        `at_least` any answer of that value does."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # 70 MB only the solver needs

        low, high = np.zeros(len(self.top)), self.top.copy()
        kinds = np.zeros(len(self.top))
        kinds[: self.count] = 1 if whole else 0
        kinds[self.count :] = 1 if units else 0
        for place, kept in (fixed or {}).items():
            low[place] = high[place] = kept
            kinds[place] = 0
        rows = [LinearConstraint(self.matrix(), np.array(self._low), np.array(self._high))]
        goal = -self.gain
        if at_least is not None:
            rows.append(LinearConstraint(self.gain.reshape(1, -1), at_least, np.inf))
            goal = np.zeros(len(self.top))
        options: dict[str, Any] = {"mip_rel_gap": gap}
        if nodes is not None:
            options["node_limit"] = nodes
        if seconds is not None:
            options["time_limit"] = max(seconds, 0.1)
        if not len(self.top):
            nothing = None if self.floors else np.zeros(0)
            return Answer(INFEASIBLE if self.floors else OPTIMAL, nothing, 0.0, 0.0, 0)
        said = milp(
            goal,
            integrality=kinds,
            bounds=Bounds(low, high),
            constraints=rows,
            options=options,
        )
        value = float("-inf") if said.x is None else -float(said.fun)
        bound = -float(said.mip_dual_bound) if said.get("mip_dual_bound") is not None else value
        return Answer(said.status, said.x, value, bound, int(said.get("mip_node_count") or 0))

    def matrix(self) -> Any:
        """The rows' coefficients; most of them are nothing."""
        from scipy.sparse import csr_array  # as above

        if self._matrix is None:
            rows = [row for row, terms in enumerate(self._rows) for _term in terms]
            columns = [column for terms in self._rows for column, _value in terms]
            values = [value for terms in self._rows for _column, value in terms]
            shape = (len(self._rows), len(self.top))
            self._matrix = csr_array((values, (rows, columns)), shape=shape)
        return self._matrix

    def unreachable(self, *, nodes: int, seconds: float) -> list[Missed]:
        """Which floors cannot all be held: those given up when as little as may be is given up.

        A floor that alone is out of reach is told with the most its group could get.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp  # as above
        from scipy.sparse import csr_array, hstack  # as above

        if not self.floors:
            return []
        slack = csr_array(
            (
                np.ones(len(self.floors)),
                ([row for row, _g, _f in self.floors], range(len(self.floors))),
            ),
            shape=(len(self._rows), len(self.floors)),
        )
        high = np.concatenate([self.top, np.full(len(self.floors), np.inf)])
        kinds = np.concatenate([np.ones(self.count), np.zeros(len(high) - self.count)])
        cost = np.concatenate([np.zeros(len(self.top)), np.ones(len(self.floors))])
        matrix = hstack([self.matrix(), slack]).tocsr()
        rows = LinearConstraint(matrix, np.array(self._low), np.array(self._high))
        said = milp(
            cost,
            integrality=kinds,
            bounds=Bounds(0, high),
            constraints=rows,
            options={"node_limit": nodes, "time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if said.x is None:
            return [Missed(group, 0, floor) for _row, group, floor in self.floors]
        found = []
        for number, (_row, group, floor) in enumerate(self.floors):
            short = round(float(said.x[len(self.top) + number]) * self.unit)
            if short > 0:
                found.append(Missed(group, floor - short, floor))
        return found

    def chosen(self, columns: Any) -> list[int]:
        """The places that are funded."""
        return [place for place in range(self.count) if columns[place] > 0.5]

    def lines(self, columns: Any) -> list[Line]:
        """The deals in whole fen."""
        found = []
        for number, deal in enumerate(self.deals):
            fen = round(float(columns[self.count + number]) * self.unit)
            if fen > 0:
                who = self.candidates[deal.place].proposal
                found.append(Line(who, deal.pocket, fen, deal.pledge, deal.buyer))
        return found


def _deals(problem: Problem, candidates: list[Candidate]) -> Iterable[Deal]:
    """Every promise, and the seed money where it may go."""
    for place, candidate in enumerate(candidates):
        most = problem.most(candidate)
        for promise in candidate.promises:
            cap = min(promise.amount, most)
            if cap > 0:
                yield Deal(place, promise.pocket, cap, promise.pledge, promise.buyer)
        if most > 0 and (candidate.promises or not problem.needs_buyer):
            yield Deal(place, problem.seed, most, None, None)

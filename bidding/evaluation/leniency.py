"""How harsh or mild each judge is, and what the proposals are worth by everybody's measure.

Pure, and the same to the last digit on every machine: only the four operations, square roots and
correctly rounded sums. The model is additive: a judge's total for a proposal is the proposal's
worth, plus the judge's leniency, plus noise. Worths are fixed (nobody is pulled to the average for
having had fewer judges), leniencies are random and so shrink towards none where a judge gave
little to go by; their variance is found by restricted maximum likelihood (REML; H. D. Patterson,
R. Thompson, Biometrika 58 (1971); S. R. Searle, G. Casella, C. E. McCulloch, “Variance
Components” (1992), chapter 6). Residuals beyond `BOUND` robust standard deviations are drawn in
to that bound and the model fitted again until nothing moves (winsorised pseudo-values; P. J.
Huber, “Robust Statistics” (1981), section 7.8), so that one attacker does not carry a proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, inf, sqrt
from operator import mul
from statistics import median
from typing import Any

BOUND = 1.5
"""Residuals are drawn in to so many robust standard deviations."""

ROUNDS = 50
"""Fits at most; few panels need half of them."""

STILL = 1e-6
"""Points: when no worth moves further than this, the fit stands."""

MAD = 1.482602218505602
"""What makes the median of absolute residuals a standard deviation, where noise is normal."""

Z_95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""

Value = tuple[Any, Any, float]
"""A proposal's key, a judge's key, the total the judge gave."""


@dataclass(frozen=True)
class Residual:
    """What one total departs by from what proposal and judge explain; `standing` in robust
    standard deviations."""

    proposal: Any
    judge: Any
    value: float
    residual: float
    standing: float


@dataclass(frozen=True)
class Fit:
    """The model fitted to a panel's totals."""

    worths: dict[Any, float]
    offsets: dict[Any, float]
    errors: dict[Any, float]
    """Each judge's standard error."""
    noise: float
    """Standard deviation of what neither proposal nor judge explains."""
    leniency: float
    """Standard deviation of the judges' leniency."""
    ratio: float
    """noise² over leniency²: how much offsets shrink; infinite where no judge stands out."""
    residuals: tuple[Residual, ...]

    def interval(self, judge: Any) -> tuple[float, float]:
        """The 95 % interval of a judge's offset."""
        half = Z_95 * self.errors[judge]
        return self.offsets[judge] - half, self.offsets[judge] + half


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return fsum(map(mul, one, other))


class Design:
    """Who judged what: everything about a fit that does not depend on the totals."""

    def __init__(self, pairs: Sequence[tuple[Any, Any]]) -> None:
        if len(set(pairs)) < len(pairs):
            raise ValueError("a judge judges a proposal once")
        self.proposals = sorted({proposal for proposal, _judge in pairs})
        self.judges = sorted({judge for _proposal, judge in pairs})
        place = {key: number for number, key in enumerate(self.proposals)}
        seat = {key: number for number, key in enumerate(self.judges)}
        self.rows = [(place[proposal], seat[judge]) for proposal, judge in pairs]
        self.of_proposal: list[list[int]] = [[] for _one in self.proposals]
        self.of_judge: list[list[int]] = [[] for _one in self.judges]
        for number, (i, j) in enumerate(self.rows):
            self.of_proposal[i].append(number)
            self.of_judge[j].append(number)
        self.freedom = len(pairs) - len(self.proposals)
        self._matrix = _Tridiagonal(self._crossed())

    def _crossed(self) -> list[list[float]]:
        """Judges × judges: what each pair's totals say about each other once worths are free."""
        size = len(self.judges)
        table = [[0.0] * size for _row in range(size)]
        for rows in self.of_proposal:
            share = 1 / len(rows)
            seats = [self.rows[number][1] for number in rows]
            for a in seats:
                table[a][a] += 1
                for b in seats:
                    table[a][b] -= share
        return table

    def means(self, values: Sequence[float]) -> list[float]:
        """Each proposal's plain mean."""
        return [fsum(values[n] for n in rows) / len(rows) for rows in self.of_proposal]

    def solve(self, values: Sequence[float], ratio: float) -> tuple[list[float], list[float]]:
        """(worths, offsets) for a known `ratio` of noise² to leniency²."""
        means = self.means(values)
        if ratio == inf:
            return means, [0.0] * len(self.judges)
        centred = [value - means[i] for value, (i, _j) in zip(values, self.rows, strict=True)]
        sums = [fsum(centred[n] for n in rows) for rows in self.of_judge]
        offsets = self._matrix.solve(sums, ratio)
        worths = [
            fsum(values[n] - offsets[self.rows[n][1]] for n in rows) / len(rows)
            for rows in self.of_proposal
        ]
        return worths, offsets

    def likeliest(self, values: Sequence[float]) -> tuple[float, float]:
        """(ratio, noise²) by restricted maximum likelihood."""
        means = self.means(values)
        centred = [value - means[i] for value, (i, _j) in zip(values, self.rows, strict=True)]
        whole = _dot(centred, centred)
        if self.freedom <= 0 or whole <= 0:
            return inf, 0.0
        turned = self._matrix.turn([fsum(centred[n] for n in rows) for rows in self.of_judge])
        size = len(self.judges)

        def slope(ratio: float) -> tuple[float, float]:
            """How -2 log-likelihood climbs at the ratio, and the residual sum of squares."""
            offsets = self._matrix.solve_turned(turned, ratio)
            left = max(whole - _dot(turned, offsets), whole * 1e-12)
            spent = size - ratio * fsum(self._matrix.inverse_diagonal(ratio))
            return self.freedom * ratio * _dot(offsets, offsets) / left - spent, left

        low, high = None, 2.0**-14
        while slope(high)[0] < 0:
            low, high = high, high * 2
            if high > 2.0**20:
                return inf, whole / self.freedom
        low = high / 2 if low is None else low
        for _step in range(60):
            middle = (low + high) / 2
            if slope(middle)[0] < 0:
                low = middle
            else:
                high = middle
        return high, slope(high)[1] / self.freedom

    def errors(self, ratio: float, noise: float) -> list[float]:
        """Each offset's standard error."""
        if ratio == inf:
            return [0.0] * len(self.judges)
        return [noise * sqrt(max(value, 0.0)) for value in self._matrix.diagonal(ratio)]


class _Tridiagonal:
    """A symmetric matrix turned into three diagonals once (Householder), so that adding any
    number to its diagonal and solving costs next to nothing."""

    def __init__(self, matrix: list[list[float]]) -> None:
        self.size = len(matrix)
        self.mirrors: list[tuple[int, list[float]]] = []
        self.main: list[float] = []
        self.side: list[float] = []
        rest = matrix
        for step in range(self.size):
            self.main.append(rest[0][0])
            if len(rest) == 1:
                break
            column = [row[0] for row in rest[1:]]
            rest = [row[1:] for row in rest[1:]]
            length = sqrt(_dot(column, column))
            if length == 0 or len(rest) == 1:
                self.side.append(column[0] if length else 0.0)
                continue
            goal = -length if column[0] > 0 else length
            column[0] -= goal
            norm = sqrt(_dot(column, column))
            mirror = [value / norm for value in column]
            product = [_dot(row, mirror) for row in rest]
            along = _dot(mirror, product)
            twist = [p - along * v for p, v in zip(product, mirror, strict=True)]
            for row, v, w in zip(rest, mirror, twist, strict=True):
                row[:] = [
                    x - 2 * (v * b + w * a) for x, a, b in zip(row, mirror, twist, strict=True)
                ]
            self.mirrors.append((step + 1, mirror))
            self.side.append(goal)

    def turn(self, vector: Sequence[float]) -> list[float]:
        """The vector in the turned base."""
        turned = list(vector)
        for start, mirror in self.mirrors:
            twice = 2 * _dot(turned[start:], mirror)
            turned[start:] = [x - twice * v for x, v in zip(turned[start:], mirror, strict=True)]
        return turned

    def turn_back(self, vector: Sequence[float]) -> list[float]:
        """A turned vector in the first base again."""
        turned = list(vector)
        for start, mirror in reversed(self.mirrors):
            twice = 2 * _dot(turned[start:], mirror)
            turned[start:] = [x - twice * v for x, v in zip(turned[start:], mirror, strict=True)]
        return turned

    def _pivots(self, more: float) -> list[float]:
        pivots = [self.main[0] + more]
        for d, e in zip(self.main[1:], self.side, strict=True):
            pivots.append(d + more - e * e / pivots[-1])
        return pivots

    def solve_turned(self, vector: Sequence[float], more: float) -> list[float]:
        """Solve with `more` on the diagonal, in the turned base."""
        pivots, found = self._pivots(more), list(vector)
        for n in range(1, self.size):
            found[n] -= self.side[n - 1] / pivots[n - 1] * found[n - 1]
        for n in reversed(range(self.size)):
            after = self.side[n] * found[n + 1] if n + 1 < self.size else 0.0
            found[n] = (found[n] - after) / pivots[n]
        return found

    def solve(self, vector: Sequence[float], more: float) -> list[float]:
        """Solve with `more` on the diagonal."""
        return self.turn_back(self.solve_turned(self.turn(vector), more))

    def inverse_diagonal(self, more: float) -> list[float]:
        """The diagonal of the inverse in the turned base; its sum is the trace in any base."""
        down = self._pivots(more)
        up = [self.main[-1] + more]
        for d, e in zip(reversed(self.main[:-1]), reversed(self.side), strict=True):
            up.append(d + more - e * e / up[-1])
        up.reverse()
        return [1 / (a + b - (d + more)) for a, b, d in zip(down, up, self.main, strict=True)]

    def diagonal(self, more: float) -> list[float]:
        """The diagonal of the inverse in the first base."""
        found = []
        for n in range(self.size):
            unit = [0.0] * self.size
            unit[n] = 1.0
            turned = self.turn(unit)
            found.append(_dot(turned, self.solve_turned(turned, more)))
        return found


def fit(values: Sequence[Value], *, bound: float | None = BOUND) -> Fit:
    """Worths, offsets and residuals of a panel's totals; the order of `values` does not matter.

    `bound=None` leaves residuals as they are: plain REML.
    """
    ordered = sorted(values, key=lambda row: row[:2])
    design = Design([row[:2] for row in ordered])
    given = [float(row[2]) for row in ordered]
    drawn_in, worths, spread = given, design.means(given), 0.0
    for _round in range(ROUNDS):
        ratio, noise2 = design.likeliest(drawn_in)
        before = worths
        worths, offsets = design.solve(drawn_in, ratio)
        expected = [worths[i] + offsets[j] for i, j in design.rows]
        apart = [value - mid for value, mid in zip(given, expected, strict=True)]
        spread = _spread(apart, design)
        if bound is None or spread == 0:
            break
        most = bound * spread
        drawn_in = [
            mid + max(-most, min(most, residual))
            for mid, residual in zip(expected, apart, strict=True)
        ]
        if _round and max(map(abs, map(float.__sub__, worths, before))) < STILL:
            break
    noise = sqrt(max(noise2, 0.0))
    return Fit(
        worths=dict(zip(design.proposals, worths, strict=True)),
        offsets=dict(zip(design.judges, offsets, strict=True)),
        errors=dict(zip(design.judges, design.errors(ratio, noise), strict=True)),
        noise=noise,
        leniency=0.0 if ratio == inf else noise / sqrt(ratio),
        ratio=ratio,
        residuals=tuple(
            Residual(row[0], row[1], row[2], left, left / spread if spread else 0.0)
            for row, left in zip(ordered, apart, strict=True)
        ),
    )


def _spread(apart: Sequence[float], design: Design) -> float:
    """The residuals' robust standard deviation, freed of what the fit took up."""
    freedom = design.freedom - len(design.judges) + 1
    if freedom <= 0:
        return 0.0
    return MAD * median(map(abs, apart)) * sqrt(len(apart) / freedom)

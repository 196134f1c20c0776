"""Weighted shares, means and totals, and how sure they are.

Pure. Variances are linearised (Taylor), for sheets drawn with replacement: every estimate is
written as a sum of one number z a sheet, and the variance of that sum is estimated from the
sheets. Where weights were raked, z is first freed of what the margins explain (the residuals of
its regression on the margins' levels): the totals are known, so that part does not vary. Sources:
C.-E. Särndal, B. Swensson, J. Wretman, “Model Assisted Survey Sampling” (1992), chapters 5 and 6;
J.-C. Deville, C.-E. Särndal, O. Sautory, “Generalized raking procedures in survey sampling”,
JASA 88 (1993); L. Kish, “Survey Sampling” (1965), on the effective n.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bidding.sampling.raking import Levels

Z_95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""

Sums = Mapping[int, tuple[float, float, float]]
"""{cell: (people who answered, the sum of their values, the sum of their squares)}."""


Pair = tuple[int, tuple[float | None, float | None], int]
"""(cell, what was said to each of two questions or None, how many sheets said so)."""


@dataclass(frozen=True)
class Estimate:
    """A weighted figure of `n` people: its value, its standard error, its effective n.

    `effective` is the number of people of a simple random sample that would be as sure: n over
    the design effect where one can be computed, else Kish's; never more than n.
    """

    n: int
    value: float
    error: float
    effective: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of a mean or a total."""
        return self.value - Z_95 * self.error, self.value + Z_95 * self.error


class Sample:
    """Cells of sheets that agree in every margin: their levels, how many, their weight."""

    def __init__(
        self, cells: Sequence[Levels], counts: Sequence[int], weights: Sequence[float]
    ) -> None:
        self.cells, self.counts, self.weights = cells, counts, weights
        self.n = sum(counts)
        self.whole = sum(n * w for n, w in zip(counts, weights, strict=True))
        self._columns = _columns_of(cells)
        self._active = [
            [0, *(self._columns[m, level] for m, level in enumerate(cell) if level)]
            for cell in cells
        ]
        self._factor = _cholesky(self._crossed()) if self._columns else []

    def _crossed(self) -> list[list[float]]:
        size = len(self._columns) + 1
        table = [[0.0] * size for _row in range(size)]
        for active, n in zip(self._active, self.counts, strict=True):
            for a in active:
                for b in active:
                    table[a][b] += n
        return table

    def variance(self, sums: Mapping[int, tuple[float, float]]) -> float:
        """The variance of Σ w·z, given {cell: (Σ z, Σ z²)}; other cells' z are 0."""
        if self.n < 2:
            return math.inf
        fitted = self._fitted(sums)
        spread, middle = 0.0, 0.0
        for cell, (n, w) in enumerate(zip(self.counts, self.weights, strict=True)):
            z, zz = sums.get(cell, (0.0, 0.0))
            f = fitted[cell]
            spread += w * w * (zz - 2 * f * z + n * f * f)
            middle += w * (z - n * f)
        return max(0.0, self.n / (self.n - 1) * (spread - middle * middle / self.n))

    def _fitted(self, sums: Mapping[int, tuple[float, float]]) -> list[float]:
        """What the margins explain of z, in each cell (ordinary least squares)."""
        if not self._factor:
            return [0.0] * len(self.cells)
        right = [0.0] * len(self._factor)
        for cell, (z, _zz) in sums.items():
            for a in self._active[cell]:
                right[a] += z
        beta = _solved(self._factor, right)
        return [sum(beta[a] for a in active) for active in self._active]

    def mean(self, sums: Sums) -> Estimate:
        """The weighted mean of the values of those who answered (of 0 and 1: their share)."""
        weight = self.weights
        n = sum(a for a, _y, _yy in sums.values())
        whole = sum(weight[c] * a for c, (a, _y, _yy) in sums.items())
        if not whole:
            raise ValueError("nobody answered")
        mean = sum(weight[c] * y for c, (_a, y, _yy) in sums.items()) / whole
        linear = {
            c: ((y - mean * a) / whole, (yy - 2 * mean * y + mean * mean * a) / whole**2)
            for c, (a, y, yy) in sums.items()
        }
        variance = self.variance(linear)
        return Estimate(int(n), mean, math.sqrt(variance), self._effective(sums, variance))

    def product(self, answers: Sequence[Pair]) -> Estimate:
        """The product of two weighted means of the same sheets: a share × how severe it is.

        The delta method: the product of p and s varies as s·z(p) + p·z(s) does, so that both
        parts are in its error, and what they have in common (who names a need may rate it higher).
        """
        means = [
            self.mean(_sums_of((cell, pair[side], many) for cell, pair, many in answers))
            for side in (0, 1)
        ]
        wholes = [
            sum(self.weights[c] * many for c, pair, many in answers if pair[side] is not None)
            for side in (0, 1)
        ]
        linear: dict[int, list[float]] = {}
        for cell, pair, many in answers:
            z = sum(
                means[1 - side].value * (said - means[side].value) / wholes[side]
                for side, said in enumerate(pair)
                if said is not None
            )
            own = linear.setdefault(cell, [0.0, 0.0])
            own[0] += many * z
            own[1] += many * z * z
        variance = self.variance({c: (z, zz) for c, (z, zz) in linear.items()})
        value, n = means[0].value * means[1].value, min(mean.n for mean in means)
        return Estimate(n, value, math.sqrt(variance), min(mean.effective for mean in means))

    def total(self, sums: Sums) -> Estimate:
        """The weighted total of the values: how many of all, how much in all."""
        value = sum(self.weights[c] * y for c, (_a, y, _yy) in sums.items())
        variance = self.variance({c: (y, yy) for c, (_a, y, yy) in sums.items()})
        n = sum(a for a, _y, _yy in sums.values())
        return Estimate(int(n), value, math.sqrt(variance), self._effective(sums, variance))

    def _effective(self, sums: Sums, variance: float) -> float:
        n = sum(a for a, _y, _yy in sums.values())
        y = sum(y for _a, y, _yy in sums.values())
        mean = self._mean(sums)
        spread = sum(
            self.weights[c] * (yy - 2 * mean * y + mean * mean * a)
            for c, (a, y, yy) in sums.items()
        ) / sum(self.weights[c] * a for c, (a, _y, _yy) in sums.items())
        if n < 2 or not y or spread <= 1e-12 * max(1.0, mean * mean):
            return self.kish(sums)
        simple = spread / (n - 1)
        return min(float(n), n * simple / variance) if variance > 0 else float(n)

    def _mean(self, sums: Sums) -> float:
        whole = sum(self.weights[c] * a for c, (a, _y, _yy) in sums.items())
        return sum(self.weights[c] * y for c, (_a, y, _yy) in sums.items()) / whole

    def kish(self, sums: Sums | None = None) -> float:
        """Kish's effective n of those who answered (of all): (Σ w)² / Σ w²."""
        people = (
            [(c, a) for c, (a, _y, _yy) in sums.items()]
            if sums is not None
            else list(enumerate(self.counts))
        )
        whole = sum(self.weights[c] * a for c, a in people)
        squares = sum(self.weights[c] ** 2 * a for c, a in people)
        return whole * whole / squares if squares else 0.0


def _sums_of(numbers: Iterable[tuple[int, float | None, int]]) -> Sums:
    found: dict[int, tuple[float, float, float]] = {}
    for cell, said, many in numbers:
        if said is not None:
            a, y, yy = found.get(cell, (0.0, 0.0, 0.0))
            found[cell] = (a + many, y + many * said, yy + many * said * said)
    return found


def wilson(share: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval for a share of `n` people, n perhaps an effective one.

    It stays inside 0 and 1 and has a width at 0 and at 1. Raises ValueError for what is no share.
    """
    if n <= 0 or not -1e-9 <= share <= 1 + 1e-9:
        raise ValueError(f"no share of {share} out of {n}")
    share = min(1.0, max(0.0, share))
    spread = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / spread
    half = z / spread * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (0.0 if share == 0 else centre - half), (1.0 if share == 1 else centre + half)


def _columns_of(cells: Sequence[Levels]) -> dict[tuple[int, int], int]:
    """Each margin's levels but its first (whose part the constant column has), numbered from 1."""
    found = sorted({(m, level) for cell in cells for m, level in enumerate(cell) if level})
    return {key: place for place, key in enumerate(found, start=1)}


def _cholesky(table: list[list[float]]) -> list[list[float]]:
    """The lower factor of a positive table; a column the others make up becomes empty."""
    size = len(table)
    lower = [[0.0] * size for _row in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = table[i][j] - sum(a * b for a, b in zip(lower[i][:j], lower[j][:j], strict=True))
            if i == j:
                lower[i][i] = math.sqrt(rest) if rest > 1e-9 * max(1.0, table[i][i]) else 0.0
            elif lower[j][j]:
                lower[i][j] = rest / lower[j][j]
    return lower


def _solved(lower: list[list[float]], right: list[float]) -> list[float]:
    """The solution for the factor's table; empty columns get 0."""
    size = len(lower)
    forth = [0.0] * size
    for i in range(size):
        if lower[i][i]:
            known = sum(a * b for a, b in zip(lower[i][:i], forth[:i], strict=True))
            forth[i] = (right[i] - known) / lower[i][i]
    back = [0.0] * size
    for i in reversed(range(size)):
        if lower[i][i]:
            known = sum(lower[j][i] * back[j] for j in range(i + 1, size))
            back[i] = (forth[i] - known) / lower[i][i]
    return back

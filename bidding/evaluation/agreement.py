"""How far judges agree: intraclass correlations and Krippendorff's alpha, with intervals.

Pure. Sources: P. E. Shrout, J. L. Fleiss, “Intraclass correlations: uses in assessing rater
reliability”, Psychological Bulletin 86 (1979), for the six forms (K. O. McGraw, S. P. Wong,
Psychological Methods 1 (1996), call them ICC(1), ICC(A,1), ICC(C,1) and the same with k);
K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), for alpha.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum, isnan
from typing import Any

Units = Sequence[Sequence[float]]
"""For each thing judged, the values it was given; who gave them does not matter to alpha."""


@dataclass(frozen=True)
class Correlations:
    """The six forms of Shrout and Fleiss: of one judge, and of the mean of all.

    `one_way`: judges differ from proposal to proposal. `agreement`: the same judges, drawn from
    many, and their levels count. `consistency`: the same judges, their levels do not count.
    """

    one_way: float
    agreement: float
    consistency: float
    one_way_mean: float
    agreement_mean: float
    consistency_mean: float


def correlations(table: Sequence[Sequence[float]]) -> Correlations:
    """The six intraclass correlations of a complete table (a row a proposal, a column a judge).

    Raises ValueError for a table with gaps, fewer than two rows or columns, or no spread at all.
    """
    n, k = len(table), len(table[0]) if table else 0
    if n < 2 or k < 2 or any(len(row) != k for row in table):
        raise ValueError("a complete table of two rows and columns at least")
    whole = fsum(map(fsum, table)) / (n * k)
    rows = [fsum(row) / k for row in table]
    columns = [fsum(row[j] for row in table) / n for j in range(k)]
    total = fsum((value - whole) ** 2 for row in table for value in row)
    between = k * fsum((mean - whole) ** 2 for mean in rows)
    judges = n * fsum((mean - whole) ** 2 for mean in columns)
    bms, wms = between / (n - 1), (total - between) / (n * (k - 1))
    jms, ems = judges / (k - 1), (total - between - judges) / ((n - 1) * (k - 1))
    if not total or not bms:
        raise ValueError("no spread between the rows")
    return Correlations(
        one_way=(bms - wms) / (bms + (k - 1) * wms),
        agreement=(bms - ems) / (bms + (k - 1) * ems + k * (jms - ems) / n),
        consistency=(bms - ems) / (bms + (k - 1) * ems),
        one_way_mean=(bms - wms) / bms,
        agreement_mean=(bms - ems) / (bms + (jms - ems) / n),
        consistency_mean=(bms - ems) / bms,
    )


def one_way(units: Units) -> float:
    """The one-way intraclass correlation of one judge where proposals had different judges, and
    not all as many. NaN where there is nothing to tell it from."""
    many = [unit for unit in units if len(unit) > 1]
    count = sum(map(len, many))
    if len(many) < 2:
        return float("nan")
    whole = fsum(map(fsum, many)) / count
    means = [fsum(unit) / len(unit) for unit in many]
    between = fsum(len(u) * (m - whole) ** 2 for u, m in zip(many, means, strict=True))
    within = fsum((v - m) ** 2 for u, m in zip(many, means, strict=True) for v in u)
    bms, wms = between / (len(many) - 1), within / (count - len(many))
    each = (count - sum(len(unit) ** 2 for unit in many) / count) / (len(many) - 1)
    divisor = bms + (each - 1) * wms
    return (bms - wms) / divisor if divisor else float("nan")


def alpha(units: Units, metric: str = "interval") -> float:
    """Krippendorff's alpha: 1 is perfect agreement, 0 what chance would give.

    `metric` is how far two values lie apart: nominal, ordinal, interval or ratio. Units with fewer
    than two values are left out. NaN where nothing varies or nothing can be paired.
    """
    paired = [sorted(unit) for unit in units if len(unit) > 1]
    totals = Counter(value for unit in paired for value in unit)
    n = sum(totals.values())
    if len(totals) < 2:
        return float("nan")
    if metric == "interval":
        observed = fsum(_squares(unit) / (len(unit) - 1) for unit in paired)
        expected = _squares([value for unit in paired for value in unit])
    else:
        apart = _METRICS[metric](totals)
        observed = fsum(
            2 * apart(a, b) / (len(unit) - 1)
            for unit in paired
            for place, a in enumerate(unit)
            for b in unit[place + 1 :]
        )
        values = sorted(totals)
        expected = fsum(
            2 * totals[a] * totals[b] * apart(a, b)
            for place, a in enumerate(values)
            for b in values[place + 1 :]
        )
    return 1 - (n - 1) * observed / expected


def _squares(values: Sequence[float]) -> float:
    """The sum of (a - b)² over all ordered pairs."""
    mean = fsum(values) / len(values)
    return 2 * len(values) * fsum((value - mean) ** 2 for value in values)


def _nominal(_totals: Counter[float]) -> Callable[[float, float], float]:
    return lambda a, b: float(a != b)


def _ordinal(totals: Counter[float]) -> Callable[[float, float], float]:
    values = sorted(totals)
    upto = dict(zip(values, accumulate(totals[value] for value in values), strict=True))

    def apart(a: float, b: float) -> float:
        low, high = min(a, b), max(a, b)
        ranks = upto[high] - upto[low] + totals[low]
        return (ranks - (totals[low] + totals[high]) / 2) ** 2

    return apart


def _ratio(_totals: Counter[float]) -> Callable[[float, float], float]:
    return lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0


_METRICS: dict[str, Callable[[Counter[float]], Callable[[float, float], float]]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "ratio": _ratio,
}


def between(
    units: Sequence[Any],
    statistic: Callable[[Sequence[Any]], float],
    *,
    seed: str,
    draws: int = 500,
) -> tuple[float, float] | None:
    """The 95 % bootstrap interval of a statistic: units drawn again with replacement, by `seed`.

    None where fewer than half of the draws had anything to tell.
    """
    chance, found = random.Random(seed), []
    for _draw in range(draws):
        value = statistic([units[int(chance.random() * len(units))] for _one in units])
        if not isnan(value):
            found.append(value)
    if len(found) < max(draws // 2, 1):
        return None
    found.sort()
    return found[int(0.025 * len(found))], found[int(0.975 * len(found))]

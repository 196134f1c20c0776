"""What a sample says about all workers: shares, their intervals, and cells too small to show.

Pure: numbers in, numbers out. The interval is Wilson's (E. B. Wilson, 1927), which stays inside
0 to 1 and holds for small samples, where the textbook's p ± 1.96·√(p(1−p)/n) does not.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bidding.sampling import estimates
from bidding.sampling.estimates import Z_95, Estimate
from bidding.sampling.suppression import SMALLEST_CELL, hidden_cells

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True)
class Share:
    """How many of `n` answers fell into one cell; everything but `n` is None when suppressed.

    `share` and its interval are weighted where the survey has known totals; `plain` is then the
    share as counted, `effective` the people of a plain sample that would be as sure.
    """

    n: int
    count: int | None
    share: float | None
    low: float | None
    high: float | None
    plain: float | None = None
    effective: float | None = None

    @property
    def suppressed(self) -> bool:
        """Is the cell too small to show (or needed to hide one that is)?"""
        return self.count is None

    @property
    def margin(self) -> float | None:
        """Half the width of the 95 % interval: the “plus or minus”."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low) / 2


def wilson(count: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval for `count` out of `n` as (low, high), each in 0 to 1.

    Raises ValueError unless 0 ≤ count ≤ n and n > 0.
    """
    if n <= 0 or not 0 <= count <= n:
        raise ValueError(f"no share of {count} out of {n}")
    return estimates.wilson(count / n, n, z)


def widest_margin(n: float) -> float:
    """The margin of a share of one half, the widest that `n` (effective) answers can leave."""
    if n <= 0:
        raise ValueError("no answers, no margin")
    return Z_95 * math.sqrt(1 / (4 * n)) / math.sqrt(1 + Z_95 * Z_95 / n)


def shown(count: int, n: int) -> Share:
    """The share with its interval, as it is."""
    low, high = wilson(count, n)
    return Share(n, count, count / n, low, high)


def hidden(n: int) -> Share:
    """A cell that is not shown."""
    return Share(n, None, None, None, None)


def estimated(count: int, estimate: Estimate) -> Share:
    """The weighted share with its interval, the share as counted beside it."""
    low, high = estimates.wilson(estimate.value, estimate.effective)
    n = estimate.n
    value = min(1.0, max(0.0, estimate.value))
    return Share(n, count, value, low, high, plain=count / n, effective=estimate.effective)


def hidden_keys(counts: Mapping[Cell, int], n: int, *, exclusive: bool) -> set[Cell]:
    """Which cells out of `n` answers are too small to show, or would give such a one away.

    In a question with one choice (`exclusive`) the cells sum to `n`, so that a hidden cell could
    be worked out from the others: then the smallest of the others are hidden with it. With fewer
    than five answers in all, nothing is shown.
    """
    if n < SMALLEST_CELL:
        return set(counts)
    keys = list(counts)
    found = hidden_cells([[counts[key] for key in keys]], sums_across=exclusive, sums_down=False)
    return {keys[column] for _row, column in found}


def shares(counts: Mapping[Cell, int], n: int, *, exclusive: bool) -> dict[Cell, Share]:
    """The share of every cell out of `n` answers, small cells suppressed (`hidden_keys`)."""
    small = hidden_keys(counts, n, exclusive=exclusive)
    return {key: hidden(n) if key in small else shown(count, n) for key, count in counts.items()}


def mean_of(counts: Mapping[int, int]) -> float | None:
    """The mean of numbers given as {number: how often}; None below five answers."""
    n = sum(counts.values())
    if n < SMALLEST_CELL:
        return None
    return sum(number * count for number, count in counts.items()) / n


def people_behind(share: float, population: int) -> int:
    """How many of `population` workers a share speaks for, rounded half up."""
    return math.floor(share * population + 0.5)


URGENCY_STEPS = ((0.5, 5), (0.35, 4), (0.2, 3), (0.1, 2))
"""From which surely reached share on a need counts as how urgent (a proposal to the officer)."""


def urgency_of(low: float) -> int:
    """1 to 5 by the interval's lower end, so that a small sample cannot shout."""
    return next((urgency for bound, urgency in URGENCY_STEPS if low >= bound), 1)


def priority(share: Share, urgency: int) -> tuple[float, float, float] | None:
    """Share × severity (how urgent, of 5), with its 95 % interval; None for a hidden share."""
    if share.share is None or share.low is None or share.high is None:
        return None
    return share.share * urgency / 5, share.low * urgency / 5, share.high * urgency / 5

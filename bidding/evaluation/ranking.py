"""Scores into ranks: exact, the same every time, and computable by anyone from its inputs.

Points are hundredths of the full 100 (0 to 10,000), weights are whole percent that sum to 100, so
a judge's total, the sum of points times weights, is exact in ten-thousandths of the full 100
(0 to 1,000,000). A panel's score is a mean or median of totals, kept as a fraction: ranks are
decided on the exact value, and only what is printed is rounded (half up).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

TRIM_FROM = 5
"""From how many judges on the highest and the lowest total are left out."""


@dataclass(frozen=True)
class Ranked:
    """One proposal's place: its rank, its exact score, and each judge's total."""

    key: str
    rank: int
    score: Fraction
    totals: tuple[int, ...]
    printed: int
    """The score in ten-thousandths of the full 100, rounded half up."""


def total(points: dict[str, int], weights: dict[str, int]) -> int:
    """A judge's total in ten-thousandths of the full 100.

    Raises ValueError when a criterion has no points or points are not 0 to 10,000.
    """
    if set(points) != set(weights):
        raise ValueError(f"points for {sorted(points)}, weights for {sorted(weights)}")
    for criterion, value in points.items():
        if not 0 <= value <= 10_000:
            raise ValueError(f"criterion {criterion}: {value} is not 0 to 10,000")
    return sum(points[criterion] * weight for criterion, weight in weights.items())


def mean(values: Sequence[int]) -> Fraction:
    """The arithmetic mean, exact."""
    return Fraction(sum(values), len(values))


def median(values: Sequence[int]) -> Fraction:
    """The middle value, or the mean of the two in the middle, exact."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half], 2)


def trimmed(values: Sequence[int]) -> Fraction:
    """The mean without one highest and one lowest, from five judges up; below, the plain mean."""
    ordered = sorted(values)
    return mean(ordered[1:-1] if len(ordered) >= TRIM_FROM else ordered)


POLICIES = {"trimmed": trimmed, "median": median, "mean": mean}


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def rank(inputs: dict[str, Any]) -> list[Ranked]:
    """The ranking of `inputs`, best first; every rank is given once.

    `inputs` is what is frozen and published: `policy`; `criteria`, each with `key` and `weight`,
    in the order that decides ties; `proposals`, each with `key`, `received_at` (ISO 8601, UTC),
    and `sheets`, each a judge's `points` by criterion. Equal scores are decided by the panel's
    score in the first criterion, then the second and so on, then by the earlier receipt, then by
    key. Raises ValueError for weights that do not sum to 100 or a proposal nobody judged.
    """
    combine = POLICIES[inputs["policy"]]
    weights = {row["key"]: row["weight"] for row in inputs["criteria"]}
    if sum(weights.values()) != 100 or len(weights) != len(inputs["criteria"]):
        raise ValueError("the weights do not sum to 100")
    rows = []
    for proposal in inputs["proposals"]:
        sheets = [sheet["points"] for sheet in proposal["sheets"]]
        if not sheets:
            raise ValueError(f"nobody judged {proposal['key']}")
        totals = tuple(total(points, weights) for points in sheets)
        score = combine(totals)
        ties = [-combine([points[criterion] for points in sheets]) for criterion in weights]
        order = (-score, ties, proposal["received_at"], proposal["key"])
        rows.append((order, proposal["key"], score, totals))
    rows.sort(key=lambda row: row[0])
    return [
        Ranked(key, place, score, totals, half_up(score))
        for place, (_order, key, score, totals) in enumerate(rows, start=1)
    ]

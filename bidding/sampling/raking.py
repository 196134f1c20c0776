"""Weights that bring a sample's margins to known totals, by iterative proportional fitting.

Pure. Sheets that agree in every margin have the same weight, so the work is done on cells of
such sheets: 100,000 sheets are some hundreds of cells. Source of the method: W. E. Deming and
F. F. Stephan, “On a least squares adjustment of a sampled frequency table when the expected
marginal totals are known”, Annals of Mathematical Statistics 11 (1940).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 1e-10
"""So far from its total may a margin stay, as a share of it, to count as met while fitting."""

MOST_ROUNDS = 500
Levels = tuple[int, ...]


class EmptyLevels(ValueError):
    """Known totals no sheet stands for, or sheets no total stands for: (margin, level) each."""

    def __init__(self, found: list[tuple[int, int]]) -> None:
        super().__init__(f"no weight can bring nobody to a total: {found}")
        self.found = found


@dataclass(frozen=True)
class Raked:
    """A weight for each cell, and how well they do.

    `worst` is the largest distance of a margin from its total, as a share of the total; it is
    above `ENOUGH` when the totals contradict each other or the cap forbids what they ask for.
    """

    weights: tuple[float, ...]
    rounds: int
    worst: float

    @property
    def converged(self) -> bool:
        """Does every margin have its total, but for a millionth?"""
        return self.worst < 1e-6


def rake(
    cells: Sequence[Levels],
    counts: Sequence[int],
    totals: Sequence[Sequence[float]],
    *,
    most: float | None = None,
    rounds: int = MOST_ROUNDS,
) -> Raked:
    """Weights for cells of `counts` sheets, so that margin m has `totals[m][level]` in each level.

    `cells[i][m]` is the level of cell i in margin m. All margins have to have the same sum. With
    `most`, no weight is larger than so many times the mean weight: what is cut off is shared out
    among the others, so that the whole stays. Raises EmptyLevels.
    """
    _refuse_empty(cells, counts, totals)
    whole = sum(totals[0]) if totals else float(sum(counts))
    mean = whole / sum(counts)
    weights = [mean] * len(cells)
    limit = mean * most if most is not None else None
    done = 0
    while done < rounds:
        done += 1
        for margin, wanted in enumerate(totals):
            factors = _factors(cells, counts, weights, margin, wanted)
            weights = [w * factors[cell[margin]] for w, cell in zip(weights, cells, strict=True)]
        if limit is not None:
            weights = _capped(weights, counts, limit)
        if worst_of(cells, counts, weights, totals) < ENOUGH:
            break
    return Raked(tuple(weights), done, worst_of(cells, counts, weights, totals))


def sums(
    cells: Sequence[Levels],
    counts: Sequence[int],
    weights: Sequence[float],
    margin: int,
    levels: int,
) -> list[float]:
    """The weighted people of each level of a margin."""
    found = [0.0] * levels
    for cell, count, weight in zip(cells, counts, weights, strict=True):
        found[cell[margin]] += count * weight
    return found


def _capped(weights: Sequence[float], counts: Sequence[int], limit: float) -> list[float]:
    """The weights with none above the limit; the others take over what was cut off."""
    whole = sum(w * n for w, n in zip(weights, counts, strict=True))
    found = list(weights)
    for _round in range(len(found)):
        if max(found) <= limit * (1 + 1e-12):
            break
        found = [min(w, limit) for w in found]
        missing = whole - sum(w * n for w, n in zip(found, counts, strict=True))
        free = sum(w * n for w, n in zip(found, counts, strict=True) if w < limit)
        if not free:
            break
        found = [w * (1 + missing / free) if w < limit else w for w in found]
    return [min(w, limit) for w in found]


def _factors(
    cells: Sequence[Levels],
    counts: Sequence[int],
    weights: Sequence[float],
    margin: int,
    wanted: Sequence[float],
) -> list[float]:
    now = sums(cells, counts, weights, margin, len(wanted))
    return [goal / have if have else 1.0 for goal, have in zip(wanted, now, strict=True)]


def worst_of(
    cells: Sequence[Levels],
    counts: Sequence[int],
    weights: Sequence[float],
    totals: Sequence[Sequence[float]],
) -> float:
    """How far the margin that is farthest from its total is from it, as a share of it."""
    return max(
        (
            abs(have - goal) / goal
            for margin, wanted in enumerate(totals)
            for have, goal in zip(
                sums(cells, counts, weights, margin, len(wanted)), wanted, strict=True
            )
            if goal
        ),
        default=0.0,
    )


def _refuse_empty(
    cells: Sequence[Levels], counts: Sequence[int], totals: Sequence[Sequence[float]]
) -> None:
    empty = []
    for margin, wanted in enumerate(totals):
        people = sums(cells, counts, [1.0] * len(cells), margin, len(wanted))
        for level, (have, goal) in enumerate(zip(people, wanted, strict=True)):
            if bool(have) != bool(goal):
                empty.append((margin, level))
    if empty:
        raise EmptyLevels(empty)

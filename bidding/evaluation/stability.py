"""How sure a ranking is: who moves when one judge is left out, or when chance falls otherwise.

Pure and seeded; shown beside the official score, never applied. Chance falls otherwise like this:
every total is what proposal and judge explain, plus noise; the noise is drawn again, with
replacement, from all the noise the panel showed (a residual bootstrap; B. Efron, R. J. Tibshirani,
“An Introduction to the Bootstrap” (1993), chapter 9), and the ranking is made again.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Any

from bidding.evaluation.leniency import Design, Fit
from bidding.evaluation.ranking import ADJUSTED, TRIM_FROM, rank

DRAWS = 500
WORK = 1_000_000
"""Totals drawn at most, so that a thousand proposals take seconds, not minutes."""

OUTLYING = 3.0
"""A total stands out from so many robust standard deviations on."""


@dataclass(frozen=True)
class Sureness:
    """How sure one place is."""

    low: float
    high: float
    """The score's 95 % interval, of the full 100."""
    expected: float
    best: int
    worst: int
    """The rank's mean and 95 % interval."""
    without_best: int
    without_worst: int
    """The ranks it takes when one judge after the other is left out."""


def without_each_judge(inputs: Mapping[str, Any]) -> dict[Any, dict[str, int]]:
    """Judge left out → proposal → rank. A judge without whom a proposal had none is passed over."""
    judges = {sheet["judge"] for one in inputs["proposals"] for sheet in one["sheets"]}
    found = {}
    for judge in sorted(judges):
        proposals = [
            {**one, "sheets": [sheet for sheet in one["sheets"] if sheet["judge"] != judge]}
            for one in inputs["proposals"]
        ]
        if all(one["sheets"] for one in proposals):
            ranked = rank({**inputs, "proposals": proposals})
            found[judge] = {row.key: row.rank for row in ranked}
    return found


def redrawn(
    policy: str,
    fitted: Fit,
    *,
    extra: Mapping[str, float],
    seed: str,
    draws: int = DRAWS,
) -> dict[str, list[tuple[float, int]]]:
    """Proposal → (score, rank) in each of the draws; scores of the full 100, with the `extra` that
    no judge gives (price, bonus)."""
    chance = random.Random(seed)
    rows = [(one.proposal, one.judge) for one in fitted.residuals]
    design = Design(rows)
    middle = [fitted.worths[p] + fitted.offsets[j] for p, j in rows]
    noise = _noise(fitted, design)
    draws = max(min(draws, WORK // max(len(rows), 1)), 50)
    score = _scorer(policy, design, fitted.ratio)
    keys = design.proposals
    given = [extra.get(key, 0.0) for key in keys]
    found: dict[str, list[tuple[float, int]]] = {key: [] for key in keys}
    size = len(noise)
    for _draw in range(draws):
        values = [mid + noise[int(chance.random() * size)] for mid in middle]
        scores = [a + b for a, b in zip(score(values), given, strict=True)]
        order = sorted(range(len(keys)), key=lambda n: (-scores[n], n))
        for place, number in enumerate(order, start=1):
            found[keys[number]].append((scores[number], place))
    return found


def _noise(fitted: Fit, design: Design) -> list[float]:
    """The residuals, around nothing, as wide as the noise and not as the fit left them."""
    left = [one.residual for one in fitted.residuals]
    mean = fsum(left) / len(left)
    freedom = max(design.freedom - len(design.judges) + 1, 1)
    wider = sqrt(len(left) / freedom)
    return [(value - mean) * wider for value in left]


def _scorer(
    policy: str, design: Design, ratio: float
) -> Callable[[Sequence[float]], Sequence[float]]:
    """The policy on totals in the order of the design's rows, quick."""
    if policy == ADJUSTED:
        return lambda values: design.solve(values, ratio)[0]
    if policy == "median":
        return lambda values: [
            statistics.median(values[n] for n in rows) for rows in design.of_proposal
        ]

    def plain(values: Sequence[float]) -> list[float]:
        scores = []
        for rows in design.of_proposal:
            mine = [values[n] for n in rows]
            if policy == "trimmed" and len(mine) >= TRIM_FROM:
                scores.append((sum(mine) - max(mine) - min(mine)) / (len(mine) - 2))
            else:
                scores.append(sum(mine) / len(mine))
        return scores

    return plain


def sureness(
    redraws: Mapping[str, Sequence[tuple[float, int]]],
    without: Mapping[Any, Mapping[str, int]],
    official: Mapping[str, int],
) -> dict[str, Sureness]:
    """For each proposal, what the draws and the leaving out say about its place."""
    found = {}
    for key, draws in redraws.items():
        scores = sorted(score for score, _rank in draws)
        ranks = sorted(place for _score, place in draws)
        low, high = int(0.025 * len(draws)), min(int(0.975 * len(draws)), len(draws) - 1)
        others = [ranking[key] for ranking in without.values()] or [official[key]]
        found[key] = Sureness(
            low=scores[low],
            high=scores[high],
            expected=sum(ranks) / len(ranks),
            best=ranks[low],
            worst=ranks[high],
            without_best=min(others),
            without_worst=max(others),
        )
    return found

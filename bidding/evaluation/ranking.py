"""Scores into ranks: the same every time, and computable by anyone from its inputs.

Points are hundredths of the full 100 (0 to 10,000), weights are whole percent that sum to 100, so
a judge's total, the sum of points times weights, is exact in ten-thousandths of the full 100
(0 to 1,000,000). A panel's score is a mean or median of totals, kept as a fraction: ranks are
decided on the exact value, and only what is printed is rounded (half up). Under `adjusted` the
score is the worth that `leniency` finds, rounded to ten-thousandths before ranks are decided.
Where the call scores the price, a judge's total lacks that criterion, and `price` adds its part.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bidding.evaluation.leniency import fit
from bidding.evaluation.price import price_parts

TRIM_FROM = 5
"""From how many judges on the highest and the lowest total are left out."""

FULL = 1_000_000
"""Ten-thousandths in the full 100."""

ADJUSTED = "adjusted"
"""The policy of a paper review: each proposal by some of many judges, their leniency taken out."""


@dataclass(frozen=True)
class Ranked:
    """One proposal's place: its rank, its exact score, and each judge's total."""

    key: str
    rank: int
    score: Fraction
    """The panel's score, the price's part and the bonus."""
    totals: tuple[int, ...]
    printed: int
    """The score in ten-thousandths of the full 100, rounded half up."""
    bonus: Fraction = Fraction(0)
    price: Fraction = Fraction(0)


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


POLICIES = {"trimmed": trimmed, "median": median, "mean": mean, ADJUSTED: mean}
"""How one proposal's totals become one; under `adjusted` this decides ties only."""


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def totals_of(inputs: Mapping[str, Any]) -> dict[str, dict[Any, int]]:
    """Proposal → judge → total, in ten-thousandths. Raises ValueError for what cannot be."""
    weights = {row["key"]: row["weight"] for row in inputs["criteria"]}
    if sum(weights.values()) != 100 or len(weights) != len(inputs["criteria"]):
        raise ValueError("the weights do not sum to 100")
    weights = {row["key"]: row["weight"] for row in judged(inputs)}
    found: dict[str, dict[Any, int]] = {}
    for proposal in inputs["proposals"]:
        if not proposal["sheets"]:
            raise ValueError(f"nobody judged {proposal['key']}")
        mine = {sheet["judge"]: total(sheet["points"], weights) for sheet in proposal["sheets"]}
        if len(mine) < len(proposal["sheets"]):
            raise ValueError(f"a judge judged {proposal['key']} twice")
        found[proposal["key"]] = mine
    return found


def judged(inputs: Mapping[str, Any]) -> list[Any]:
    """The criteria that judges give points for: all but the price."""
    return [row for row in inputs["criteria"] if not row.get("by_price")]


def panel_scores(
    policy: str, totals: Mapping[str, Mapping[Any, int]], most: int = FULL
) -> dict[str, Fraction]:
    """Each proposal's score by the policy, in ten-thousandths of the full 100; `most` is what a
    judge can give."""
    if policy != ADJUSTED:
        combine = POLICIES[policy]
        return {key: combine(tuple(mine.values())) for key, mine in totals.items()}
    worths = fit(
        [
            (key, judge, value / 10_000)
            for key, mine in totals.items()
            for judge, value in mine.items()
        ]
    ).worths
    return {
        key: Fraction(min(max(half_up(Fraction(worth) * 10_000), 0), most))
        for key, worth in worths.items()
    }


def bonus_of(rule: Mapping[str, int] | None, proposal: Mapping[str, Any]) -> Fraction:
    """What co-funding adds: the rule's `points` where the own share of the budget reaches its
    `full_percent`, below that in proportion; never more."""
    if not rule or not proposal.get("whole_fen"):
        return Fraction(0)
    share = Fraction(proposal["own_fen"], proposal["whole_fen"]) / Fraction(
        rule["full_percent"], 100
    )
    return min(share, Fraction(1)) * rule["points"] * 10_000


def rank(inputs: Mapping[str, Any]) -> list[Ranked]:
    """The ranking of `inputs`, best first; every rank is given once.

    `inputs` is what is frozen and published: `policy`; `criteria`, each with `key` and `weight`,
    in the order that decides ties; `proposals`, each with `key`, `received_at` (ISO 8601, UTC),
    and `sheets`, each a judge's `points` by criterion; where one criterion is `by_price`, each
    proposal's `lot` and `price_fen`; where the call has one, the rule of the `bonus` (`points` at
    most, `full_percent`) and each proposal's `own_fen` and `whole_fen`; where the call decides ties
    by lot, `ties`: "lottery" and the public `seed`. Equal scores are decided by the points for the
    price, if it is scored, then by the panel's score in the first criterion, the second and so on,
    then by the earlier receipt, then by key; by lot, in the order of SHA-256("seed:key"). Raises
    ValueError for weights that do not sum to 100 or a proposal nobody judged.
    """
    totals = totals_of(inputs)
    weight = sum(row["weight"] for row in judged(inputs))
    scores = panel_scores(inputs["policy"], totals, weight * 10_000)
    prices = price_parts(inputs)
    combine = POLICIES[inputs["policy"]]
    rows = []
    for proposal in inputs["proposals"]:
        key = proposal["key"]
        bonus = bonus_of(inputs.get("bonus"), proposal)
        price = prices.get(key, Fraction(0))
        score = scores[key] + price + bonus
        if inputs.get("ties") == "lottery":
            order: tuple[Any, ...] = (-score, lot_of(inputs["seed"], key), key)
        else:
            sheets = [sheet["points"] for sheet in proposal["sheets"]]
            ties = [-price]
            ties += [-combine([points[row["key"]] for points in sheets]) for row in judged(inputs)]
            order = (-score, ties, proposal["received_at"], key)
        rows.append((order, key, score, tuple(totals[key].values()), bonus, price))
    rows.sort(key=lambda row: row[0])
    return [
        Ranked(key, place, score, mine, half_up(score), bonus, price)
        for place, (_order, key, score, mine, bonus, price) in enumerate(rows, start=1)
    ]


def lot_of(seed: str, key: str) -> str:
    """What decides a tie by lot: whoever has a shell can compute it."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def main() -> int:
    """Rank the file of inputs that was named: rank, number of the proposal, score."""
    with open(sys.argv[1], encoding="utf-8") as file:
        found = json.load(file)
    for row in rank(found.get("inputs", found)):
        print(row.rank, row.key, f"{row.printed / 10_000:.4f}", sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())

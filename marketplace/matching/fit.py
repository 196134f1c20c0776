"""How well a proposal fits a buyer: points out of a hundred, each with its reason. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

NEED_HERE, NEED_EVERYWHERE, WORKS_HERE, SCORE = 30, 15, 20, 50
"""The most each reason gives; a need of the whole city counts half of one in the buyer's own
district. The weights are shown beside the shelf."""


@dataclass(frozen=True)
class Asked:
    """A need the proposal answers: where (None is everywhere) and of how many people."""

    district: str | None
    headcount: int


@dataclass(frozen=True)
class Fit:
    """The points and what they are made of."""

    points: int
    needs_here: int
    people_here: int
    needs_everywhere: int
    works_here: bool


def fit(
    district: str | None, needs: Collection[Asked], districts: Collection[str], score: float
) -> Fit:
    """The fit of a proposal (its needs, where it works, its panel score) to one district."""
    here = [need for need in needs if district and need.district == district]
    everywhere = [need for need in needs if need.district is None]
    works_here = bool(district) and district in districts
    points = NEED_HERE if here else NEED_EVERYWHERE if everywhere else 0
    points += WORKS_HERE if works_here else 0
    points += round(SCORE * score / 100)
    return Fit(points, len(here), sum(need.headcount for need in here), len(everywhere), works_here)

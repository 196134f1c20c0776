"""What those served said, added up so that nobody can tell who said what. Pure.

Whoever watches the figures while people answer could work out each new answer from the change.
So answers are added in groups of five at least: while an occasion is open its newest five to nine
are held back; when it ends they are added all at once, and fewer than five never are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

GROUP = 5
"""Answers that are added at once, at least."""

LOW = 3.0
"""Below this mean of “did it help”, of 1 to 5, a buyer who accepts all the same says why."""


@dataclass(frozen=True)
class Heard:
    """`n` answers: the means of the two marks (1 to 5), and the share that would come again."""

    n: int
    helpful: float
    well_run: float
    again: float

    @property
    def is_low(self) -> bool:
        """Did those served say that it hardly helped?"""
        return self.helpful < LOW


def to_add(answers: int, *, ended: bool) -> int:
    """How many of an occasion's answers, from the first on, are added up."""
    if ended:
        return answers if answers >= GROUP else 0
    return max(0, answers // GROUP - 1) * GROUP


def summed(rows: Iterable[tuple[int, int, int, int]]) -> Heard | None:
    """Occasions added up, each as (answers, sum of helpful, sum of well run, would come again)."""
    n, helpful, well_run, again = (sum(column) for column in zip((0, 0, 0, 0), *rows, strict=True))
    if not n:
        return None
    return Heard(n, helpful / n, well_run / n, again / n)

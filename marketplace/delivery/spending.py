"""Planned and spent, line by line of the agreed budget. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One line of the agreed budget: what was planned, and what was spent on it so far (fen)."""

    position: int
    item: str
    group: str
    source: str
    planned_fen: int
    spent_fen: int

    @property
    def rest_fen(self) -> int:
        """What is left; below nothing when more was spent than planned."""
        return self.planned_fen - self.spent_fen

    @property
    def is_over(self) -> bool:
        """Was more spent than planned?"""
        return self.rest_fen < 0


def lines_of(budget: Sequence[Mapping[str, Any]], spent: Mapping[int, int]) -> list[Line]:
    """The lines of an agreement's budget with what `spent` says by line, in the budget's order."""
    return [
        Line(
            position=position,
            item=line["item"],
            group=line["group"],
            source=line["source"],
            planned_fen=line["quantity"] * line["unit_price_fen"],
            spent_fen=spent.get(position, 0),
        )
        for position, line in enumerate(budget)
    ]


def whole(lines: Iterable[Line]) -> tuple[int, int]:
    """(planned, spent) of all lines, in fen."""
    listed = list(lines)
    return sum(line.planned_fen for line in listed), sum(line.spent_fen for line in listed)

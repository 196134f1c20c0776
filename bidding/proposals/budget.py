"""What the lines of a budget add up to: whole fen, computed and never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Line(Protocol):
    """What a sum needs to know of a line."""

    group: str
    source: str

    @property
    def amount_fen(self) -> int:
        """Quantity × price."""
        ...


@dataclass(frozen=True)
class Totals:
    """The sums of a budget, in fen."""

    total_fen: int = 0
    asked_fen: int = 0
    seed_fen: int = 0
    buyer_fen: int = 0
    own_fen: int = 0
    activity_fen: int = 0
    management_fen: int = 0
    tax_fen: int = 0

    @property
    def management_hundredths(self) -> int:
        """Management as a share of the whole, in hundredths of a percent, rounded up."""
        if not self.total_fen:
            return 0
        return -(-self.management_fen * 10_000 // self.total_fen)

    def management_within(self, cap_percent: int) -> bool:
        """Is management at most `cap_percent` of the whole?"""
        return self.management_fen * 100 <= self.total_fen * cap_percent

    def management_room_fen(self, cap_percent: int) -> int:
        """The most that management may be in a budget of this size."""
        return self.total_fen * cap_percent // 100


def totals_of(lines: Iterable[Line]) -> Totals:
    """Add the lines up."""
    sums = dict.fromkeys(Totals.__dataclass_fields__, 0)
    for line in lines:
        amount = line.amount_fen
        sums["total_fen"] += amount
        sums[f"{line.source}_fen"] += amount
        sums["asked_fen"] += amount if line.source != "own" else 0
        sums[f"{line.group}_fen"] += amount
    return Totals(**sums)

"""What a comparison brings back: sums of both sides, and each difference once. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Found:
    """One difference: `key` is made of what it is about, never of when it was seen."""

    key: str
    kind: str
    ours_fen: int | None = None
    theirs_fen: int | None = None
    happened_on: dt.date | None = None
    about: tuple[str, Any] = ("", "")
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sums:
    """How many of one sort of thing each side has, and how much that is."""

    what: str
    ours: int
    ours_fen: int
    theirs: int
    theirs_fen: int

    @property
    def agree(self) -> bool:
        """Both sides say the same."""
        return (self.ours, self.ours_fen) == (self.theirs, self.theirs_fen)


@dataclass
class Compared:
    """One side's comparison. Where it could not be made (`whole` is false), nothing that was
    found before is taken to have gone.
    """

    side: str
    whole: bool = True
    note: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    sums: list[Sums] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    cured: int = 0
    balance: dict[str, int] = field(default_factory=dict)

    def result(self) -> dict[str, Any]:
        """What is kept of it with the run."""
        return {
            "side": self.side,
            "whole": self.whole,
            "note": self.note,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "cured": self.cured,
            "found": len(self.found),
            "sums": [vars(row) for row in self.sums],
            "balance": self.balance,
        }


def sums_of(what: str, ours: Iterable[int], theirs: Iterable[int]) -> Sums:
    """Both sides counted and added up."""
    mine, other = list(ours), list(theirs)
    return Sums(what, len(mine), sum(mine), len(other), sum(other))

"""What a discussion changed: the ranking as it was before, from the same frozen inputs. Pure."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bidding.evaluation.ranking import rank


@dataclass(frozen=True)
class Moved:
    """One proposal's rank and score (ten-thousandths of the full 100) before and after."""

    key: str
    rank_before: int
    rank: int
    printed_before: int
    printed: int


def undone(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs with every revision taken back, the last one first. Raises ValueError where what
    a revision says it made does not stand in the sheets."""
    before = copy.deepcopy(dict(inputs))
    sheets = {
        (one["key"], sheet["judge"]): sheet["points"]
        for one in before["proposals"]
        for sheet in one["sheets"]
    }
    for row in reversed(before.pop("discussion", {}).get("revisions", [])):
        points = sheets.get((row["proposal"], row["judge"]))
        if points is None:
            continue  # of a judge who does not count for it
        if any(points[key] != value for key, value in row["after"].items()):
            raise ValueError(f"{row['proposal']}: judge {row['judge']} does not stand at {row}")
        points |= row["before"]
    return before


def moved(inputs: Mapping[str, Any]) -> list[Moved]:
    """Every proposal before and after, in the order of the ranking."""
    before = {row.key: row for row in rank(undone(inputs))}
    return [
        Moved(row.key, before[row.key].rank, row.rank, before[row.key].printed, row.printed)
        for row in rank(inputs)
    ]


def spread(totals: Mapping[Any, int]) -> int:
    """How far the judges of one proposal differ: the highest total less the lowest."""
    return max(totals.values()) - min(totals.values())

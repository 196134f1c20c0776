"""Geometry of the charts: numbers in, coordinates out; no Django, no colours, no words.

Horizontal places are percentages of the drawing's width (so that text never shrinks on a
phone), vertical ones are pixels. Every function keeps the order it was given.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass


def nice_ceiling(largest: float) -> float:
    """The next of 1, 1.2, 1.6, 2, 3, 4, 6, 8 × a power of ten from `largest` up; 1 for none."""
    if largest <= 0:
        return 1
    power = 10 ** math.floor(math.log10(largest))
    for step in (1, 1.2, 1.6, 2, 3, 4, 6, 8, 10):
        if largest <= step * power * (1 + 1e-12):
            return step * power
    return 10 * power


def shares(values: Sequence[float], whole: float | None = None) -> list[float]:
    """Each value as a percentage of `whole` (by default the largest), between 0 and 100."""
    top = whole if whole is not None else max(values, default=0)
    if not top or top <= 0:
        return [0.0 for _ in values]
    return [round(min(100.0, max(0.0, 100 * value / top)), 2) for value in values]


def stack(values: Sequence[float], whole: float | None = None) -> list[tuple[float, float]]:
    """(start, width) in percent of each part of one stacked bar, laid end to end."""
    top = whole if whole is not None else sum(values)
    parts, start = [], 0.0
    for width in shares(values, top if top > 0 else None):
        parts.append((round(start, 2), width))
        start += width
    return parts


@dataclass(frozen=True)
class Point:
    """One value of a line: where it stands (percent, pixels from the top)."""

    x: float
    y: float
    value: float


def line(
    values: Sequence[float | None], *, top: float, height: float, inset: float = 0.0
) -> list[Point | None]:
    """The points of one line over equally wide columns; a missing value leaves a gap."""
    columns = len(values)
    points: list[Point | None] = []
    for place, value in enumerate(values):
        if value is None:
            points.append(None)
            continue
        x = inset + (100 - 2 * inset) * ((place + 0.5) / columns)
        points.append(Point(round(x, 3), round(height * (1 - value / top), 2), value))
    return points


def segments(points: Sequence[Point | None]) -> list[tuple[Point, Point]]:
    """The strokes between neighbouring points that are both there."""
    return [(a, b) for a, b in itertools.pairwise(points) if a and b]


def ticks(top: float, count: int = 4) -> list[float]:
    """`count` + 1 equal steps from 0 to `top`."""
    return [top * i / count for i in range(count + 1)]


@dataclass(frozen=True)
class Stage:
    """One column of a flow: how thick it is, what goes on from it and what stays."""

    x: float
    width: float
    height: float
    on: float
    stay: float


def flow(
    amounts: Sequence[float], *, height: float, bar: float = 2.0
) -> tuple[list[Stage], list[str]]:
    """Stages and bands of a flow in which each stage holds part of the one before.

    `amounts[i]` is what has come at least as far as stage i, so it never grows along the way;
    a value larger than the one before is drawn as large as that one. Every stage has a column
    of equal width and stands at its left edge; the last one fills its column, being where the
    flow ends. Widths are percent, heights pixels; bands are drawn in a box 1000 wide and
    `height` high.
    """
    whole = max(amounts[0], 0) if amounts else 0
    kept: list[float] = []
    for amount in amounts:
        kept.append(max(0.0, min(amount, kept[-1] if kept else amount)))
    count = len(kept)
    stages: list[Stage] = []
    for place, amount in enumerate(kept):
        last = place == count - 1
        thick = height * amount / whole if whole else 0.0
        on = thick if last else (height * kept[place + 1] / whole if whole else 0.0)
        width = 100 / count if last else bar
        stages.append(
            Stage(
                round(100 * place / count, 3),
                round(width, 3),
                round(thick, 2),
                round(on, 2),
                round(thick - on, 2),
            )
        )
    bands = [_band(left, right) for left, right in itertools.pairwise(stages)]
    return stages, bands


def way_back(stages: int, start: int, goal: int, *, bar: float = 2.0) -> tuple[float, float]:
    """(left, right) of a stroke from stage `start` back to stage `goal`, in percent."""
    return round(100 * goal / stages + bar, 3), round(100 * start / stages, 3)


def _band(left: Stage, right: Stage) -> str:
    x0, x1 = (left.x + left.width) * 10, right.x * 10
    return f"M{x0:.1f},0 H{x1:.1f} V{right.height:.1f} H{x0:.1f} Z"

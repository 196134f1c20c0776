"""Cells of a table that are too small to show, and those that hide them from being worked out.

Pure. A table is known with its totals, so one hidden cell of a line is the total less the others.
Seen as a graph (lines are its points, hidden cells its edges), a hidden cell can be worked out
from the sums exactly when it lies on no circle; so cells are hidden until each lies on one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

SMALLEST_CELL = 5
"""A count of people below this could point at one of them."""

Cell = tuple[int, int]
Point = tuple[str, int]
"""A line of the table: ("row", 2)."""


def hidden_cells(
    counts: Sequence[Sequence[int]],
    *,
    sums_across: bool,
    sums_down: bool,
    least: int = SMALLEST_CELL,
) -> set[Cell]:
    """Which cells of a table (row, column) are not shown: the small ones, and what gives them away.

    `sums_across`: the cells of a row add up to a total somebody knows (the columns exclude each
    other and leave nothing out); `sums_down`: those of a column do. A known total is a cell like
    all others to whoever passes it in as the table's last line.
    """
    small = {(r, c) for r, row in enumerate(counts) for c, count in enumerate(row) if count < least}
    hidden = set(small)
    while (line := _open_line(counts, hidden, sums_across, sums_down, least)) is not None:
        hidden.add(min(line, key=lambda cell: (counts[cell[0]][cell[1]], cell)))
    return hidden


def _open_line(
    counts: Sequence[Sequence[int]],
    hidden: set[Cell],
    sums_across: bool,
    sums_down: bool,
    least: int,
) -> list[Cell] | None:
    """The shown cells of a line that gives a hidden one away (or hides too few people)."""
    for line in _lines(counts, sums_across, sums_down):
        inside = [cell for cell in line if cell in hidden]
        shown = [cell for cell in line if cell not in hidden]
        people = sum(counts[r][c] for r, c in inside)
        if inside and shown and (len(inside) == 1 or people < least):
            return shown
    if sums_across and sums_down:
        for r, c in sorted(bridges(hidden)):
            shown = [(r, j) for j in range(len(counts[r])) if (r, j) not in hidden]
            shown += [(i, c) for i in range(len(counts)) if (i, c) not in hidden]
            if shown:
                return shown
    return None


def _lines(counts: Sequence[Sequence[int]], sums_across: bool, sums_down: bool) -> list[list[Cell]]:
    wide = len(counts[0]) if counts else 0
    lines: list[list[Cell]] = []
    if sums_across:
        lines += [[(r, c) for c in range(wide)] for r in range(len(counts))]
    if sums_down:
        lines += [[(r, c) for r in range(len(counts))] for c in range(wide)]
    return lines


def bridges(hidden: set[Cell]) -> set[Cell]:
    """The hidden cells that lie on no circle of hidden cells: their counts follow from the sums."""
    beside: dict[Point, list[Point]] = {}
    for r, c in sorted(hidden):
        beside.setdefault(("row", r), []).append(("column", c))
        beside.setdefault(("column", c), []).append(("row", r))
    seen: dict[Point, int] = {}
    lowest: dict[Point, int] = {}
    found: set[Cell] = set()
    for start in beside:
        if start not in seen:
            _walk(start, beside, seen, lowest, found)
    return found


def _walk(
    start: Point,
    beside: dict[Point, list[Point]],
    seen: dict[Point, int],
    lowest: dict[Point, int],
    found: set[Cell],
) -> None:
    """Depth first, without recursion (R. Tarjan, 1974): an edge no later path goes around."""
    seen[start] = lowest[start] = len(seen)
    path: list[tuple[Point, Point | None, Iterator[Point]]] = [(start, None, iter(beside[start]))]
    while path:
        point, before, rest = path[-1]
        for other in rest:
            if other == before:
                continue
            if other in seen:
                lowest[point] = min(lowest[point], seen[other])
                continue
            seen[other] = lowest[other] = len(seen)
            path.append((other, point, iter(beside[other])))
            break
        else:
            path.pop()
            if before is not None:
                lowest[before] = min(lowest[before], lowest[point])
                if lowest[point] > seen[before]:
                    sides = dict([point, before])
                    found.add((sides["row"], sides["column"]))

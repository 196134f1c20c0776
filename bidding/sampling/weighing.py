"""Sheets weighed to known totals: which cell each is in, what it weighs, and a digest of it all.

Pure. A sheet that does not say where it stands in a margin keeps, with its like, the part of the
whole it has in the sample; the margin's totals share out the rest.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bidding.sampling.estimates import Sample, Sums
from bidding.sampling.frame import Answer, Frame
from bidding.sampling.raking import EmptyLevels, Raked, rake, sums


@dataclass(frozen=True)
class Group:
    """Levels that share one known total: their codes, and how many workers they are."""

    codes: tuple[str, ...]
    workers: int


@dataclass(frozen=True)
class Margin:
    """One margin with known totals: its code, the frame's column, its groups."""

    code: str
    column: str
    groups: tuple[Group, ...]


class Unweighable(ValueError):
    """Totals and sheets do not meet: (margin's code, codes, "nobody" | "unknown") each."""

    def __init__(self, found: list[tuple[str, tuple[str, ...], str]]) -> None:
        super().__init__(f"totals and sheets do not meet: {found}")
        self.found = found


@dataclass(frozen=True)
class Level:
    """One level as it came out: sheets in the sample, workers wanted, workers after weighing.

    Without codes it is the level of those who did not say.
    """

    codes: tuple[str, ...]
    sheets: int
    wanted: float
    raked: float


@dataclass(frozen=True)
class Weighed:
    """A frame with its weights. `where[i]` is the cell of sheet i; cells are `sample`'s.

    `kept` is for tables made from it: they are made once.
    """

    frame: Frame
    margins: tuple[Margin, ...]
    where: array[int]
    sample: Sample
    raked: Raked
    levels: tuple[tuple[Level, ...], ...] = field(default=())
    kept: dict[Any, Any] = field(default_factory=dict, compare=False)

    @property
    def is_weighted(self) -> bool:
        """Are there totals at all?"""
        return bool(self.margins)

    def pairs(self, *codes: str) -> list[tuple[int, tuple[Answer, ...], int]]:
        """(cell, what was said in these columns, how many sheets)."""
        words = [self.frame.values(code) for code in codes]
        columns = [self.frame.numbers(code) for code in codes]
        counted = Counter(zip(self.where, *columns, strict=True))
        return [
            (key[0], tuple(said[at] for said, at in zip(words, key[1:], strict=True)), many)
            for key, many in counted.items()
        ]

    def digest(self) -> str:
        """SHA-256 of every cell: its codes, its sheets, its weight to ten digits."""
        rows = sorted(
            [
                *[list(self.levels[m][level].codes) for m, level in enumerate(cell)],
                count,
                f"{weight:.10g}",
            ]
            for cell, count, weight in zip(
                self.sample.cells, self.sample.counts, self.sample.weights, strict=True
            )
        )
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    @property
    def largest(self) -> float:
        """The largest weight, in mean weights."""
        if not self.sample.n:
            return 0.0
        return max(self.sample.weights) * self.sample.n / self.sample.whole

    @property
    def design_effect(self) -> float:
        """n over Kish's effective n: how many times more sheets an equal weight would need."""
        return self.sample.n / self.sample.kish() if self.sample.n else 1.0


def weigh(
    frame: Frame, margins: Sequence[Margin], *, whole: int = 0, most: float | None = None
) -> Weighed:
    """The frame weighed to `whole` workers (0: as many as the first margin has).

    The totals of a margin are brought to the same whole. Without margins every sheet weighs the
    same. Raises Unweighable when a total has no sheet or a sheet no total.
    """
    numbered = [_levels(frame, margin) for margin in margins]
    keys = list(zip(*(column for column, _missing in numbered), strict=True))
    if not margins:
        keys = [()] * frame.n
    counted = Counter(keys)
    cells = sorted(counted)
    counts = [counted[cell] for cell in cells]
    place = {cell: at for at, cell in enumerate(cells)}
    where = array("I", [place[key] for key in keys])
    whole = whole or (sum(g.workers for g in margins[0].groups) if margins else frame.n)
    wanted = [
        _wanted(margin, missing, frame.n, whole)
        for margin, (_column, missing) in zip(margins, numbered, strict=True)
    ]
    if not cells:
        return Weighed(frame, (), where, Sample([], [], []), Raked((), 0, 0.0))
    try:
        raked = rake(cells, counts, wanted, most=most)
    except EmptyLevels as empty:
        raise Unweighable(
            [(margins[m].code, margins[m].groups[at].codes, "nobody") for m, at in empty.found]
        ) from empty
    weights = raked.weights if margins else (whole / frame.n,)
    found = (cells, counts, weights)
    levels = tuple(_came_out(one, wanted[m], m, found) for m, one in enumerate(margins))
    return Weighed(frame, tuple(margins), where, Sample(cells, counts, weights), raked, levels)


def _levels(frame: Frame, margin: Margin) -> tuple[list[int], int]:
    """Each sheet's level in the margin, and how many do not say it (the level after the last)."""
    known = {code: at for at, group in enumerate(margin.groups) for code in group.codes}
    last = len(margin.groups)
    values = frame.values(margin.column)
    strange = tuple(str(v) for v in values[1:] if str(v) not in known)
    if strange:
        raise Unweighable([(margin.code, strange, "unknown")])
    level = [last, *(known[str(value)] for value in values[1:])]
    column = [level[number] for number in frame.numbers(margin.column)]
    return column, column.count(last)


def _wanted(margin: Margin, missing: int, n: int, whole: int) -> list[float]:
    given = sum(group.workers for group in margin.groups)
    said = whole * (n - missing) / n if n else whole
    wanted = [said * group.workers / given for group in margin.groups] if given else []
    return wanted + ([whole * missing / n] if missing else [])


def _came_out(
    margin: Margin,
    wanted: Sequence[float],
    at: int,
    found: tuple[Sequence[tuple[int, ...]], Sequence[int], Sequence[float]],
) -> tuple[Level, ...]:
    cells, counts, weights = found
    people = sums(cells, counts, [1.0] * len(cells), at, len(wanted))
    raked = sums(cells, counts, weights, at, len(wanted))
    codes = [group.codes for group in margin.groups] + [()]
    return tuple(
        Level(own, int(sheets), goal, got)
        for own, sheets, goal, got in zip(codes, people, wanted, raked, strict=False)
    )


def shares_of(
    pairs: Iterable[tuple[int, tuple[Answer, ...], int]], lines: Callable[[Answer], Iterable[str]]
) -> tuple[dict[int, int], dict[str, dict[int, int]]]:
    """People who answered, by cell; and who said each line, by line and cell."""
    answered: dict[int, int] = defaultdict(int)
    said: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for cell, (answer,), many in pairs:
        if answer is None:
            continue
        answered[cell] += many
        for line in lines(answer):
            said[line][cell] += many
    return answered, said


def share_sums(answered: dict[int, int], took: dict[int, int]) -> Sums:
    """What `Sample.mean` takes for a share: a value of 1 for those who took the line."""
    return {cell: (a, took.get(cell, 0), took.get(cell, 0)) for cell, a in answered.items()}


def number_sums(numbers: Iterable[tuple[int, float, int]]) -> Sums:
    """What `Sample.mean` takes for numbers: (cell, number, how many said it)."""
    found: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for cell, number, many in numbers:
        own = found[cell]
        own[0] += many
        own[1] += many * number
        own[2] += many * number * number
    return {cell: (a, y, yy) for cell, (a, y, yy) in found.items()}

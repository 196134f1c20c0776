"""Rows of a survey made fit to be given away: nobody stands out, nobody is seen through.

Pure. Known facts about people (`keys`: place, line of work, age …) are coarsened, step by step,
until at least k rows agree in all of them, and rows that still stand out are kept back; so is a
group in which everybody answered some other question alike (fewer than l different answers).
Sources: L. Sweeney, “k-anonymity: a model for protecting privacy” (2002); A. Machanavajjhala and
others, “l-diversity: privacy beyond k-anonymity” (2007).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

K = 5
L = 2
ENOUGH = 0.95
"""Coarsening stops when this part of the rows can be given away."""

Row = tuple[str, ...]


@dataclass(frozen=True)
class Key:
    """A known fact: `steps[s][value]` is what a value becomes after step s (missing: itself).

    After the last step nothing is left of it.
    """

    name: str
    steps: tuple[dict[str, str], ...] = ()

    def coarse(self, value: str, step: int) -> str:
        """The value after so many steps."""
        if step > len(self.steps):
            return ""
        for mapping in self.steps[:step]:
            value = mapping.get(value, value)
        return value


@dataclass(frozen=True)
class Released:
    """The rows that may be given away, by their place in what came in.

    `keys[i]` are row i's coarsened facts; `steps` how often each fact was coarsened; `kept` the
    places of the rows that are given away, `n` of how many; k and l are what was reached.
    """

    kept: list[int]
    keys: list[Row]
    steps: dict[str, int]
    n: int
    k: int
    l: int  # noqa: E741  # the literature's letter
    groups: dict[Row, list[int]] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """Which part of the rows is given away."""
        return len(self.kept) / self.n if self.n else 0.0


def release(
    keys: Sequence[Key],
    known: Sequence[Row],
    told: Sequence[Row],
    *,
    k: int = K,
    l: int = L,  # noqa: E741  # the literature's letter
) -> Released:
    """Which rows may be given away, and with what left of their known facts.

    `known[i]` are row i's values for `keys`, `told[i]` its other answers. The fact whose
    coarsening saves most rows is coarsened first; of equals, the one that has most values left.
    """
    columns = [list(column) for column in zip(*known, strict=True)] or [[] for _key in keys]
    coarser = _Coarser(keys, columns)
    steps = [0] * len(keys)
    while coarser.safe(steps, k) < ENOUGH * len(known):
        options = [
            (
                coarser.safe([*steps[:at], step + 1, *steps[at + 1 :]], k),
                len(set(coarser.column(at, step))),
                -at,
            )
            for at, (key, step) in enumerate(zip(keys, steps, strict=True))
            if step <= len(key.steps)
        ]
        if not options:
            break
        steps[-max(options)[2]] += 1
    coarse: list[Row] = coarser.rows(steps) if keys else [()] * len(known)
    groups: dict[Row, list[int]] = defaultdict(list)
    for place, row in enumerate(coarse):
        groups[row].append(place)
    safe = {key: own for key, own in groups.items() if len(own) >= k and _variety(own, told) >= l}
    kept = sorted(place for own in safe.values() for place in own)
    return Released(
        kept=kept,
        keys=coarse,
        steps={key.name: step for key, step in zip(keys, steps, strict=True)},
        n=len(known),
        k=min((len(own) for own in safe.values()), default=0),
        l=min((_variety(own, told) for own in safe.values()), default=0),
        groups=safe,
    )


class _Coarser:
    """The known facts by columns, each coarsened once for each step."""

    def __init__(self, keys: Sequence[Key], columns: list[list[str]]) -> None:
        self._keys, self._columns = keys, columns
        self._made: dict[tuple[int, int], list[str]] = {}

    def column(self, at: int, step: int) -> list[str]:
        """One fact of all rows after so many steps."""
        if (at, step) not in self._made:
            words = {value: self._keys[at].coarse(value, step) for value in set(self._columns[at])}
            self._made[at, step] = [words[value] for value in self._columns[at]]
        return self._made[at, step]

    def rows(self, steps: Sequence[int]) -> list[Row]:
        """All facts, row by row, after these steps."""
        return list(zip(*(self.column(at, step) for at, step in enumerate(steps)), strict=True))

    def safe(self, steps: Sequence[int], k: int) -> int:
        """How many rows stand in groups of at least k after these steps."""
        groups = Counter(zip(*(self.column(at, s) for at, s in enumerate(steps)), strict=True))
        return sum(many for many in groups.values() if many >= k)


def _variety(places: Sequence[int], told: Sequence[Row]) -> int:
    """The fewest different answers any other question has within the group."""
    if not told or not told[0]:
        return len(places)
    own = [told[place] for place in places]
    return min(len(set(column)) for column in zip(*own, strict=True))


def bands(values: Sequence[int], width: int) -> dict[str, str]:
    """Numbers to bands of a width: {"37": "30–39"} for ten."""
    found = {}
    for value in values:
        low = value // width * width
        found[str(value)] = f"{low}–{low + width - 1}"
    return found

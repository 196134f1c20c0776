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
    steps = [0] * len(keys)
    rows = Counter(known)
    while _safe(keys, rows, steps, k) < ENOUGH * len(known):
        options = [
            (
                _safe(keys, rows, [*steps[:at], step + 1, *steps[at + 1 :]], k),
                len({key.coarse(row[at], step) for row in rows}),
                -at,
            )
            for at, (key, step) in enumerate(zip(keys, steps, strict=True))
            if step <= len(key.steps)
        ]
        if not options:
            break
        steps[-max(options)[2]] += 1
    coarse = {row: _coarse(keys, row, steps) for row in rows}
    groups: dict[Row, list[int]] = defaultdict(list)
    for place, row in enumerate(known):
        groups[coarse[row]].append(place)
    safe = {key: own for key, own in groups.items() if len(own) >= k and _variety(own, told) >= l}
    kept = sorted(place for own in safe.values() for place in own)
    return Released(
        kept=kept,
        keys=[coarse[row] for row in known],
        steps={key.name: step for key, step in zip(keys, steps, strict=True)},
        n=len(known),
        k=min((len(own) for own in safe.values()), default=0),
        l=min((_variety(own, told) for own in safe.values()), default=0),
        groups=safe,
    )


def _coarse(keys: Sequence[Key], row: Row, steps: Sequence[int]) -> Row:
    return tuple(key.coarse(value, step) for key, value, step in zip(keys, row, steps, strict=True))


def _safe(keys: Sequence[Key], rows: Counter[Row], steps: Sequence[int], k: int) -> int:
    """How many rows stand in groups of at least k after these steps."""
    groups: Counter[Row] = Counter()
    for row, many in rows.items():
        groups[_coarse(keys, row, steps)] += many
    return sum(many for many in groups.values() if many >= k)


def _variety(places: Sequence[int], told: Sequence[Row]) -> int:
    """The fewest different answers any other question has within the group."""
    if not told or not told[0]:
        return len(places)
    return min(len({told[place][at] for place in places}) for at in range(len(told[0])))


def bands(values: Sequence[int], width: int) -> dict[str, str]:
    """Numbers to bands of a width: {"37": "30–39"} for ten."""
    found = {}
    for value in values:
        low = value // width * width
        found[str(value)] = f"{low}–{low + width - 1}"
    return found

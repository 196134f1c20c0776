"""Money shared out among lots by how many workers stand behind each. Pure."""

from __future__ import annotations

from collections.abc import Sequence

STEP_FEN = 1_000 * 100
"""Amounts people can say: whole thousands of yuan."""


def apportion(total_fen: int, weights: Sequence[int], step_fen: int = STEP_FEN) -> list[int]:
    """`total_fen` in proportion to `weights`, in whole steps; the parts sum to it exactly.

    Largest remainders first (Hamilton), the earlier before the later; each part gets at least one
    step. What is no whole step goes to the largest part. Raises ValueError where the money does
    not suffice for a step each.
    """
    if not weights:
        return []
    steps = total_fen // step_fen
    spare = steps - len(weights)
    if spare < 0:
        raise ValueError("not a step for each")
    given = [max(weight, 0) for weight in weights]
    given = given if sum(given) else [1] * len(weights)
    shares = [divmod(spare * weight, sum(given)) for weight in given]
    parts = [1 + whole for whole, _rest in shares]
    order = sorted(range(len(parts)), key=lambda place: (-shares[place][1], place))
    for place in order[: steps - sum(parts)]:
        parts[place] += 1
    found = [part * step_fen for part in parts]
    found[found.index(max(found))] += total_fen - sum(found)
    return found

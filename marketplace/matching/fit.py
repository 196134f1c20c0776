"""How well proposals fit a buyer: points out of a hundred, each with the reason it is for. Pure.

Each reason is a share from 0 to 1 of every proposal; the buyer's weights say how much a whole one
counts. Nothing is a condition: a proposal that lacks a reason stands lower, never out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NEEDS, PLACE, AUDIENCE, HISTORY = "needs", "place", "audience", "history"
TEXT, PRICE, RECORD, SCORE = "text", "price", "record", "score"

DEFAULTS: dict[str, int] = {
    NEEDS: 30,
    PLACE: 15,
    AUDIENCE: 5,
    HISTORY: 10,
    TEXT: 10,
    PRICE: 10,
    RECORD: 5,
    SCORE: 15,
}
"""What a whole reason counts, until a buyer says otherwise: a hundred in all."""

MOST = 100
"""The greatest weight of one reason."""

EVERYWHERE = 0.5
"""A need of the whole city counts half of one in the buyer's own district."""

WORKS_HERE, NAMES_NO_PLACE, OFFICE_HERE = 0.75, 0.4, 0.25
"""Of the place: the work is here; it could be here; the organisation need not travel."""

NO_RECORD = 0.5
"""Who has finished nothing yet stands in the middle: neither trusted nor blamed."""


def against_best(amounts: Floats) -> Floats:
    """Each as a share of the greatest."""
    most = float(amounts.max()) if len(amounts) else 0.0
    return amounts / most if most > 0 else np.zeros(len(amounts))


def of_place(works_here: Floats, names_none: Floats, office_here: Floats) -> Floats:
    """Working here counts most; naming no place leaves it open; an office here saves travel."""
    work = np.where(works_here > 0, WORKS_HERE, np.where(names_none > 0, NAMES_NO_PLACE, 0.0))
    return np.asarray(work + OFFICE_HERE * (office_here > 0), dtype=np.float64)


def of_price(asked: Floats, free: int) -> Floats:
    """The share of what is asked that the buyer could pay alone."""
    return np.minimum(1.0, max(free, 0) / np.maximum(asked, 1))


def of_record(grades: Iterable[float | None]) -> Floats:
    """Mean final score of an organisation's closed projects, out of a hundred; None: there are
    none."""
    return np.array([NO_RECORD if grade is None else grade / 100 for grade in grades])


def points(shares: Mapping[str, Floats], weights: Mapping[str, int]) -> dict[str, Floats]:
    """The points of each reason, so that all reasons whole make a hundred."""
    total = sum(weights.values())
    if total <= 0:
        raise ValueError("some weight has to count")
    return {name: 100 * weights[name] / total * shares[name] for name in weights}


def order_of(total: Floats, ranks: NDArray[np.int64], ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Best fit first; of equal ones (to a thousandth) the better rank, then the older."""
    return np.asarray(np.lexsort((ids, ranks, -np.round(total, 3))), dtype=np.int64)

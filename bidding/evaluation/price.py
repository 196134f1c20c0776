"""Points for the price, by the formula of public procurement in China. Pure.

Source: Ministry of Finance, decree 87 (2017), Measures for tendering in government procurement of
goods and services, article 55: among the bids that meet the requirements the lowest price is the
yardstick and earns full points; every other earns yardstick ÷ own price × 100, times the weight;
no price, however high or low, is left out. Article 57: equal scores are decided by the lower price.
The same decree gives the price at least ten percent of the weight where services are bought;
document 214 (2014) of the ministry, article 24, at most thirty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any


def price_points(prices: Mapping[str, int]) -> dict[str, Fraction]:
    """{bid: price in fen} of one lot → {bid: points of the full 100}, exact.

    Raises ValueError for a price that is not positive: nobody works for nothing here.
    """
    for bid, fen in prices.items():
        if fen <= 0:
            raise ValueError(f"the price of {bid} is {fen}")
    lowest = min(prices.values(), default=0)
    return {bid: Fraction(100 * lowest, fen) for bid, fen in prices.items()}


def points_by_lot(bids: Iterable[tuple[str, str, int]]) -> dict[str, Fraction]:
    """The same for bids (bid, its lot, price in fen) of several lots, each measured by its own."""
    lots: dict[str, dict[str, int]] = {}
    for bid, lot, fen in bids:
        lots.setdefault(lot, {})[bid] = fen
    return {bid: points for prices in lots.values() for bid, points in price_points(prices).items()}


def price_parts(inputs: Mapping[str, Any]) -> dict[str, Fraction]:
    """What the price adds to each proposal's score, in ten-thousandths of the full 100; nothing
    where no criterion of the frozen `inputs` is `by_price`."""
    weight = sum(row["weight"] for row in inputs["criteria"] if row.get("by_price"))
    if not weight:
        return {}
    bids = [(one["key"], one["lot"], one["price_fen"]) for one in inputs["proposals"]]
    return {bid: points * weight * 100 for bid, points in points_by_lot(bids).items()}

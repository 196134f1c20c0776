"""Counting working days: pure, given what tells a working day from a day off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Working = Callable[[dt.date], bool]

DAY = dt.timedelta(days=1)


def nth_after(start: dt.date, n: int, working: Working) -> dt.date:
    """The nth working day after `start`, which itself does not count (n = 0: `start`)."""
    if n < 0:
        raise ValueError("working days are counted forwards")
    day = start
    while n:
        day += DAY
        n -= working(day)
    return day


def last_of(first: dt.date, n: int, working: Working) -> dt.date:
    """The last day of a period of `n` working days that begins with `first`, which counts."""
    if n < 1:
        raise ValueError("a period has at least one working day")
    return nth_after(first - DAY, n, working)


def count(first: dt.date, last: dt.date, working: Working) -> int:
    """How many working days there are from `first` to `last`, both counted."""
    days = (last - first).days + 1
    return sum(working(first + DAY * place) for place in range(max(days, 0)))

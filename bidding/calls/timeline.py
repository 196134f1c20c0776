"""The dates of a call: proposed backwards from its closing, and checked against its rules. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Working = Callable[[dt.date], bool]

DAY = dt.timedelta(days=1)
MORNING, EVENING = dt.time(9), dt.time(17)
FURTHEST = 60
"""No holiday is longer: a calendar that knows no working day in so many days is broken."""


@dataclass(frozen=True)
class Dates:
    """The three moments of a call."""

    opens_at: dt.datetime
    questions_until: dt.datetime
    closes_at: dt.datetime


def working_from(day: dt.date, working: Working, step: int = 1) -> dt.date:
    """`day` if it is worked, else the next that is (or, with step −1, the one before)."""
    for _turn in range(FURTHEST):
        if working(day):
            return day
        day += step * DAY
    raise ValueError("the calendar knows no working day")


def propose(
    closes_on: dt.date,
    rules: Mapping[str, int | None],
    working: Working,
    *,
    zone: dt.tzinfo,
    earliest: dt.date,
) -> Dates:
    """Dates for a call that is to close about `closes_on`, all on working days.

    It closes that day, or on the next working day; it opens as long before as is planned (never
    shorter than the rules allow, unless `earliest` forbids it), and questions end as early as the
    rules ask.
    """
    closes = working_from(closes_on, working)
    window = max(rules["planned_days"] or 0, rules["window_days"] or 0)
    # a morning so many days before an evening is never less than so many days before
    opens = working_from(closes - window * DAY, working, -1)
    opens = opens if opens >= earliest else working_from(earliest, working)
    questions = working_from(closes - (rules["questions_days"] or 0) * DAY, working, -1)
    return Dates(
        dt.datetime.combine(opens, MORNING, zone),
        dt.datetime.combine(questions, EVENING, zone),
        dt.datetime.combine(closes, EVENING, zone),
    )


def shortest_closing(now: dt.datetime, closes_at: dt.datetime, days: int | None) -> dt.datetime:
    """When a call closes whose words change `now`: not less than `days` days from now.

    The hour of the day stays; a closing that is late enough stays as it is.
    """
    earliest = now + (days or 0) * DAY
    if closes_at >= earliest:
        return closes_at
    # rounded up to whole days of 24 hours, so that the hour stays what people remember
    return closes_at + -((closes_at - earliest) // DAY) * DAY

"""Which days are worked, by the table; a year that is not in it counts Monday to Friday, loudly."""

from __future__ import annotations

import datetime as dt
import logging

from foundation import clock
from foundation.workdays import arithmetic
from foundation.workdays.models import CalendarYear, SpecialDay

log = logging.getLogger(__name__)


class WorkingCalendar:
    """The table as one computation sees it: a year is read when it is first needed, once."""

    def __init__(self) -> None:
        self.special: dict[dt.date, bool] = {}
        self.years: set[int] = set()
        self.missing: set[int] = set()

    def __call__(self, day: dt.date) -> bool:
        """Is `day` worked?"""
        if day.year not in self.years:
            self._read(day.year)
        return self.special.get(day, day.weekday() < 5)

    def _read(self, year: int) -> None:
        """Read this year and the next, which a period at its end runs into."""
        known = set(
            CalendarYear.objects.filter(year__in=(year, year + 1)).values_list("year", flat=True)
        )
        self.special.update(
            SpecialDay.objects.filter(day__year__gte=year, day__year__lte=year + 1).values_list(
                "day", "working"
            )
        )
        self.years |= known | {year}
        if year not in known:
            self.missing.add(year)
            log.warning(
                "no official calendar for %s: its working days are counted Monday to Friday", year
            )


def is_working_day(day: dt.date) -> bool:
    """Do offices work on `day`?"""
    return WorkingCalendar()(day)


def add_working_days(start: dt.date, n: int, works: WorkingCalendar | None = None) -> dt.date:
    """The nth working day after `start`, which itself does not count. Whoever asks for many gives
    the calendar along, so that it is read once."""
    return arithmetic.nth_after(start, n, works or WorkingCalendar())


def end_of_period(first: dt.date, n: int) -> dt.date:
    """The last day of a period of `n` working days that begins with `first`, which counts."""
    return arithmetic.last_of(first, n, WorkingCalendar())


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days there are from `first` to `last`, both counted."""
    return arithmetic.count(first, last, WorkingCalendar())


def missing_years(first: dt.date | None = None, last: dt.date | None = None) -> list[int]:
    """The years from `first` to `last` whose official calendar is not in the table.

    Without dates: this year, and from November on (when the State Council publishes it) the next.
    """
    today = clock.today()
    begin = first or today
    end = last or (dt.date(today.year + 1, 1, 1) if today.month >= 11 else begin)
    asked = range(begin.year, max(begin, end).year + 1)
    known = CalendarYear.objects.filter(year__in=asked).values_list("year", flat=True)
    return sorted(set(asked) - set(known))

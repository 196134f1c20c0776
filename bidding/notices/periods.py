"""How long one may object and complain, by the rules of the call, and until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bidding.calls.rulebook import BOOK
from foundation import clock
from foundation.workdays.queries import WorkingCalendar, add_working_days

if TYPE_CHECKING:
    from bidding.calls.models import Call
    from bidding.notices.models import Notice, Objection


def last_day_to_object(
    notice: Notice, known_on: dt.date, works: WorkingCalendar | None = None
) -> dt.date:
    """The end of the notice period, or of the working days of knowing: whichever is later.

    Everybody is taken to know at the latest when the notice period ends.
    """
    known_by = min(known_on, notice.last_day)
    return max(notice.last_day, add_working_days(known_by, notice.call.knowing_days, works))


def time_of_knowing(call: Call) -> str:
    """How long one may object after learning of something, as people say it."""
    return BOOK["knowing_days"].said(call.knowing_days)


def last_day_to_complain(objection: Objection) -> dt.date:
    """The last day on which a complaint against the answer given is taken."""
    assert objection.answered_at is not None
    return add_working_days(day_of(objection.answered_at), objection.notice.call.complaint_days)


def day_of(moment: dt.datetime) -> dt.date:
    """The day a moment falls on in Shanghai."""
    return moment.astimezone(clock.SHANGHAI).date()


def morning_of(day: dt.date, hour: int = 0) -> dt.datetime:
    """A full hour of a day in Shanghai; its first moment, unless told otherwise."""
    return dt.datetime.combine(day, dt.time(hour), clock.SHANGHAI)

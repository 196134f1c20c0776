"""How long one may object and complain, and until when either is answered."""

from __future__ import annotations

import datetime as dt

from foundation import clock
from foundation.workdays.queries import add_working_days

KNOWING_DAYS = 7
"""Working days within which an objection is taken after one learned of its ground."""

COMPLAINT_DAYS = 15
"""Days after a dismissal within which a complaint against it is taken."""

DECISION_DAYS = 30
"""Days within which a complaint is decided."""

REMINDER_DAYS = 2
"""So many days before an answer is due, who has to give it is reminded."""


def last_day_to_object(last_day: dt.date, known_on: dt.date) -> dt.date:
    """The end of the notice period, or of seven working days of knowing: whichever is later.

    Everybody is taken to know at the latest when the notice period ends.
    """
    return max(last_day, add_working_days(min(known_on, last_day), KNOWING_DAYS))


def last_day_to_complain(answered_at: dt.datetime) -> dt.date:
    """The last day on which a complaint against a dismissal is taken."""
    return day_of(answered_at) + dt.timedelta(days=COMPLAINT_DAYS)


def day_of(moment: dt.datetime) -> dt.date:
    """The day a moment falls on in Shanghai."""
    return moment.astimezone(clock.SHANGHAI).date()


def morning_of(day: dt.date, hour: int = 0) -> dt.datetime:
    """A full hour of a day in Shanghai; its first moment, unless told otherwise."""
    return dt.datetime.combine(day, dt.time(hour), clock.SHANGHAI)

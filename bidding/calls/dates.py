"""A call's time line as an officer sees it: each date, what fixes it, and what to think about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bidding.calls.models import Call
from bidding.calls.rule_operations import rule_set
from bidding.calls.rulebook import BOOK
from bidding.calls.timeline import Dates, propose, working_from
from foundation import clock
from foundation.workdays.arithmetic import nth_after
from foundation.workdays.queries import WorkingCalendar

Row = dict[str, Any]


def proposed_dates(kind: str, closes_on: dt.date | None = None) -> Dates:
    """Dates for a new call, counted backwards from its closing; as soon as may be, unless said."""
    rules = rule_set(kind)
    tomorrow = clock.today() + dt.timedelta(days=1)
    window = max(rules["planned_days"] or 0, rules["window_days"] or 0)
    calendar = WorkingCalendar()
    soonest = working_from(tomorrow, calendar) + dt.timedelta(days=window)
    day = closes_on or soonest
    return propose(day, rules, calendar, zone=clock.SHANGHAI, earliest=tomorrow)


class TimeLine:
    """One call's days, looked up in one calendar."""

    def __init__(self, call: Call) -> None:
        self.call, self.calendar = call, WorkingCalendar()

    def stated(self) -> list[Row]:
        """The days the call states, and the last one on which its words change freely."""
        rows: list[Row] = [{"title": title, "at": at} for title, at in self._stated()]
        if days := self.call.amend_days:
            title = _("Until here its words change without moving the closing")
            rows.append({"title": title, "at": self.call.closes_at - dt.timedelta(days=days)})
        now = clock.now()
        for row in rows:
            row["state"] = "done" if row["at"] <= now else ""
        return sorted(rows, key=lambda row: row["at"])

    def rows(self) -> list[Row]:
        """The same with days off said, and what follows from its rules."""
        rows = self.stated()
        for row in rows:
            row["text"] = "" if self._is_worked(row["at"]) else _("A day off.")
        return rows + self._afterwards()

    def _stated(self) -> list[tuple[str, dt.datetime]]:
        return [
            (_("The call opens"), self.call.opens_at),
            (_("Questions end"), self.call.questions_until),
            (_("The call closes"), self.call.closes_at),
        ]

    def _is_worked(self, moment: dt.datetime) -> bool:
        return self.calendar(_day(moment))

    def _afterwards(self) -> list[Row]:
        """What can follow the closing at the earliest, were nobody to lose a day."""
        call = self.call
        cured = nth_after(_day(call.closes_at), call.cure_days, self.calendar)
        last = nth_after(cured, 1 + call.notice_days, self.calendar)
        ends = (
            (_("Faults found in screening are cured"), cured, "cure_days"),
            (_("The notice period ends"), last, "notice_days"),
        )
        return [
            {
                "title": title,
                "on": day,
                "text": _("At the earliest: %(count)s.")
                % {"count": BOOK[code].said(getattr(call, code))},
            }
            for title, day, code in ends
        ]

    def advice(self) -> list[str]:
        """What does not forbid the dates but deserves a thought, a sentence each."""
        return [
            _("%(what)s on %(day)s, a day off; %(next)s is the next working day.")
            % {
                "what": what,
                "day": date_format(_day(at), "DATE_FORMAT"),
                "next": date_format(working_from(_day(at), self.calendar), "DATE_FORMAT"),
            }
            for what, at in self._stated()
            if not self._is_worked(at)
        ]

    def years_unknown(self) -> list[int]:
        """Years that the dates touch and whose official calendar is not in the table."""
        self.rows()
        return sorted(self.calendar.missing)


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.SHANGHAI).date()

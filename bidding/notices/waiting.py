"""What waits for a person in this room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.notices.queries import objections_open, objections_visible_to
from foundation import clock
from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row


def looks_for(person: Any) -> list[Look]:
    """For officers: open objections, due at the end of the day they must be answered by."""
    if not is_officer.test(person, None):
        return []
    rows = objections_open(objections_visible_to(person))
    return [Look(rows, _objection, title="proposal__title", on="answer_due_on")]


def _objection(row: Row) -> Waiting:
    return Waiting(
        _("Answer the objection to “%(proposal)s”") % {"proposal": row.title},
        reverse("notices:objection", args=[row.pk]),
        due_at=_end_of(row.on),
        kind="notices",
    )


def _end_of(day: dt.date | None) -> dt.datetime | None:
    """The last moment of a day in Shanghai."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), clock.SHANGHAI) if day else None

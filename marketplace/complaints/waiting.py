"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row
from marketplace.complaints.queries import not_accusing
from marketplace.complaints.states import ComplaintState


def looks_for(person: Any) -> list[Look]:
    """For officers: complaints nobody has taken in hand, and those they have to answer."""
    if not is_officer.test(person, None):
        return []
    rows = not_accusing(person).order_by("due_on", "pk")
    new = rows.filter(state=ComplaintState.RECEIVED)
    mine = rows.filter(state=ComplaintState.IN_HAND, taken_by=person)
    return [
        Look(new, _new, title="number", on="due_on", most=10),
        Look(mine, _mine, title="number", on="due_on", most=10),
    ]


def _new(row: Row) -> Waiting:
    return _waiting(_("Take complaint %(number)s in hand"), row)


def _mine(row: Row) -> Waiting:
    return _waiting(_("Answer complaint %(number)s"), row)


def _waiting(words: str, row: Row) -> Waiting:
    assert row.on is not None
    return Waiting(
        words % {"number": row.title},
        reverse("complaints:complaint", args=[row.pk]),
        due_at=dt.datetime.combine(row.on, dt.time(23, 59), clock.SHANGHAI),
        kind="complaints",
    )

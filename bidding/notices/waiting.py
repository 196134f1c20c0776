"""What waits for a person in this room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.notices.queries import objections_open, objections_visible_to
from bidding.notices.states import ObjectionState
from foundation import clock
from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row


def looks_for(person: Any) -> list[Look]:
    """For an officer: what was given to them or to nobody, and all that nobody answered in time."""
    if not is_officer.test(person, None):
        return []
    rows = objections_open(objections_visible_to(person))
    theirs = Q(assigned_to=person.pk) | Q(assigned_to=None) | Q(waits_until__lt=clock.today())
    given = rows.filter(theirs)
    return [
        Look(
            given.filter(state=ObjectionState.OPEN),
            _objection,
            title="proposal__title",
            on="answer_due_on",
        ),
        Look(
            given.filter(state=ObjectionState.COMPLAINED).exclude(answered_by=person.pk),
            _complaint,
            title="proposal__title",
            on="decision_due_on",
        ),
    ]


def _objection(row: Row) -> Waiting:
    return Waiting(
        _("Answer the objection to “%(proposal)s”") % {"proposal": row.title},
        reverse("notices:objection", args=[row.pk]),
        due_at=_end_of(row.on),
        kind="notices",
    )


def _complaint(row: Row) -> Waiting:
    return Waiting(
        _("Decide the complaint about “%(proposal)s”") % {"proposal": row.title},
        reverse("notices:objection", args=[row.pk]),
        due_at=_end_of(row.on),
        kind="notices",
    )


def _end_of(day: dt.date | None) -> dt.datetime | None:
    """The last moment of a day in Shanghai."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), clock.SHANGHAI) if day else None

"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row
from marketplace.matching.queries import calls_to_allocate
from marketplace.matching.states import RunState


def looks_for(person: Any) -> list[Look]:
    """For officers: rankings whose money has not been shared out."""
    if not is_officer.test(person):
        return []
    calls = calls_to_allocate(person).exclude(runs__state=RunState.CONFIRMED)
    return [Look(calls, _call, title="title", key="number")]


def _call(row: Row) -> Waiting:
    return Waiting(
        _("Share out the money of “%(call)s”") % {"call": row.title},
        reverse("matching:runs", args=[row.key]),
        kind="matching",
    )

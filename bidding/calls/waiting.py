"""What waits for a person in this room."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls.models import Call, Clarification
from bidding.calls.states import CallState
from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row


def looks_for(person: Any) -> list[Look]:
    """For officers: questions without an answer (due at the closing), and drafts to publish."""
    if not is_officer.test(person, None):
        return []
    questions = Clarification.objects.filter(answered_at=None, call__state=CallState.PUBLISHED)
    drafts = Call.objects.filter(state=CallState.DRAFT).order_by("opens_at")
    return [
        Look(
            questions.order_by("call__closes_at", "pk"),
            _question,
            key="call__number",
            at="call__closes_at",
        ),
        Look(drafts, _draft, title="title", key="number", at="opens_at", most=10),
    ]


def _question(row: Row) -> Waiting:
    return Waiting(
        _("Answer a question about %(number)s") % {"number": row.key},
        reverse("calls:questions", args=[row.key]),
        due_at=row.at,
        kind="calls",
    )


def _draft(row: Row) -> Waiting:
    return Waiting(
        _("Finish and publish the call “%(call)s”") % {"call": row.title},
        reverse("calls:manage", args=[row.key]),
        due_at=row.at,
        kind="calls",
    )

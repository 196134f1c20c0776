"""What waits for a person in this room."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls.models import Call, Clarification
from bidding.calls.states import CallState
from foundation.http import Waiting
from foundation.people.rules import is_officer


def waiting_for(person: Any) -> list[Waiting]:
    """For officers: questions without an answer (due at the closing), and drafts to publish."""
    if not is_officer.test(person, None):
        return []
    questions = (
        Clarification.objects.filter(answered_at=None, call__state=CallState.PUBLISHED)
        .select_related("call")
        .order_by("call__closes_at", "pk")[:20]
    )
    drafts = Call.objects.filter(state=CallState.DRAFT).order_by("opens_at")[:10]
    return [
        Waiting(
            _("Answer a question about %(number)s") % {"number": clarification.call.number},
            reverse("calls:questions", args=[clarification.call.number]),
            due_at=clarification.call.closes_at,
            kind="calls",
        )
        for clarification in questions
    ] + [
        Waiting(
            _("Finish and publish the call “%(call)s”") % {"call": call},
            reverse("calls:manage", args=[call.number]),
            due_at=call.opens_at,
            kind="calls",
        )
        for call in drafts
    ]

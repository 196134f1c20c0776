"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls.states import CallState
from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row
from marketplace.awards.models import Award
from marketplace.awards.states import AwardState
from marketplace.matching.models import AllocationRun
from marketplace.matching.states import RunState


def looks_for(person: Any) -> list[Look]:
    """For officers: results to publish, and standing awards to draw agreements up for."""
    if not is_officer.test(person):
        return []
    unpublished = AllocationRun.objects.filter(
        state=RunState.CONFIRMED, call__decided_at=None, call__state=CallState.PUBLISHED
    )
    standing = Award.objects.filter(state=AwardState.ACTIVE, agreement=None)
    return [
        Look(unpublished, _result, title="call__title", key="call__number"),
        Look(standing.order_by("activated_at"), _award, title="proposal__title"),
    ]


def _result(row: Row) -> Waiting:
    return Waiting(
        _("Publish the result of “%(call)s”") % {"call": row.title},
        reverse("matching:runs", args=[row.key]),
        kind="awards",
    )


def _award(row: Row) -> Waiting:
    return Waiting(
        _("Draw up the agreement for “%(proposal)s”") % {"proposal": row.title},
        reverse("agreements:draw_up_agreement", args=[row.pk]),
        kind="awards",
    )

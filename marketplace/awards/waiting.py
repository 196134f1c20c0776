"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.http import Waiting
from foundation.people.rules import is_officer
from marketplace.awards.models import Award
from marketplace.awards.states import AwardState
from marketplace.matching.models import AllocationRun
from marketplace.matching.states import RunState


def waiting_for(person: Any) -> list[Waiting]:
    """For officers: results to publish, and standing awards to draw agreements up for."""
    if not is_officer.test(person):
        return []
    unpublished = AllocationRun.objects.filter(
        state=RunState.CONFIRMED, call__decided_at=None
    ).select_related("call")
    standing = Award.objects.filter(state=AwardState.ACTIVE, agreement=None)
    return [
        Waiting(
            _("Publish the result of “%(call)s”") % {"call": run.call},
            reverse("matching:runs", args=[run.call.number]),
            kind="awards",
        )
        for run in unpublished[:20]
    ] + [
        Waiting(
            _("Draw up the agreement for “%(proposal)s”") % {"proposal": award.proposal},
            reverse("agreements:draw_up_agreement", args=[award.pk]),
            kind="awards",
        )
        for award in standing.select_related("proposal").order_by("activated_at")[:20]
    ]

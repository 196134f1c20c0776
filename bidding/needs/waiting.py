"""What waits for a person in this room."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.needs.models import Need, Survey
from bidding.needs.states import NeedState, SurveyState
from foundation.http import Waiting
from foundation.people.rules import is_officer


def waiting_for(person: Any) -> list[Waiting]:
    """For officers: closed surveys without public results, and needs that are drafts."""
    if not is_officer.test(person, None):
        return []
    surveys = Survey.objects.filter(state=SurveyState.CLOSED).order_by("closes_at")[:10]
    drafts = Need.objects.filter(state=NeedState.DRAFT).count()
    waiting = [
        Waiting(
            _("Draw up needs from “%(survey)s” and publish its results") % {"survey": survey},
            reverse("needs:manage", args=[survey.slug]),
            kind="needs",
        )
        for survey in surveys
    ]
    if drafts:
        waiting.append(
            Waiting(
                _("Needs drawn up and not published: %(count)d") % {"count": drafts},
                reverse("needs:desk"),
                kind="needs",
            )
        )
    return waiting

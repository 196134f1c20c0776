"""What waits for a person in this room."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.needs.models import Need, Survey
from bidding.needs.states import NeedState, SurveyState
from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row


def looks_for(person: Any) -> list[Look]:
    """For officers: closed surveys without public results, and needs that are drafts."""
    if not is_officer.test(person, None):
        return []
    surveys = Survey.objects.filter(state=SurveyState.CLOSED).order_by("closes_at")
    drafts = Need.objects.filter(state=NeedState.DRAFT).order_by()
    return [
        Look(surveys, _survey, title="title", key="slug", most=10),
        Look(drafts.values("state").annotate(drafts=Count("pk")), _drafts, count="drafts", most=0),
    ]


def _survey(row: Row) -> Waiting:
    return Waiting(
        _("Draw up needs from “%(survey)s” and publish its results") % {"survey": row.title},
        reverse("needs:manage", args=[row.key]),
        kind="needs",
    )


def _drafts(row: Row) -> Waiting:
    return Waiting(
        _("Needs drawn up and not published: %(count)d") % {"count": row.count},
        reverse("needs:desk"),
        kind="needs",
    )

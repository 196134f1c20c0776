"""Reminding people of milestones before they are due, and when they are late."""

from __future__ import annotations

import datetime as dt

from foundation import clock
from foundation.due.operations import handles, schedule_each
from foundation.notifications.operations import path_to, tell
from foundation.organisations.queries import officers_of
from marketplace.delivery import kinds as _kinds  # noqa: F401  # the words are registered
from marketplace.delivery.models import Milestone
from marketplace.delivery.states import MilestoneState, ProjectState

NEAR = 7
"""Days before a milestone is due that its organisation is reminded."""


def remind(milestones: list[Milestone]) -> None:
    """Have people reminded at nine in the morning, before and after, of what is not past yet."""
    moments = {}
    for milestone in milestones:
        days = {"near": milestone.due_on - dt.timedelta(days=NEAR)}
        days["late"] = milestone.due_on + dt.timedelta(days=1)
        for when, day in days.items():
            moment = dt.datetime.combine(day, dt.time(9), clock.SHANGHAI)
            if moment > clock.now():
                facts = {"milestone": milestone.pk, "when": when}
                moments[f"milestone_{when}:{milestone.pk}"] = (moment, facts)
    schedule_each("remind_milestone", moments)


@handles("remind_milestone")
def _milestone_is_due(*, milestone: int, when: str) -> None:
    """A milestone comes near, or was due yesterday and is not reported: its people are told."""
    subject = Milestone.objects.select_related("project__organisation", "project__buyer").get(
        pk=milestone
    )
    project = subject.project
    if project.state != ProjectState.RUNNING or not subject.may_become(MilestoneState.REPORTED):
        return
    people = [*officers_of(project.organisation)]
    if when == "late":
        people += officers_of(project.buyer)
    tell(
        people,
        f"milestone_{when}",
        url=path_to("delivery:project", project.pk),
        milestone=str(subject),
        project=str(project),
        due_on=subject.due_on,
    )

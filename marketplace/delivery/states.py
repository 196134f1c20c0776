"""What a project and a milestone can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.states import Machine


class ProjectState(models.TextChoices):
    """A project runs until it is closed with a grade, or broken off."""

    RUNNING = "running", _("running")
    CLOSED = "closed", pgettext_lazy("project", "closed")
    TERMINATED = "terminated", _("terminated")


class MilestoneState(models.TextChoices):
    """What is due: reported by the organisation, accepted or returned by the buyer."""

    PLANNED = "planned", _("planned")
    REPORTED = "reported", _("reported")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", pgettext_lazy("milestone", "accepted")
    DROPPED = "dropped", _("dropped")


class ExtensionState(models.TextChoices):
    """More time: asked for by who delivers, granted or refused by the buyer."""

    ASKED = "asked", pgettext_lazy("extension", "asked for")
    GRANTED = "granted", pgettext_lazy("extension", "granted")
    REFUSED = "refused", pgettext_lazy("extension", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("extension", "withdrawn")


DONE = (MilestoneState.ACCEPTED, MilestoneState.DROPPED)
"""Nothing more is to come of it."""


PROJECT = Machine(
    "project",
    ProjectState,
    {
        ProjectState.RUNNING: {ProjectState.CLOSED, ProjectState.TERMINATED},
        ProjectState.CLOSED: set(),
        ProjectState.TERMINATED: set(),
    },
    start=ProjectState.RUNNING,
)
MILESTONE = Machine(
    "milestone",
    MilestoneState,
    {
        MilestoneState.PLANNED: {MilestoneState.REPORTED, MilestoneState.DROPPED},
        MilestoneState.REPORTED: {MilestoneState.ACCEPTED, MilestoneState.RETURNED},
        MilestoneState.RETURNED: {MilestoneState.REPORTED, MilestoneState.DROPPED},
        MilestoneState.ACCEPTED: set(),
        MilestoneState.DROPPED: set(),
    },
    start=MilestoneState.PLANNED,
)
EXTENSION = Machine(
    "extension",
    ExtensionState,
    {
        ExtensionState.ASKED: {
            ExtensionState.GRANTED,
            ExtensionState.REFUSED,
            ExtensionState.WITHDRAWN,
        },
        ExtensionState.GRANTED: set(),
        ExtensionState.REFUSED: set(),
        ExtensionState.WITHDRAWN: set(),
    },
    start=ExtensionState.ASKED,
)

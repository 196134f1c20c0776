"""What a project and a milestone can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.states import Machine


class ProjectState(models.TextChoices):
    """A project runs, perhaps with a pause, until it is closed with a grade or broken off."""

    RUNNING = "running", _("running")
    SUSPENDED = "suspended", pgettext_lazy("project", "suspended")
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


class HaltState(models.TextChoices):
    """A notice that a project is to stop, for a while or for good, and what came of it."""

    GIVEN = "given", pgettext_lazy("halt", "notice given")
    WITHDRAWN = "withdrawn", pgettext_lazy("halt", "withdrawn")
    REFUSED = "refused", pgettext_lazy("halt", "not followed")
    IN_FORCE = "in_force", pgettext_lazy("halt", "in force")
    LIFTED = "lifted", pgettext_lazy("halt", "lifted")
    SETTLED = "settled", pgettext_lazy("halt", "project settled")


OVER = (ProjectState.CLOSED, ProjectState.TERMINATED)
"""The project has ended, one way or the other."""
DONE = (MilestoneState.ACCEPTED, MilestoneState.DROPPED)
"""Nothing more is to come of it."""


PROJECT = Machine(
    "project",
    ProjectState,
    {
        ProjectState.RUNNING: {
            ProjectState.SUSPENDED,
            ProjectState.CLOSED,
            ProjectState.TERMINATED,
        },
        ProjectState.SUSPENDED: {ProjectState.RUNNING, ProjectState.TERMINATED},
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
HALT = Machine(
    "halt",
    HaltState,
    {
        HaltState.GIVEN: {
            HaltState.WITHDRAWN,
            HaltState.REFUSED,
            HaltState.IN_FORCE,
            HaltState.SETTLED,
        },
        HaltState.IN_FORCE: {HaltState.LIFTED, HaltState.SETTLED},
        HaltState.WITHDRAWN: set(),
        HaltState.REFUSED: set(),
        HaltState.LIFTED: set(),
        HaltState.SETTLED: set(),
    },
    start=HaltState.GIVEN,
)
"""A suspension comes into force and is lifted; a termination is settled, and ends a suspension."""

"""What an objection can be, and what it can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class ObjectionState(models.TextChoices):
    """Filed first; one with a name is opened in the same breath, and open until it is answered.

    Who is not content with a dismissal complains once; another officer decides that.
    """

    OPEN = "open", _("to be answered")
    FILED = "filed", _("filed without a name")
    DISMISSED = "dismissed", _("dismissed")
    UPHELD = "upheld", _("upheld")
    RETRACTED = "retracted", _("taken back")
    COMPLAINED = "complained", _("complaint to be decided")
    REJECTED = "rejected", _("complaint rejected")


OBJECTION = Machine(
    "objection",
    ObjectionState,
    {
        ObjectionState.OPEN: {
            ObjectionState.DISMISSED,
            ObjectionState.UPHELD,
            ObjectionState.RETRACTED,
        },
        ObjectionState.FILED: {ObjectionState.OPEN},
        ObjectionState.DISMISSED: {ObjectionState.COMPLAINED},
        ObjectionState.COMPLAINED: {
            ObjectionState.REJECTED,
            ObjectionState.UPHELD,
            ObjectionState.RETRACTED,
        },
        ObjectionState.REJECTED: set(),
        ObjectionState.UPHELD: set(),
        ObjectionState.RETRACTED: set(),
    },
    start=ObjectionState.FILED,
)

UNANSWERED = frozenset({ObjectionState.OPEN.value, ObjectionState.COMPLAINED.value})
"""Somebody waits for an answer: until it is given, that award waits too, and nothing else."""

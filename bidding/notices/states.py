"""What an objection can be, and what it can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class ObjectionState(models.TextChoices):
    """Filed first; one with a name is opened in the same breath, and open until it is answered."""

    OPEN = "open", _("to be answered")
    FILED = "filed", _("filed without a name")
    DISMISSED = "dismissed", _("dismissed")
    UPHELD = "upheld", _("upheld")
    RETRACTED = "retracted", _("taken back")


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
        ObjectionState.DISMISSED: set(),
        ObjectionState.UPHELD: set(),
        ObjectionState.RETRACTED: set(),
    },
    start=ObjectionState.FILED,
)

"""What a comparison with the outside and a difference it found can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class ReconciliationState(models.TextChoices):
    """Asked for, then compared: either everything agrees, or something is open."""

    WANTED = "wanted", _("asked for")
    AGREED = "agreed", _("everything agrees")
    DIFFERING = "differing", _("differences to be settled")


class DifferenceState(models.TextChoices):
    """Somebody has to look, somebody has explained it, or it went away by itself."""

    OPEN = "open", _("to be settled")
    RESOLVED = "resolved", _("explained")
    GONE = "gone", _("no longer there")


RECONCILIATION = Machine(
    "reconciliation",
    ReconciliationState,
    {
        ReconciliationState.WANTED: {ReconciliationState.AGREED, ReconciliationState.DIFFERING},
        ReconciliationState.AGREED: set(),
        ReconciliationState.DIFFERING: set(),
    },
    start=ReconciliationState.WANTED,
)
DIFFERENCE = Machine(
    "difference",
    DifferenceState,
    {
        DifferenceState.OPEN: {DifferenceState.RESOLVED, DifferenceState.GONE},
        DifferenceState.RESOLVED: {DifferenceState.OPEN},
        DifferenceState.GONE: {DifferenceState.OPEN},
    },
    start=DifferenceState.OPEN,
)
"""What comes back after it was explained or had gone is open again."""

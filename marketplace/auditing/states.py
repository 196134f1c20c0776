"""What a drawn item and a finding can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.states import Machine


class ItemState(models.TextChoices):
    """Drawn first; then somebody looked: nothing was wrong, or something was."""

    DRAWN = "drawn", _("to be looked at")
    SOUND = "sound", _("looked at, in order")
    FAULTY = "faulty", _("with a finding")


ITEM = Machine(
    "sample_item",
    ItemState,
    {
        ItemState.DRAWN: {ItemState.SOUND, ItemState.FAULTY},
        ItemState.SOUND: {ItemState.FAULTY},
        ItemState.FAULTY: set(),
    },
    start=ItemState.DRAWN,
)


class FindingState(models.TextChoices):
    """Asked, answered, the answer taken, and what it promised seen to be done."""

    ASKED = "asked", _("waits for an answer")
    ANSWERED = "answered", pgettext_lazy("finding", "answered")
    ACCEPTED = "accepted", _("answer accepted, to be put right")
    CLOSED = "closed", pgettext_lazy("finding", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("finding", "withdrawn")


FINDING = Machine(
    "finding",
    FindingState,
    {
        FindingState.ASKED: {FindingState.ANSWERED, FindingState.WITHDRAWN},
        FindingState.ANSWERED: {
            FindingState.ACCEPTED,
            FindingState.ASKED,
            FindingState.WITHDRAWN,
        },
        FindingState.ACCEPTED: {FindingState.CLOSED},
        FindingState.CLOSED: set(),
        FindingState.WITHDRAWN: set(),
    },
    start=FindingState.ASKED,
)


class InspectionState(models.TextChoices):
    """Asked for; then everything was compared, and it held or it did not."""

    WANTED = "wanted", _("asked for, not run yet")
    HELD = "sound", _("everything holds")
    FAULTY = "faulty", _("faults found")


INSPECTION = Machine(
    "inspection",
    InspectionState,
    {
        InspectionState.WANTED: {InspectionState.HELD, InspectionState.FAULTY},
        InspectionState.HELD: set(),
        InspectionState.FAULTY: set(),
    },
    start=InspectionState.WANTED,
)

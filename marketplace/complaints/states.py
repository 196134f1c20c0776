"""What a complaint can be, and what it can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.states import Machine


class ComplaintState(models.TextChoices):
    """Sent, taken up by an officer, answered."""

    RECEIVED = "received", pgettext_lazy("complaint", "received")
    IN_HAND = "in_hand", _("in hand")
    ANSWERED = "answered", pgettext_lazy("complaint", "answered")


COMPLAINT = Machine(
    "complaint",
    ComplaintState,
    {
        ComplaintState.RECEIVED: {ComplaintState.IN_HAND},
        ComplaintState.IN_HAND: {ComplaintState.ANSWERED},
        ComplaintState.ANSWERED: set(),
    },
    start=ComplaintState.RECEIVED,
)

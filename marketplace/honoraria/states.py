"""What a list of honoraria can be, and what it can become."""

from django.db import models
from django.utils.translation import pgettext_lazy

from foundation.states import Machine


class ListState(models.TextChoices):
    """Worked out from what judges did, confirmed by one officer, approved by another."""

    DRAWN_UP = "drawn_up", pgettext_lazy("honoraria", "drawn up")
    CONFIRMED = "confirmed", pgettext_lazy("honoraria", "confirmed")
    APPROVED = "approved", pgettext_lazy("honoraria", "approved")


HONORARIA = Machine(
    "honoraria",
    ListState,
    {
        ListState.DRAWN_UP: {ListState.CONFIRMED},
        ListState.CONFIRMED: {ListState.APPROVED, ListState.DRAWN_UP},
        ListState.APPROVED: set(),
    },
    start=ListState.DRAWN_UP,
)

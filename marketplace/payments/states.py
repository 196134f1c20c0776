"""What a payable and a payout batch can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class PayableState(models.TextChoices):
    """What we owe an organisation, until it is paid."""

    OWED = "owed", _("owed")
    INVOICED = "invoiced", _("invoice received")
    BATCHED = "batched", _("in a batch")
    PAID = "paid", _("paid")


class BatchState(models.TextChoices):
    """A batch is made by one person, approved by another, sent to the bank, and confirmed."""

    MADE = "made", _("made")
    APPROVED = "approved", _("approved")
    SENT = "sent", _("sent to the bank")
    CONFIRMED = "confirmed", _("confirmed")
    CANCELLED = "cancelled", _("cancelled")


PAYABLE = Machine(
    "payable",
    PayableState,
    {
        PayableState.OWED: {PayableState.INVOICED},
        PayableState.INVOICED: {PayableState.BATCHED},
        PayableState.BATCHED: {PayableState.PAID, PayableState.INVOICED},
        PayableState.PAID: set(),
    },
    start=PayableState.OWED,
)
BATCH = Machine(
    "batch",
    BatchState,
    {
        BatchState.MADE: {BatchState.APPROVED, BatchState.CANCELLED},
        BatchState.APPROVED: {BatchState.SENT, BatchState.CANCELLED},
        BatchState.SENT: {BatchState.CONFIRMED},
        BatchState.CONFIRMED: set(),
        BatchState.CANCELLED: set(),
    },
    start=BatchState.MADE,
)

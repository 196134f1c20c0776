"""What the things that cross the border of the books can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class PayableState(models.TextChoices):
    """What we owe an organisation, until it is paid."""

    OWED = "owed", _("owed")
    INVOICED = "invoiced", _("invoice received")
    BATCHED = "batched", _("in a batch")
    PAID = "paid", _("paid")
    CALLED_OFF = "called_off", _("no longer owed")


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
        PayableState.OWED: {PayableState.INVOICED, PayableState.CALLED_OFF},
        PayableState.INVOICED: {
            PayableState.BATCHED,
            PayableState.OWED,
            PayableState.CALLED_OFF,
        },
        PayableState.BATCHED: {PayableState.PAID, PayableState.INVOICED},
        PayableState.PAID: {PayableState.INVOICED},
        PayableState.CALLED_OFF: set(),
    },
    start=PayableState.OWED,
)
"""A bank may send a payment back days after it was made; then it is to be paid again. What is owed
for an agreement that was broken off may become less: then its invoice is for too much, and another
has to come; or nothing is left of it.
"""
SETTLED = (PayableState.PAID, PayableState.CALLED_OFF)
"""Nothing is owed any more."""
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


class RemittanceState(models.TextChoices):
    """A sum a union announced that it will pay in."""

    OPEN = "open", _("awaited")
    PAID = "paid", _("arrived")
    CANCELLED = "cancelled", _("called off")


class CheckoutState(models.TextChoices):
    """One attempt to pay an announced sum at Stripe."""

    STARTED = "started", _("being opened")
    OPEN = "open", _("open")
    PAID = "paid", _("paid")
    EXPIRED = "expired", _("expired")


class DepositState(models.TextChoices):
    """Money of a union that arrived, and what became of it at the border."""

    ARRIVED = "arrived", _("arrived")
    PART_REFUNDED = "part_refunded", _("refunded in part")
    REFUNDED = "refunded", _("refunded")
    DISPUTED = "disputed", _("disputed")
    CHARGED_BACK = "charged_back", _("charged back")
    UNDONE = "undone", _("undone")


class RefundState(models.TextChoices):
    """Money on its way back to the union that paid it in."""

    ASKED = "asked", _("to be sent")
    SENT = "sent", _("on its way back")
    ARRIVED = "arrived", _("given back")
    FAILED = "failed", _("failed")


class DisputeState(models.TextChoices):
    """Somebody told their bank that they did not mean to pay."""

    OPEN = "open", _("being decided")
    WON = "won", _("decided for us")
    LOST = "lost", _("decided against us")


class EventState(models.TextChoices):
    """What Stripe told us: worked off, waiting, or held for a person."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("worked off")
    HELD = "held", _("held for a person")
    SET_ASIDE = "set_aside", _("set aside")


class ConnectedState(models.TextChoices):
    """An organisation's own account at Stripe, to which money can be transferred."""

    STARTED = "started", _("being opened")
    OPEN = "open", _("to be filled in at Stripe")
    READY = "ready", _("can be paid")
    RESTRICTED = "restricted", _("Stripe wants to know more")


class LineState(models.TextChoices):
    """A line of the bank's statement: somebody's money, or nobody's here."""

    WAITING = "waiting", _("to be looked at")
    MATCHED = "matched", _("matched")
    SET_ASIDE = "set_aside", _("set aside")
    RETURNED = "returned", _("sent back")


REMITTANCE = Machine(
    "remittance",
    RemittanceState,
    {
        RemittanceState.OPEN: {RemittanceState.PAID, RemittanceState.CANCELLED},
        RemittanceState.PAID: {RemittanceState.OPEN},
        RemittanceState.CANCELLED: {RemittanceState.PAID},
    },
    start=RemittanceState.OPEN,
)
"""A sum that was called off may still arrive: whoever had sent it could not call it back."""
CHECKOUT = Machine(
    "checkout",
    CheckoutState,
    {
        CheckoutState.STARTED: {CheckoutState.OPEN, CheckoutState.PAID, CheckoutState.EXPIRED},
        CheckoutState.OPEN: {CheckoutState.PAID, CheckoutState.EXPIRED},
        CheckoutState.PAID: set(),
        CheckoutState.EXPIRED: {CheckoutState.PAID},
    },
    start=CheckoutState.STARTED,
)
"""Stripe's news come in any order: what was paid is paid, whatever was heard before."""
DEPOSIT = Machine(
    "deposit",
    DepositState,
    {
        DepositState.ARRIVED: {
            DepositState.PART_REFUNDED,
            DepositState.REFUNDED,
            DepositState.DISPUTED,
            DepositState.UNDONE,
        },
        DepositState.PART_REFUNDED: {
            DepositState.ARRIVED,
            DepositState.REFUNDED,
            DepositState.DISPUTED,
        },
        DepositState.REFUNDED: {
            DepositState.ARRIVED,
            DepositState.PART_REFUNDED,
            DepositState.DISPUTED,
        },
        DepositState.DISPUTED: {
            DepositState.ARRIVED,
            DepositState.PART_REFUNDED,
            DepositState.REFUNDED,
            DepositState.CHARGED_BACK,
        },
        DepositState.CHARGED_BACK: set(),
        DepositState.UNDONE: set(),
    },
    start=DepositState.ARRIVED,
)
REFUND = Machine(
    "refund",
    RefundState,
    {
        RefundState.ASKED: {RefundState.SENT, RefundState.ARRIVED, RefundState.FAILED},
        RefundState.SENT: {RefundState.ARRIVED, RefundState.FAILED},
        RefundState.ARRIVED: {RefundState.FAILED},
        RefundState.FAILED: set(),
    },
    start=RefundState.ASKED,
)
"""A refund may bounce after it was thought to have arrived."""
DISPUTE = Machine(
    "dispute",
    DisputeState,
    {
        DisputeState.OPEN: {DisputeState.WON, DisputeState.LOST},
        DisputeState.WON: set(),
        DisputeState.LOST: set(),
    },
    start=DisputeState.OPEN,
)
EVENT = Machine(
    "event",
    EventState,
    {
        EventState.WAITING: {EventState.DONE, EventState.HELD},
        EventState.DONE: set(),
        EventState.HELD: {EventState.DONE, EventState.SET_ASIDE},
        EventState.SET_ASIDE: set(),
    },
    start=EventState.WAITING,
)
CONNECTED = Machine(
    "connected",
    ConnectedState,
    {
        ConnectedState.STARTED: {ConnectedState.OPEN},
        ConnectedState.OPEN: {ConnectedState.READY, ConnectedState.RESTRICTED},
        ConnectedState.READY: {ConnectedState.RESTRICTED},
        ConnectedState.RESTRICTED: {ConnectedState.READY},
    },
    start=ConnectedState.STARTED,
)
LINE = Machine(
    "line",
    LineState,
    {
        LineState.WAITING: {LineState.MATCHED, LineState.SET_ASIDE, LineState.RETURNED},
        LineState.MATCHED: {LineState.WAITING},
        LineState.SET_ASIDE: {LineState.WAITING},
        LineState.RETURNED: {LineState.WAITING},
    },
    start=LineState.WAITING,
)

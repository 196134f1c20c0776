"""Unions' own money: sums announced, attempts to pay them, what arrived and what went back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.organisations.models import Organisation
from foundation.states import Stateful
from marketplace.ledger.models import Fund
from marketplace.payments.reference import reference_of
from marketplace.payments.states import CHECKOUT, DEPOSIT, DISPUTE, REFUND, REMITTANCE


class Remittance(Stateful):
    """A sum of its own money a union announced that it will pay in, under a reference of ours."""

    machine = REMITTANCE

    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="remittances")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="remittances")
    amount_fen = models.BigIntegerField(_("amount"))
    purpose = models.CharField(_("meant for"), max_length=160, blank=True)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    state = REMITTANCE.field()

    class Meta:
        verbose_name = _("announced payment")
        verbose_name_plural = _("announced payments")
        constraints = [
            REMITTANCE.check(),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="remittance_positive"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the union writes beside its transfer, with two check digits."""
        return reference_of(self.pk)


class Deposit(Stateful):
    """A buyer's own money that arrived: at the bank or at Stripe, entered by hand or found there.

    `bank_reference` is the outside's own number of it: the bank's, or Stripe's of the payment.
    """

    class Source(models.TextChoices):
        """How we know that it arrived."""

        HAND = "hand", _("entered by hand")
        BANK = "bank", _("the bank's statement")
        STRIPE = "stripe", _("Stripe")

    machine = DEPOSIT

    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="deposits")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="deposits")
    remittance = models.ForeignKey(
        Remittance, models.PROTECT, null=True, blank=True, related_name="deposits"
    )
    source = models.CharField(
        _("known from"), max_length=10, choices=Source.choices, default=Source.HAND
    )
    amount_fen = models.BigIntegerField(_("amount"))
    bank_reference = models.CharField(_("bank reference"), max_length=80)
    received_on = models.DateField(_("received"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField()
    state = DEPOSIT.field()

    class Meta:
        verbose_name = _("deposit")
        verbose_name_plural = _("deposits")
        constraints = [
            DEPOSIT.check(),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="deposit_positive"),
            models.UniqueConstraint(
                fields=["bank_reference"], condition=~Q(state="undone"), name="deposit_once"
            ),
        ]

    def __str__(self) -> str:
        return self.bank_reference


class Checkout(Stateful):
    """One attempt to pay an announced sum at Stripe; `number` is Stripe's of its page."""

    machine = CHECKOUT

    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="checkouts")
    amount_fen = models.BigIntegerField(_("amount"))
    number = models.CharField(_("Stripe's number"), max_length=80, blank=True)
    url = models.URLField(_("page to pay on"), max_length=1000, blank=True)
    expires_at = models.DateTimeField(_("open until"))
    deposit = models.OneToOneField(
        Deposit, models.PROTECT, null=True, blank=True, related_name="checkout"
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    state = CHECKOUT.field()

    class Meta:
        verbose_name = _("payment at Stripe")
        verbose_name_plural = _("payments at Stripe")
        constraints = [
            CHECKOUT.check(),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="checkout_positive"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="checkout_number_once"
            ),
            models.UniqueConstraint(
                fields=["remittance"],
                condition=Q(state__in=["started", "open"]),
                name="checkout_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", deposit__isnull=False)
                | (~Q(state="paid") & Q(deposit=None)),
                name="checkout_paid_has_deposit",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How Stripe is told which attempt it is."""
        return f"checkout:{self.pk}"


class Refund(Stateful):
    """Money of a deposit that goes back to the union; `number` is the outside's own of it."""

    machine = REFUND

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="refunds")
    amount_fen = models.BigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=200)
    number = models.CharField(_("number outside"), max_length=80, blank=True)
    note = models.CharField(_("what was said"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    state = REFUND.field()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            REFUND.check(),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_positive"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="refund_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How Stripe is told which refund it is."""
        return f"refund:{self.pk}"


class Dispute(Stateful):
    """Whoever paid a deposit at Stripe took it back through their bank."""

    machine = DISPUTE

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="disputes")
    number = models.CharField(_("Stripe's number"), max_length=80, unique=True)
    amount_fen = models.BigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    opened_at = models.DateTimeField()
    taken_at = models.DateTimeField(_("money taken"), null=True)
    returned_at = models.DateTimeField(_("money returned"), null=True)
    owed_fen = models.BigIntegerField(_("already spent"), default=0)
    state = DISPUTE.field()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            DISPUTE.check(),
            models.CheckConstraint(
                condition=Q(
                    amount_fen__gt=0, owed_fen__gte=0, owed_fen__lte=models.F("amount_fen")
                ),
                name="dispute_positive",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(taken_at__isnull=False),
                name="dispute_returned_after_taken",
            ),
        ]

    def __str__(self) -> str:
        return self.number

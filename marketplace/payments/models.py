"""Money on its way out: what is owed, its invoice, where it is paid, and batches for the bank."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Document
from foundation.organisations.models import Organisation
from foundation.states import Stateful
from marketplace.ledger.models import Fund
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.states import BATCH, PAYABLE


class BankAccount(models.Model):
    """Where an organisation is paid; a new one replaces the old, which stays on record.

    The federation may have more, from which it pays only: nobody is told to send money there.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(_("account holder"), max_length=120)
    bank = models.CharField(_("bank and branch"), max_length=120)
    number = models.CharField(_("account number"), max_length=34)
    receives = models.BooleanField(_("money comes in here"), default=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(replaced_at=None, receives=True),
                name="bank_account_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=Q(replaced_at=None),
                name="bank_account_stated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.number[-4:]}"


class Invoice(models.Model):
    """A 发票 for one payable; the same code and number of one seller is entered once."""

    code = models.CharField(_("invoice code"), max_length=20, blank=True)
    number = models.CharField(_("invoice number"), max_length=30)
    issued_on = models.DateField(_("issued"))
    amount_fen = models.BigIntegerField(_("amount"))
    seller_uscc = models.CharField(_("seller's credit code"), max_length=18)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        constraints = [
            models.UniqueConstraint(fields=["seller_uscc", "code", "number"], name="invoice_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="invoice_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}".strip()


class Batch(Stateful):
    """A file of payouts for the union's bank: made by one person, approved by another."""

    class Way(models.TextChoices):
        """How it leaves the house."""

        BANK = "bank", _("by a file for the bank")
        STRIPE = "stripe", _("by transfers at Stripe")

    machine = BATCH

    way = models.CharField(_("way"), max_length=10, choices=Way.choices, default=Way.BANK)
    number = models.CharField(_("number"), max_length=20, unique=True)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="batches")
    account = models.ForeignKey(
        BankAccount,
        models.PROTECT,
        null=True,
        related_name="batches",
        verbose_name=_("leaves from"),
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    state = BATCH.field()

    class Meta:
        verbose_name = _("payout batch")
        verbose_name_plural = _("payout batches")
        ordering = ["-pk"]
        constraints = [
            BATCH.check(),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")),
                name="batch_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent", "confirmed"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="batch_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "confirmed"])
                | Q(sent_at__isnull=False, document__isnull=False, way="bank")
                | Q(sent_at__isnull=False, document=None, way="stripe"),
                name="batch_sent_as_file",
            ),
            models.CheckConstraint(
                condition=Q(way="bank", account__isnull=False) | Q(way="stripe", account=None),
                name="batch_leaves_from_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Payable(Stateful):
    """What is owed to an organisation for one accepted tranche (`reference` says which).

    Where only a part of a payment came back, that part is owed once more: a row of its own under
    the same reference and invoice, which knows the payment it came back from.

    What is on hold goes into no batch, and no batch it is in leaves.
    """

    machine = PAYABLE

    reference = models.CharField(_("reference"), max_length=60)
    title = models.CharField(_("title"), max_length=160)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="payables")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="payables")
    amount_fen = models.BigIntegerField(_("amount"))
    due_on = models.DateField(_("due"))
    invoice = models.OneToOneField(
        Invoice, models.PROTECT, null=True, blank=True, related_name="payable"
    )
    came_back_from = models.ForeignKey(
        "Payout", models.PROTECT, null=True, blank=True, related_name="parts"
    )
    held_at = models.DateTimeField(_("on hold since"), null=True, blank=True)
    created_at = models.DateTimeField()
    state = PAYABLE.field()

    class Meta:
        verbose_name = _("payable")
        verbose_name_plural = _("payables")
        constraints = [
            PAYABLE.check(),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payable_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["owed", "called_off"])
                | Q(invoice__isnull=False)
                | Q(came_back_from__isnull=False),
                name="payable_invoiced_first",
            ),
            models.CheckConstraint(
                condition=Q(came_back_from=None) | Q(invoice=None),
                name="payable_part_has_its_invoice",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(came_back_from=None),
                name="payable_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def billed_by(self) -> Invoice | None:
        """The invoice it is paid on: a part that came back was on its payment's already."""
        return self.came_back_from.payable.billed_by if self.came_back_from else self.invoice


class Payout(models.Model):
    """One line of a batch: a payable, to a bank account, and how it went."""

    class Result(models.TextChoices):
        """What the bank said."""

        WAITING = "waiting", _("waiting")
        PAID = "paid", _("paid")
        FAILED = "failed", _("failed")
        RETURNED = "returned", _("came back")

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payouts")
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="payouts")
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="payouts")
    connected_account = models.ForeignKey(
        ConnectedAccount, models.PROTECT, null=True, related_name="payouts"
    )
    number = models.CharField(_("Stripe's number"), max_length=80, blank=True)
    amount_fen = models.BigIntegerField(_("amount"))
    parts_fen = models.BigIntegerField(_("came back in parts"), default=0)
    result = models.CharField(
        _("result"), max_length=10, choices=Result.choices, default=Result.WAITING
    )
    note = models.CharField(_("what the bank said"), max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        constraints = [
            models.UniqueConstraint(
                fields=["payable"],
                condition=~Q(result__in=["failed", "returned"]),
                name="payout_one_alive_per_payable",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payout_positive"),
            models.CheckConstraint(
                condition=Q(result="waiting", settled_at=None)
                | Q(result__in=["paid", "failed", "returned"], settled_at__isnull=False),
                name="payout_settled_whole",
            ),
            models.CheckConstraint(
                condition=Q(result="returned", returned_at__isnull=False)
                | (~Q(result="returned") & Q(returned_at=None)),
                name="payout_returned_whole",
            ),
            models.CheckConstraint(
                condition=Q(parts_fen=0)
                | Q(parts_fen__gt=0, parts_fen__lte=F("amount_fen"), result="paid"),
                name="payout_parts_within",
            ),
            models.CheckConstraint(
                condition=Q(bank_account__isnull=False, connected_account=None, number="")
                | Q(bank_account=None, connected_account__isnull=False),
                name="payout_one_way",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="payout_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the bank prints beside the payment, by which its answer is found."""
        return f"GC{self.pk:08d}"

    @property
    def by_stripe(self) -> bool:
        """It goes to an account at Stripe, not to one at a bank."""
        return self.connected_account_id is not None

    @property
    def kept_fen(self) -> int:
        """What of it stayed with the organisation."""
        return 0 if self.result == self.Result.RETURNED else self.amount_fen - self.parts_fen

    @property
    def has_advice(self) -> bool:
        """It was paid, so its payee can have an advice of it, also after it came back."""
        return self.result in (self.Result.PAID, self.Result.RETURNED)

    @property
    def tone(self) -> str:
        """How its result is badged."""
        return {"paid": "good", "failed": "bad", "returned": "bad"}.get(self.result, "quiet")

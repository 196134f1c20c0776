"""The bank's statements, line by line, each read once and somebody's decision about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Document
from foundation.states import Stateful
from marketplace.payments.deposit_models import Deposit, Refund
from marketplace.payments.models import Payable, Payout
from marketplace.payments.states import LINE

_NO_IN = Q(deposit=None, came_back=None, part=None)
_NO_OUT = Q(payout=None, refund=None)
_NOTHING = _NO_IN & _NO_OUT
_IN = _NO_OUT & (
    Q(deposit__isnull=False, came_back=None, part=None)
    | Q(deposit=None, came_back__isnull=False, part=None)
    | Q(deposit=None, came_back=None, part__isnull=False)
)
_OUT = _NO_IN & (Q(payout__isnull=False, refund=None) | Q(payout=None, refund__isnull=False))


class Statement(models.Model):
    """One file of the bank's; the same file is read once."""

    class Layout(models.TextChoices):
        """Whose columns it has."""

        ICBC = "icbc", _("as ICBC writes it")
        CCB = "ccb", _("as CCB writes it")

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    layout = models.CharField(_("layout"), max_length=10, choices=Layout.choices)
    encoding = models.CharField(_("encoding"), max_length=12)
    own_account = models.CharField(_("account of ours"), max_length=60, blank=True)
    new_lines = models.PositiveIntegerField(_("new lines"))
    known_lines = models.PositiveIntegerField(_("lines known before"))
    refused = models.JSONField(_("refused rows"), default=list)
    first_at = models.DateTimeField(_("from"), null=True)
    last_at = models.DateTimeField(_("to"), null=True)
    opening_fen = models.BigIntegerField(_("balance before"), null=True)
    closing_fen = models.BigIntegerField(_("balance after"), null=True)
    broken_row = models.PositiveIntegerField(_("row that does not follow"), null=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.document.name


class StatementLine(Stateful):
    """One movement of our bank account."""

    machine = LINE

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField(_("row"))
    fingerprint = models.CharField(max_length=64, unique=True)
    booked_on = models.DateField(_("booked"))
    incoming = models.BooleanField(_("came in"))
    amount_fen = models.BigIntegerField(_("amount"))
    counterparty = models.CharField(_("other side"), max_length=200, blank=True)
    account = models.CharField(_("its account"), max_length=60, blank=True)
    memo = models.CharField(_("what was written"), max_length=500, blank=True)
    serial = models.CharField(_("bank's number"), max_length=60, blank=True)
    deposit = models.OneToOneField(
        Deposit, models.PROTECT, null=True, blank=True, related_name="line"
    )
    payout = models.OneToOneField(
        Payout, models.PROTECT, null=True, blank=True, related_name="line"
    )
    refund = models.OneToOneField(
        Refund, models.PROTECT, null=True, blank=True, related_name="line"
    )
    came_back = models.OneToOneField(
        Payout, models.PROTECT, null=True, blank=True, related_name="line_back"
    )
    part = models.OneToOneField(
        Payable, models.PROTECT, null=True, blank=True, related_name="line_back"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    state = LINE.field()

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        ordering = ["-booked_on", "-pk"]
        constraints = [
            LINE.check(),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="line_positive"),
            models.CheckConstraint(
                condition=Q(_IN, state="matched", incoming=True)
                | Q(_OUT, state="matched", incoming=False)
                | (~Q(state="matched") & _NOTHING),
                name="line_matched_with_something",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["set_aside", "returned"]) | ~Q(reason=""),
                name="line_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.serial or f"{self.statement_id}-{self.row}"

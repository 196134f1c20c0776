"""What a project spends: its suppliers' invoices, and which budget lines they are charged to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Document
from marketplace.delivery.models import Project, Report


class SupplierInvoice(models.Model):
    """A 发票 a project paid for; the same code and number of one seller is used by one project.

    `project` is the one that uses it: another may once everything charged there was struck.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    code = models.CharField(_("invoice code"), max_length=20, blank=True)
    number = models.CharField(_("invoice number"), max_length=30)
    issued_on = models.DateField(_("issued"))
    amount_fen = models.BigIntegerField(_("amount with tax"))
    seller_uscc = models.CharField(_("seller's credit code"), max_length=18)
    seller = models.CharField(_("seller"), max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("supplier's invoice")
        verbose_name_plural = _("suppliers' invoices")
        constraints = [
            models.UniqueConstraint(
                fields=["seller_uscc", "code", "number"], name="supplier_invoice_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="supplier_invoice_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}".strip()


class Expense(models.Model):
    """What of an invoice is charged to one line of the agreed budget.

    `line` counts the lines of the agreement from 0. Struck ones stay, with their reason, and count
    for nothing. `report` is the one that told the buyer of it.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    invoice = models.ForeignKey(SupplierInvoice, models.PROTECT, related_name="expenses")
    line = models.PositiveSmallIntegerField(_("budget line"))
    amount_fen = models.BigIntegerField(_("amount"))
    note = models.CharField(_("what for"), max_length=160, blank=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(_("why it was struck"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("expenses")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "line"], condition=Q(struck_at=None), name="expense_line_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="expense_positive"),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_reason="")),
                name="expense_struck_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.line + 1}"

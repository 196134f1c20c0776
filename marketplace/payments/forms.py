"""What people type about money on its way out."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.face.fields import DayField, MoneyField, UsccField
from foundation.forms import Form, rows_of
from marketplace.ledger.models import Fund
from marketplace.payments import gateway
from marketplace.payments.models import BankAccount, Batch, Payable
from marketplace.payments.queries import account_to_leave_from, own_accounts, payable_now


class BankAccountForm(Form):
    """Where an organisation is paid."""

    holder = forms.CharField(
        label=_("Account holder"),
        max_length=120,
        help_text=_("As the bank knows it: the organisation's registered name."),
    )
    bank = forms.CharField(label=_("Bank and branch"), max_length=120)
    number = forms.CharField(
        label=_("Account number"), max_length=50, widget=forms.TextInput({"autocomplete": "off"})
    )


class InvoiceForm(Form):
    """An invoice for what is owed."""

    code = forms.CharField(
        label=_("Invoice code"),
        max_length=20,
        required=False,
        help_text=_("Fully digital invoices have none: leave it empty."),
    )
    number = forms.CharField(label=_("Invoice number"), max_length=30)
    issued_on = DayField(label=_("Issued"))
    amount_fen = MoneyField(label=_("Amount with tax"), positive=True)
    seller_uscc = UsccField(label=_("Seller's credit code"), max_length=18)
    upload = forms.FileField(label=_("The invoice as a file"), required=False)


class BatchForm(Form):
    """Which payables go to the bank together."""

    payables = forms.ModelMultipleChoiceField(
        label=_("Payments"),
        queryset=Payable.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one payment."),
            "invalid_choice": _("One of these cannot be paid now any more: look again."),
        },
    )
    way = forms.ChoiceField(
        label=_("Which way"),
        choices=Batch.Way.choices,
        initial=Batch.Way.BANK,
        help_text=_("Stripe pays only organisations whose account there is ready."),
    )

    account = forms.ModelChoiceField(
        queryset=BankAccount.objects.none(),
        label=_("Leaves from"),
        empty_label=None,
        help_text=_("Our own account. The comparison tells if the bank took it from another."),
    )

    def __init__(self, *args: Any, fund: Fund, **kw: Any) -> None:
        super().__init__(*args, **kw)
        rows_of(self, "payables").queryset = payable_now(fund)
        ours = list(own_accounts())
        field = rows_of(self, "account")
        field.queryset = own_accounts()
        field.choices = [(one.pk, f"{one.bank} {one.number}") for one in ours]
        field.initial = account_to_leave_from(fund)
        if not ours:
            del self.fields["account"]
        if not gateway.connects():
            del self.fields["way"]


class ReturnForm(Form):
    """How much of a payment came back, and what the bank said; a doubled click is one act."""

    amount_fen = MoneyField(
        label=_("How much came back"),
        positive=True,
        help_text=_("All of it, or a part: then that part is owed again and the rest stays paid."),
    )
    note = forms.CharField(label=_("What the bank said"), max_length=200)
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["once"].initial = uuid.uuid4

    def arguments(self) -> dict[str, Any]:
        """The token as text."""
        return {**self.cleaned_data, "once": str(self.cleaned_data["once"] or "")}


class SendForm(Form):
    """How the bank's programme reads the file."""

    encoding = forms.ChoiceField(
        label=_("Encoding of the file"),
        choices=[("utf-8", "UTF-8"), ("gb18030", "GB18030")],
        help_text=_("Ask your bank; older programmes want GB18030."),
    )


class ReasonForm(Form):
    """Why a batch is taken apart."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class FailureForm(Form):
    """What the bank said when it could not pay."""

    note = forms.CharField(label=_("What the bank said"), max_length=200)

"""What people type about the bank's statements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form, rows_of
from foundation.money import yuan
from foundation.organisations.models import Organisation
from foundation.organisations.queries import buyers
from marketplace.ledger.models import Fund
from marketplace.payments.deposit_models import Refund, Remittance
from marketplace.payments.models import Payout
from marketplace.payments.payment_lines import payouts_for, payouts_for_part, refunds_for
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.states import RemittanceState

MOST_OFFERED = 100
"""So many payments of one amount are offered; there are rarely two."""


class StatementForm(Form):
    """A statement as the bank exports it."""

    upload = forms.FileField(
        label=_("The statement as CSV"),
        help_text=_("With the columns of ICBC or CCB; UTF-8 or GB18030."),
    )

    def arguments(self) -> dict[str, Any]:
        """The operation takes what the file holds, not how it came."""
        upload = self.cleaned_data["upload"]
        return {"name": upload.name, "data": upload.read()}


class MatchForm(Form):
    """Whose money a line is: an announced sum's, or a union's that announced nothing."""

    remittance = forms.ModelChoiceField(
        Remittance.objects.none(),
        label=_("Announced sum"),
        required=False,
        empty_label=_("none of these"),
    )
    buyer = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Or a union"), required=False
    )
    fund = forms.ModelChoiceField(Fund.objects.none(), label=_("and a fund"), required=False)

    def __init__(self, *args: Any, line: StatementLine, **kw: Any) -> None:
        super().__init__(*args, **kw)
        waiting = Remittance.objects.filter(state=RemittanceState.OPEN).select_related("buyer")
        same = waiting.filter(amount_fen=line.amount_fen).order_by("-pk")
        field = rows_of(self, "remittance")
        field.queryset = waiting
        field.choices = [
            ("", field.empty_label),
            *((one.pk, f"{one.reference} · {one.buyer} · {yuan(one.amount_fen)}") for one in same),
        ]
        rows_of(self, "buyer").queryset = buyers().order_by("name")
        rows_of(self, "fund").queryset = Fund.objects.order_by("-starts_on")

    def clean(self) -> dict[str, Any]:
        """One or the other, not both."""
        typed = super().clean() or {}
        if bool(typed.get("remittance")) == bool(typed.get("buyer") and typed.get("fund")):
            raise forms.ValidationError(_("Choose an announced sum, or a union and a fund."))
        return typed


class PaymentForm(Form):
    """Which payment or refund of ours a line is; what fits its amount is offered."""

    payout = forms.ModelChoiceField(
        Payout.objects.none(),
        label=_("Payment to an organisation"),
        required=False,
        empty_label=_("none of these"),
    )
    refund = forms.ModelChoiceField(
        Refund.objects.none(),
        label=_("Or a refund to a union"),
        required=False,
        empty_label=_("none of these"),
    )
    part = forms.ModelChoiceField(
        Payout.objects.none(),
        label=_("Or a payment of which only this part came back"),
        required=False,
        empty_label=_("none of these"),
    )

    def __init__(self, *args: Any, line: StatementLine, **kw: Any) -> None:
        super().__init__(*args, **kw)
        del self.fields["refund" if line.incoming else "part"]
        offered: dict[str, QuerySet[Payout] | QuerySet[Refund]] = {
            "payout": payouts_for(line),
            "refund": refunds_for(line),
            "part": payouts_for_part(line),
        }
        for name in self.fields:
            rows = offered[name]
            field = rows_of(self, name)
            field.queryset = rows
            field.choices = [
                ("", field.empty_label),
                *((row.pk, _said(row)) for row in rows[:MOST_OFFERED]),
            ]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        typed = super().clean() or {}
        if sum(bool(chosen) for chosen in typed.values()) != 1:
            raise forms.ValidationError(_("Choose one payment or refund."))
        return typed

    def arguments(self) -> dict[str, Any]:
        """Only what was chosen."""
        return {name: row for name, row in self.cleaned_data.items() if row}


def _said(row: Payout | Refund) -> str:
    """A payment as it is offered: its reference, whose it is, how much, how it stands."""
    if isinstance(row, Payout):
        whose, state = row.payable.organisation, row.get_result_display()
    else:
        whose, state = row.deposit.buyer, row.get_state_display()
    return f"{row} · {whose} · {yuan(row.amount_fen)} · {state}"


class WhyForm(Form):
    """Why something is decided so."""

    reason = forms.CharField(label=_("Why"), max_length=200)

"""What people type about the bank's statements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form, rows_of
from foundation.money import yuan
from foundation.organisations.models import Organisation
from foundation.organisations.queries import buyers
from marketplace.ledger.models import Fund
from marketplace.payments.deposit_models import Remittance
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.states import RemittanceState


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


class WhyForm(Form):
    """Why something is decided so."""

    reason = forms.CharField(label=_("Why"), max_length=200)

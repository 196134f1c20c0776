"""What people type about money on its way in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.face.fields import MoneyField
from foundation.forms import Form, rows_of
from foundation.money import yuan
from foundation.organisations.models import Organisation
from foundation.organisations.queries import buyers
from marketplace.ledger.models import Fund
from marketplace.payments.incoming_models import Remittance
from marketplace.payments.incoming_queries import unions_paying_in
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.states import RemittanceState


class RemittanceForm(Form):
    """A sum a union is going to pay in."""

    buyer = forms.ModelChoiceField(Organisation.objects.none(), label=_("Union"), empty_label=None)
    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=_("Beside which fund"), empty_label=None
    )
    amount_fen = MoneyField(label=_("Amount"), positive=True)
    purpose = forms.CharField(
        label=_("Meant for"),
        max_length=160,
        required=False,
        help_text=_("For your own memory, such as a project's name."),
    )

    def __init__(self, *args: Any, person: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        unions = unions_paying_in(person)
        rows_of(self, "buyer").queryset = unions
        rows_of(self, "fund").queryset = Fund.objects.filter(
            ends_on__gte=clock.today(), starts_on__lte=clock.today()
        ).order_by("-starts_on")

    def arguments(self) -> dict[str, Any]:
        """The union is the operation's subject, not one of its facts."""
        return {name: value for name, value in self.cleaned_data.items() if name != "buyer"}


class RefundForm(Form):
    """How much of a deposit goes back, and why."""

    amount_fen = MoneyField(label=_("Amount"), positive=True)
    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("The union reads this."))


class PaidBackForm(Form):
    """The bank has paid a refund."""

    number = forms.CharField(
        label=_("Bank reference"), max_length=60, help_text=_("The number on the bank's statement.")
    )


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


class NoteForm(Form):
    """A sentence that has to be given."""

    note = forms.CharField(label=_("Note"), max_length=200)


class WhyForm(Form):
    """Why something is decided so."""

    reason = forms.CharField(label=_("Why"), max_length=200)

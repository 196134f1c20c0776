"""What people type about unions' own money: paying in, giving back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.face.fields import DayField, MoneyField
from foundation.forms import Form, rows_of
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.organisations.states import OrganisationState
from marketplace.ledger.models import Fund
from marketplace.payments.deposit_queries import shortfalls, unions_paying_in


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
        runs = Q(ends_on__gte=clock.today(), starts_on__lte=clock.today())
        owed = shortfalls().filter(organisation__in=unions).values("fund")
        rows_of(self, "fund").queryset = Fund.objects.filter(runs | Q(pk__in=owed)).order_by(
            "-starts_on"
        )

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


class DepositForm(Form):
    """Money of a union that arrived at the bank."""

    fund = forms.ModelChoiceField(label=_("Fund"), queryset=Fund.objects.order_by("-starts_on"))
    buyer = forms.ModelChoiceField(
        label=_("Union"),
        queryset=Organisation.objects.filter(
            kind=OrganisationKind.UNION, state=OrganisationState.VERIFIED
        ),
    )
    amount_fen = MoneyField(label=_("Amount"), positive=True)
    bank_reference = forms.CharField(
        label=_("Bank reference"),
        max_length=60,
        help_text=_("The number on the bank's statement; each is entered once."),
    )
    received_on = DayField(label=_("Received"))

    def arguments(self) -> dict[str, Any]:
        """The fund is the operation's subject, not one of its facts."""
        return {name: value for name, value in self.cleaned_data.items() if name != "fund"}


class NoteForm(Form):
    """A sentence that has to be given."""

    note = forms.CharField(label=_("Note"), max_length=200)

"""What people type when they open a fund or move its money by hand."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.face.fields import DayField, MoneyField
from foundation.forms import Form, rows_of
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.organisations.states import OrganisationState
from marketplace.ledger.budgets import passed_on, receivers_of
from marketplace.ledger.models import Account, Fund, Place


class FundForm(Form):
    """A new fund."""

    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        help_text=_("Short, for accounts and files, such as 2026-seed. It never changes."),
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Small letters and digits, joined by hyphens.")
            )
        ],
    )
    starts_on = DayField(label=_("Begins"))
    ends_on = DayField(label=_("Ends"))


class StepForm(Form):
    """An amount and why; a doubled click is one act."""

    amount_fen = MoneyField(label=_("Amount"), positive=True)
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("The resolution or document this rests on.")
    )
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["once"].initial = uuid.uuid4

    def arguments(self) -> dict[str, Any]:
        """The token as text."""
        return {**self.cleaned_data, "once": str(self.cleaned_data["once"] or "")}


class AppropriationForm(StepForm):
    """Money from the authority, with the resolution it rests on."""

    upload = forms.FileField(
        label=_("The resolution"), help_text=_("A PDF. Whoever reads the books can open it.")
    )

    field_order = ("amount_fen", "reason", "upload")


class WarningForm(Form):
    """When the people of a fund are warned."""

    percent = forms.IntegerField(
        label=_("Warn when less than this is free, in percent"),
        min_value=0,
        max_value=100,
        help_text=_("Of what the fund, or a union's budget in it, was given. 0 warns nobody."),
    )
    reason = forms.CharField(label=_("Why"), max_length=200)


class BudgetForm(StepForm):
    """Money given to a union, or taken back from it."""

    buyer = forms.ModelChoiceField(
        label=_("Union"),
        queryset=Organisation.objects.none(),
        help_text=_("Only union bodies that are verified."),
    )

    field_order = ("buyer", "amount_fen", "reason")

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        rows_of(self, "buyer").queryset = Organisation.objects.filter(
            kind=OrganisationKind.UNION, state=OrganisationState.VERIFIED
        )


class CarryOverForm(Form):
    """Which fund takes over what is left, and why."""

    successor = forms.ModelChoiceField(
        label=_("Next fund"),
        queryset=Fund.objects.none(),
        help_text=_("Every union finds what it had in its own pocket there."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("The resolution or document this rests on.")
    )

    def __init__(self, *args: Any, fund: Fund, **kw: Any) -> None:
        super().__init__(*args, **kw)
        rows = Fund.objects.filter(lapsed_on=None, ends_on__gte=clock.today())
        rows_of(self, "successor").queryset = rows.filter(currency=fund.currency).exclude(
            pk=fund.pk
        )


class CloseYearForm(CarryOverForm):
    """Where what is left goes when a fund's year is closed, and why."""

    field_order = ("successor", "reason")

    def __init__(self, *args: Any, fund: Fund, **kw: Any) -> None:
        super().__init__(*args, fund=fund, **kw)
        choice = rows_of(self, "successor")
        choice.required = False
        choice.empty_label = _("back to the authority")
        choice.label = _("What is left goes to")
        if fund.lapsed_on:
            del self.fields["successor"]

    def arguments(self) -> dict[str, Any]:
        """Without a choice, to the authority."""
        return {"successor": None, **self.cleaned_data}


class PeriodForm(Form):
    """Up to which day a fund's books are closed."""

    ends_on = DayField(
        label=_("Last day of the period"),
        help_text=_("This day and all before it take no more entries, and cannot be reopened."),
    )


class PassOnForm(StepForm):
    """Some of a union's budget for a union below it."""

    fund = forms.ModelChoiceField(label=_("Fund"), queryset=Fund.objects.none())
    buyer = forms.ModelChoiceField(
        label=_("Union"),
        queryset=Organisation.objects.none(),
        help_text=_("Verified unions and enterprises below yours in the tree."),
    )

    field_order = ("fund", "buyer", "amount_fen", "reason")

    def __init__(self, *args: Any, giver: Organisation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        pockets = Account.objects.filter(organisation=giver, place=Place.BUYER)
        funds = Fund.objects.filter(pk__in=pockets.values("fund"), lapsed_on=None)
        rows_of(self, "fund").queryset = funds.filter(ends_on__gte=clock.today())
        rows_of(self, "buyer").queryset = receivers_of(giver)


class TakeBackForm(StepForm):
    """What a union passed on, as far as it is still free."""

    fund = forms.ModelChoiceField(label=_("Fund"), queryset=Fund.objects.none())
    buyer = forms.ModelChoiceField(
        label=_("Union"),
        queryset=Organisation.objects.none(),
        help_text=_("Those you passed budget on to."),
    )

    field_order = ("fund", "buyer", "amount_fen", "reason")

    def __init__(self, *args: Any, giver: Organisation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        passed = passed_on([giver])
        rows_of(self, "fund").queryset = Fund.objects.filter(
            pk__in={row.fund.pk for row in passed}, lapsed_on=None
        )
        rows_of(self, "buyer").queryset = Organisation.objects.filter(
            pk__in={row.buyer.pk for row in passed}
        ).order_by("name")

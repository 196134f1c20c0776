"""What buyers and officers type before the money is shared out."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.needs.models import Category
from bidding.proposals.models import Proposal
from foundation.face.fields import MoneyField
from foundation.forms import Form, choices_of, rows_of
from foundation.organisations.models import Organisation
from marketplace.matching.models import Money
from marketplace.matching.queries import Purse


class ShelfFilter(django_filters.FilterSet):
    """What a buyer narrows the shelf by."""

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Title"))
    category = django_filters.ModelChoiceFilter(
        field_name="lot__category", queryset=Category.objects.all(), label=_("Category")
    )
    call = django_filters.ModelChoiceFilter(
        queryset=Call.objects.filter(ranking__isnull=False), label=_("Call")
    )

    class Meta:
        model = Proposal
        fields = ["q", "category", "call"]


class BuyerForm(Form):
    """A form that speaks for one of the person's union bodies."""

    buyer = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("On behalf of"), empty_label=None
    )

    def __init__(self, *args: Any, buyers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = rows_of(self, "buyer")
        field.queryset = Organisation.objects.filter(pk__in=[buyer.pk for buyer in buyers])
        if len(buyers) == 1:
            field.initial = buyers[0]
            field.widget = forms.HiddenInput()


class InterestForm(BuyerForm):
    """A buyer wants to talk."""

    note = forms.CharField(
        label=_("What you would like to talk about"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The organisation reads this; nobody else does but the federation."),
    )


class PledgeForm(BuyerForm):
    """A buyer promises money."""

    purse = forms.ChoiceField(label=_("Out of"))
    amount_fen = MoneyField(label=_("Amount"), positive=True)

    def __init__(self, *args: Any, purses: list[Purse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self, "purse").choices = [
            (f"{purse.buyer.pk}-{purse.fund.pk}-{purse.money}", purse.sentence)
            for purse in purses
            if purse.free_fen > 0
        ]
        del self.fields["buyer"]
        self.purses = {f"{p.buyer.pk}-{p.fund.pk}-{p.money}": p for p in purses}

    def arguments(self) -> dict[str, Any]:
        """The purse chosen says whose money it is, of which fund, and which kind."""
        purse = self.purses[self.cleaned_data["purse"]]
        return {
            "buyer": purse.buyer,
            "fund": purse.fund,
            "money": Money(purse.money),
            "amount_fen": self.cleaned_data["amount_fen"],
        }

    def add_error(self, field: str | None, error: Any) -> None:
        """What is said about the kind of money stands beside the purse."""
        super().add_error("purse" if field == "money" else field, error)

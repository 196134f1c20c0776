"""What buyers and officers type before the money is shared out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Lot
from bidding.proposals.models import Proposal
from foundation.face.fields import MoneyField
from foundation.face.values import own_words
from foundation.forms import Form, choices_of, rows_of
from foundation.organisations.models import Organisation
from marketplace.matching.fit import DEFAULTS, MOST
from marketplace.matching.models import Money
from marketplace.matching.queries import Purse
from marketplace.matching.shelf_models import LABELS


class ShelfFilter(django_filters.FilterSet):
    """What a buyer narrows the shelf by."""

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Title"))
    category = django_filters.ChoiceFilter(field_name="lot__category", label=_("Category"))
    call = django_filters.ChoiceFilter(field_name="call", label=_("Call"))
    buyer = django_filters.ChoiceFilter(method="seen_by", label=_("On behalf of"))

    class Meta:
        model = Proposal
        fields = ["q", "category", "call"]

    def __init__(
        self, *args: Any, buyers: Mapping[int, Organisation], lots: list[Lot], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted({lot.category for lot in lots}, key=lambda kind: kind.position)
        calls = dict.fromkeys(lot.call for lot in lots)
        self._choices("category", [(kind.pk, str(kind)) for kind in kinds])
        self._choices("call", [(call.pk, str(own_words(call, "title"))) for call in calls])
        if len(buyers) > 1:
            self._choices("buyer", [(pk, str(one)) for pk, one in buyers.items()])
        else:
            del self.filters["buyer"]

    def _choices(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.filters[name].extra["choices"] = choices

    def seen_by(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """Whose shelf it is orders it, and takes nothing off it."""
        return rows

    @property
    def chosen(self) -> bool:
        """Is the shelf narrowed at all?"""
        return any(self.data.get(name) for name in ("q", "category", "call"))


class WeightsForm(Form):
    """How much each reason counts, from 0 (not at all) to 100."""

    def __init__(self, *args: Any, weights: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, weight in weights.items():
            self.fields[name] = forms.IntegerField(
                label=LABELS[name],
                initial=weight,
                min_value=0,
                max_value=MOST,
                help_text=_("Usually %(weight)d.") % {"weight": DEFAULTS[name]},
            )


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


class NoteForm(BuyerForm):
    """Something for one's colleagues."""

    text = forms.CharField(
        label=_("Note"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Read by those who act for your union body, and by nobody else: neither the "
            "organisation nor the federation."
        ),
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

"""What is typed about honoraria."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.face.fields import DayField, MoneyField
from foundation.forms import Form, rows_of
from foundation.http import number_in
from foundation.money import yuan
from marketplace.honoraria.models import HonorariaList, Honorarium

LARGEST_FEN = 10_000_000


class CorrectionForm(Form):
    """Another sum, and why."""

    amount_fen = MoneyField(label=_("due, before tax"), most_fen=LARGEST_FEN)
    was_fen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("It is on record. The judge reads the sum."),
    )

    def __init__(self, *args: Any, honorarium: Honorarium, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "amount_fen": honorarium.amount_fen,
            "was_fen": honorarium.amount_fen,
        }
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """The sum, what it was when the page was made, and why."""
        given = self.cleaned_data
        return {**given, "was_fen": number_in(given["was_fen"]) or 0}


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("It goes on record."),
    )


class _Payees(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """'Wang Fang: ¥540.00'."""
        return f"{obj.expert}: {yuan(obj.amount_fen)}"


class PaidForm(Form):
    """Who was paid, when, under which reference."""

    honoraria = _Payees(
        Honorarium.objects.none(), label=_("paid"), widget=forms.CheckboxSelectMultiple
    )
    paid_on = DayField(label=_("paid on"))
    reference = forms.CharField(
        label=_("reference of the payment"),
        max_length=60,
        help_text=_("As the bank or the cashier's book has it."),
    )

    def __init__(self, *args: Any, listed: HonorariaList, **kwargs: Any) -> None:
        rows = listed.rows.filter(paid_on=None, amount_fen__gt=0).select_related("expert__person")
        kwargs["initial"] = {"honoraria": [row.pk for row in rows], "paid_on": clock.today()}
        super().__init__(*args, **kwargs)
        rows_of(self, "honoraria").queryset = rows

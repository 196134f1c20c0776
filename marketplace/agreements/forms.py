"""What is typed about agreements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.face.fields import DayField, MoneyField
from foundation.forms import Form
from marketplace.agreements.models import Gate


class DrawUpForm(Form):
    """The period, and how the amount falls into parts."""

    starts_on = DayField(label=_("Begins"))
    ends_on = DayField(label=_("Ends"))
    signing_fen = MoneyField(label=_("Owed after signing"))
    midterm_fen = MoneyField(label=_("Owed after mid-term acceptance"), required=False)
    final_fen = MoneyField(label=_("Owed after final acceptance"))

    def arguments(self) -> dict[str, Any]:
        """The parts by their gates."""
        facts = self.cleaned_data
        amounts = {gate: facts[f"{gate}_fen"] or 0 for gate in Gate.values}
        return {"starts_on": facts["starts_on"], "ends_on": facts["ends_on"], "amounts": amounts}


class SignForm(Form):
    """A signature: the name typed, the paper read."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("Type it exactly as it stands in your account. It stands for your signature."),
    )
    read = forms.BooleanField(
        label=_("I have read the agreement and am entitled to sign it for my organisation.")
    )

    def arguments(self) -> dict[str, Any]:
        """The name; that it was read is what makes the form whole."""
        return {"name": self.cleaned_data["name"]}


class RefuseForm(Form):
    """Why one side does not sign."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}))

"""What is typed about stopping a project."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.face.fields import MoneyField
from foundation.forms import Form
from marketplace.delivery.halt_models import Halt

FILES = 3
"""How many files a notice takes."""


class HaltForm(Form):
    """For a while or for good, why, and what shows it."""

    kind = forms.ChoiceField(
        label=_("What is wanted"),
        choices=[
            (Halt.Kind.SUSPENSION, _("suspend it: nothing is due or paid until it goes on")),
            (Halt.Kind.TERMINATION, _("end it: the work done is paid, the rest goes back")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("The other side, the federation and whoever audits the project read it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, FILES + 1):
            self.fields[f"file_{number}"] = forms.FileField(
                label=_("Evidence %(number)d") % {"number": number}, required=number == 1
            )
        self.fields["file_1"].help_text = _("A sealed letter, a record, photos: what shows it.")

    def arguments(self) -> dict[str, Any]:
        """The notice with its files."""
        facts = self.cleaned_data
        files = [facts[f"file_{number}"] for number in range(1, FILES + 1)]
        return {
            "kind": facts["kind"],
            "reason": facts["reason"],
            "evidence": [upload for upload in files if upload],
        }


class AnswerForm(Form):
    """Yes, or no with the reason."""

    agrees = forms.TypedChoiceField(
        label=_("Your side"),
        choices=[("yes", _("consents")), ("no", _("does not agree"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )
    text = forms.CharField(
        label=_("What you say to it"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Needed if you do not agree."),
    )


class SettleForm(Form):
    """What the work came to, and why it ends."""

    accepted_fen = MoneyField(
        label=_("The work done comes to"),
        help_text=_("Filled in with what accepted reports say was spent."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is public, on the project's page."),
    )

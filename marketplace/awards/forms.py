"""What is typed about awards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form


class ReasonForm(Form):
    """Why an award ends."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The organisation and the buyer read it, and it stays on record."),
    )

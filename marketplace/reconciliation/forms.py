"""What people type about a difference."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form
from marketplace.reconciliation.operations import SHORTEST


class ExplanationForm(Form):
    """How a difference is explained."""

    reason = forms.CharField(
        label=_("How it is explained"),
        min_length=SHORTEST,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "A sentence the auditor understands. If it changes or comes back, it is open again."
        ),
    )

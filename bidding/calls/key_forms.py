"""What a keeper of a call's key types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form


class KeeperForm(Form):
    """A passphrase, twice."""

    passphrase = forms.CharField(
        label=_("passphrase"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
        help_text=_("Twelve characters or more, best a sentence. It is kept nowhere."),
    )
    again = forms.CharField(
        label=_("once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        cleaned = dict(super().clean() or {})
        if cleaned.get("again") and cleaned.get("passphrase") != cleaned["again"]:
            self.add_error("again", _("The two are not the same."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The passphrase alone."""
        return {"passphrase": self.cleaned_data["passphrase"]}

"""What a person chooses about their letters and their inbox."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import Form, choices_of
from foundation.notifications.kinds import GROUPS


class LettersForm(Form):
    """About which groups a person wants e-mail."""

    wanted = forms.MultipleChoiceField(
        label=_("Write to me by e-mail about"),
        choices=list(GROUPS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Your inbox here always tells you everything."),
    )


class InboxFilter(forms.Form):
    """Looking at one group of notices, or at the unread ones."""

    group = forms.ChoiceField(label=_("About"), required=False)
    unread = forms.ChoiceField(
        label=pgettext_lazy("filter", "Show"),
        required=False,
        choices=[("", _("all")), ("yes", _("unread"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self, "group").choices = [("", _("everything")), *GROUPS.items()]

    def chosen(self, name: str) -> str:
        """What was chosen under `name`; nothing for what is no choice."""
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""

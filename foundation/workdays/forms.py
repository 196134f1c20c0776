"""What an officer types into the table of days off."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form


class SpecialDayForm(Form):
    """A day off or a make-up working day."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    working = forms.TypedChoiceField(
        label=_("It is"),
        choices=[("no", _("day off")), ("yes", _("working day"))],
        coerce=lambda value: value == "yes",
    )
    name = forms.CharField(
        label=_("Name"), max_length=60, required=False, help_text=_("Such as 国庆节.")
    )


class CalendarYearForm(Form):
    """The notice a year's days come from."""

    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("The State Council's notice the days were taken from."),
    )

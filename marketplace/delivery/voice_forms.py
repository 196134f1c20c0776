"""What is typed when those served are asked, and when one of them answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.face.fields import DayField
from foundation.forms import Form, ModelForm
from marketplace.delivery.voice_models import Again, Asking
from marketplace.delivery.voice_operations import MOST_PEOPLE, USUAL_DAYS


class AskingForm(ModelForm):
    """One occasion at which those served are asked."""

    held_on = DayField(label=_("day"))
    people = forms.IntegerField(
        label=_("people there"),
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("So many answers are taken at most: nobody can flood it."),
    )
    until_on = DayField(label=_("answers are taken until"), required=False)

    class Meta:
        model = Asking
        fields = ["occasion", "occasion_en", "held_on", "people", "until_on"]
        help_texts = {
            "occasion": _("As those who were there know it, such as: legal advice on Saturday."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_on"].help_text = _("Left empty: %(days)d days after.") % {
            "days": USUAL_DAYS
        }


def _marks(worst: Any, best: Any) -> Callable[[], list[tuple[int, Any]]]:
    """1 to 5, best first, the ends in words."""

    def marks() -> list[tuple[int, Any]]:
        ends = {5: f"5 · {best}", 1: f"1 · {worst}"}
        return [(mark, ends.get(mark, str(mark))) for mark in range(5, 0, -1)]

    return marks


class VoiceForm(Form):
    """Three questions, each answered with one tap."""

    helpful = forms.TypedChoiceField(
        label=_("Did it help you?"),
        coerce=int,
        choices=_marks(pgettext_lazy("mark", "not at all"), pgettext_lazy("mark", "very much")),
        widget=forms.RadioSelect,
    )
    well_run = forms.TypedChoiceField(
        label=_("Was it well run: on time, as announced, friendly?"),
        coerce=int,
        choices=_marks(pgettext_lazy("mark", "badly"), pgettext_lazy("mark", "very well")),
        widget=forms.RadioSelect,
    )
    again = forms.ChoiceField(
        label=_("Would you come again?"), choices=Again.choices, widget=forms.RadioSelect
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

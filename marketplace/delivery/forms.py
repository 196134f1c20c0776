"""What is typed about projects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from foundation.face.fields import MoneyField
from foundation.forms import Form
from marketplace.delivery.models import Project
from marketplace.delivery.operations import Proof
from marketplace.delivery.states import ProjectState

PROOFS = 4
"""Files one report form takes; a report returned can bring more."""


class DeskFilter(django_filters.FilterSet):
    """What the projects on a desk are narrowed by."""

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Title"))
    state = django_filters.ChoiceFilter(choices=ProjectState.choices, label=_("State"))

    class Meta:
        model = Project
        fields = ["q", "state"]


class ReportForm(Form):
    """What was done, for whom, for how much, and the proof of it."""

    text = forms.CharField(
        label=_("What was done, and how it went"), widget=forms.Textarea({"rows": 6})
    )
    served = forms.IntegerField(
        label=_("People served since the last report"), min_value=0, max_value=10_000_000
    )
    spent_fen = MoneyField(
        label=_("Money spent since the last report"),
        help_text=_("What the final part comes to is computed from what was really spent."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PROOFS + 1):
            names = {"number": number}
            self.fields[f"file_{number}"] = forms.FileField(
                label=_("Evidence %(number)d") % names, required=False
            )
            self.fields[f"caption_{number}"] = forms.CharField(
                label=_("What evidence %(number)d shows") % names, max_length=160, required=False
            )
            self.fields[f"public_{number}"] = forms.BooleanField(
                label=_("Everybody may see evidence %(number)d") % names, required=False
            )

    def clean(self) -> dict[str, Any]:
        """A file says what it shows."""
        facts = super().clean() or self.cleaned_data
        for number in range(1, PROOFS + 1):
            if facts.get(f"file_{number}") and not facts.get(f"caption_{number}"):
                self.add_error(f"caption_{number}", _("Say what this file shows."))
        return facts

    def arguments(self) -> dict[str, Any]:
        """The report with its proofs."""
        facts = self.cleaned_data
        files: list[tuple[int, UploadedFile]] = [
            (number, facts[f"file_{number}"])
            for number in range(1, PROOFS + 1)
            if facts.get(f"file_{number}")
        ]
        return {
            "text": facts["text"],
            "served": facts["served"],
            "spent_fen": facts["spent_fen"],
            "evidence": [
                Proof(upload, facts[f"caption_{number}"], facts[f"public_{number}"])
                for number, upload in files
            ],
        }


class AcceptForm(Form):
    """A buyer accepts, perhaps with a remark."""

    remark = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea({"rows": 3}))


class ReasonForm(Form):
    """Why a report is returned or a project broken off."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 4}))


class CloseForm(Form):
    """The final score, and what was learnt."""

    score = forms.DecimalField(
        label=_("Final score, 0 to 100"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_("A from 85, B from 60, C below."),
    )
    lessons = forms.CharField(
        label=_("What was learnt"), required=False, widget=forms.Textarea({"rows": 4})
    )

    def arguments(self) -> dict[str, Any]:
        """The score in hundredths."""
        hundredths = int(self.cleaned_data["score"] * Decimal(100))
        return {"score_hundredths": hundredths, "lessons": self.cleaned_data["lessons"]}

"""What is typed about projects."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.face.fields import DayField, MoneyField
from foundation.face.values import own_words
from foundation.forms import Form, ModelForm
from marketplace.delivery.models import Goal, Joining, Project
from marketplace.delivery.operations import Proof
from marketplace.delivery.progress import is_late
from marketplace.delivery.served import Reached
from marketplace.delivery.states import ProjectState
from marketplace.delivery.voice import Heard

PROOFS = 4
"""Files one report form takes; a report returned can bring more."""


class DeskFilter(django_filters.FilterSet):
    """What the projects on a desk are narrowed by."""

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Title"))
    state = django_filters.ChoiceFilter(choices=ProjectState.choices, label=_("State"))
    late = django_filters.ChoiceFilter(
        choices=[("yes", _("something is late"))], method="only_late", label=_("Lateness")
    )

    class Meta:
        model = Project
        fields = ["q", "state", "late"]

    def only_late(self, rows: QuerySet[Project], _name: str, _value: str) -> QuerySet[Project]:
        """Those in which a milestone should have been reported."""
        return rows.filter(is_late())


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

    def __init__(
        self,
        *args: Any,
        goals: Iterable[Goal] = (),
        spent_fen: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        if spent_fen is not None:
            self.fields["spent_fen"].initial = spent_fen
            self.fields["spent_fen"].help_text = _(
                "What the invoices entered since the last report come to."
            )
        for goal in self.goals:
            self._ask_about(goal)
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

    def _ask_about(self, goal: Goal) -> None:
        """How many people were served for a need the project answers, and what changed for them."""
        names = {"need": own_words(goal.need, "title")}
        if len(self.goals) > 1:
            self.fields[f"served_{goal.pk}"] = forms.IntegerField(
                label=_("Of these, served for “%(need)s”") % names,
                min_value=0,
                max_value=10_000_000,
            )
        self.fields[f"outcome_{goal.pk}"] = forms.CharField(
            label=_("What changed for them: “%(need)s”") % names,
            max_length=300,
            required=False,
            help_text=_("One or two sentences; public once the report is accepted."),
        )

    def clean(self) -> dict[str, Any]:
        """A file says what it shows; nobody is served for a need who was not served at all."""
        facts = super().clean() or self.cleaned_data
        for goal in self.goals:
            if (facts.get(f"served_{goal.pk}") or 0) > (facts.get("served") or 0):
                self.add_error(f"served_{goal.pk}", _("That is more than were served in all."))
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
            "results": {
                goal.pk: Reached(
                    facts.get(f"served_{goal.pk}", facts["served"]), facts[f"outcome_{goal.pk}"]
                )
                for goal in self.goals
            },
            "evidence": [
                Proof(upload, facts[f"caption_{number}"], facts[f"public_{number}"])
                for number, upload in files
            ],
        }


class JoiningForm(ModelForm):
    """Where, when and how workers join."""

    until = DayField(label=_("one can join until"), required=False)

    class Meta:
        model = Joining
        fields = [
            "place",
            "place_en",
            "times",
            "times_en",
            "how",
            "how_en",
            "phone",
            "contact",
            "is_free",
            "price",
            "until",
        ]
        widgets = {
            "how": forms.Textarea(attrs={"rows": 3}),
            "how_en": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "place": _("An address that people find."),
            "times": _("Days and hours, such as: Saturdays 9:00–11:00."),
            "how": _("What one does: call, come by, sign up at the union. Plain words."),
            "phone": _("An office number; everybody can read it."),
            "contact": _("An office or a person who agrees to be named."),
            "price": _("Only when it costs something: how much, and for what."),
        }


class AcceptForm(Form):
    """A buyer accepts, perhaps with a remark, after a look at what those served said."""

    remark = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea({"rows": 3}))
    looked = forms.BooleanField(label=_("I have looked at what those served said"))

    def __init__(self, *args: Any, voice: Heard | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if voice is None:
            del self.fields["looked"]
        elif voice.is_low:
            self.fields["remark"].help_text = _(
                "Those served say that it hardly helped: say why it is accepted all the same."
            )

    def arguments(self) -> dict[str, Any]:
        """The remark; the tick is for the person."""
        return {"remark": self.cleaned_data["remark"]}


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

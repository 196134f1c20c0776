"""What people type about surveys and needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.needs.industries import INDUSTRIES
from bidding.needs.models import Need, Option, Survey
from bidding.needs.queries import Proposed, category_names
from bidding.needs.questionnaire import Item
from bidding.needs.xlsform import Fault, Malformed, read_form
from foundation.face.fields import MomentField
from foundation.forms import Form, ModelForm, choices_of
from foundation.organisations.models import District, Union

MOST_BYTES = 5 * 1024 * 1024


class SurveyForm(ModelForm):
    """The words of a survey."""

    class Meta:
        model = Survey
        fields = ["title", "title_en", "intro", "intro_en", "population", "most_sheets"]
        help_texts = {
            "most_sheets": _("After so many the survey thanks and takes no more. Empty: no end."),
            "population": _("All workers in the area: shares of answers are projected on them."),
        }
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 4}),
            "intro_en": forms.Textarea(attrs={"rows": 4}),
        }


class NewSurveyForm(SurveyForm):
    """The words of a new survey, and its short name."""

    class Meta(SurveyForm.Meta):
        fields = ["title", "title_en", "slug", "intro", "intro_en", "population", "most_sheets"]
        help_texts = {
            **SurveyForm.Meta.help_texts,
            "slug": _("Letters, digits and hyphens. Left empty, it is made from the year."),
        }

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["slug"].required = False


class OpenForm(Form):
    """From when to when a survey asks."""

    opens_at = MomentField(label=_("opens"))
    closes_at = MomentField(label=_("closes"))


class ImportForm(Form):
    """A table of answers given on paper."""

    file = forms.FileField(
        label=_("table (CSV or XLSX)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class XlsFormForm(Form):
    """An XLSForm; `faults` are the rows that do not hold."""

    file = forms.FileField(
        label=_("form (XLSX)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )
    faults: list[Fault] = []

    def clean_file(self) -> list[Item]:
        """The form's questions; or every row's fault."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: at most 5 MB."))
        try:
            return read_form(upload, category_names())
        except Malformed as malformed:
            self.faults = malformed.faults
            raise forms.ValidationError(
                _("The form was not taken over. What is wrong stands below, row by row.")
            ) from malformed

    def arguments(self) -> dict[str, Any]:
        """The questions."""
        return {"items": self.cleaned_data["file"]}


URGENCIES = [
    (1, _("1: not urgent")),
    (2, _("2: can wait")),
    (3, _("3: this year")),
    (4, _("4: soon")),
    (5, _("5: at once")),
]


class NeedForm(ModelForm):
    """The words and the weight of a need."""

    urgency = forms.TypedChoiceField(label=_("how urgent, 1 to 5"), choices=URGENCIES, coerce=int)

    class Meta:
        model = Need
        fields = ["title", "title_en", "audience", "audience_en", "headcount", "urgency"]


class NewNeedForm(NeedForm):
    """A new need: also where it is."""

    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("where"),
        required=False,
        empty_label=_("the whole area"),
        help_text=_("The figures are then those of the answers from there."),
    )


class DrawForm(Form):
    """Which of the proposed needs are drawn up, and whose they are."""

    options = forms.ModelMultipleChoiceField(
        Option.objects.none(), label=_("needs"), widget=forms.CheckboxSelectMultiple
    )
    audience = forms.CharField(
        label=pgettext_lazy("need", "who"),
        max_length=120,
        help_text=_("The same for all; each can be changed later."),
    )
    audience_en = forms.CharField(label=_("who, in English"), max_length=160, required=False)

    def __init__(self, proposed: Iterable[Proposed], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.rows = {row.option.pk: row for row in proposed}
        field = cast("forms.ModelMultipleChoiceField[Option]", self.fields["options"])
        field.queryset = Option.objects.filter(pk__in=self.rows)
        field.initial = list(self.rows)
        choices_of(self, "options").choices = [
            (row.option.pk, self._says(row)) for row in self.rows.values()
        ]

    @staticmethod
    def _says(row: Proposed) -> str:
        words = _("%(need)s: %(share)s, %(people)s people, urgency %(urgency)d")
        return words % {
            "need": row.option.wording,
            "share": f"{100 * (row.share.share or 0):.1f} %",
            "people": f"{row.headcount:,}",
            "urgency": row.urgency,
        }


class RetireForm(Form):
    """Why a need leaves the list."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Everybody can read it on the need's page.")
    )


class QuotaForm(Form):
    """How many answers are wanted from one union, district or industry."""

    union = forms.ModelChoiceField(
        Union.objects.select_related("organisation").order_by("path"),
        label=_("union"),
        required=False,
        empty_label="—",
    )
    district = forms.ModelChoiceField(
        District.objects.all(), label=_("where"), required=False, empty_label="—"
    )
    industry = forms.ChoiceField(
        label=_("industry"), required=False, choices=[("", "—"), *INDUSTRIES]
    )
    wanted = forms.IntegerField(label=_("answers wanted"), min_value=1, max_value=1_000_000)
    is_cap = forms.BooleanField(
        label=_("and no more than that"),
        required=False,
        help_text=_("Further answers on line from there are thanked for and not taken."),
    )

"""What people type about surveys and needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.needs.choices import LineFault
from bidding.needs.crossing import Crossing
from bidding.needs.industries import INDUSTRIES
from bidding.needs.models import Need, Option, QuestionKind, Survey
from bidding.needs.queries import Proposed, category_names
from bidding.needs.questionnaire import Item
from bidding.needs.totals_table import read_totals
from bidding.needs.variables import Variable
from bidding.needs.xlsform import Fault, Malformed, read_form
from foundation.face.fields import DayField, MomentField
from foundation.face.values import own_words
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
    severity_row = forms.ModelChoiceField(
        Option.objects.none(),
        label=_("line of a grid that says how severe it is"),
        required=False,
        empty_label=_("none: your judgement above"),
        help_text=_(
            "The grid's highest level has to be the most severe. The priority is then the share "
            "times the mean of what workers said, and its interval knows both."
        ),
    )

    def __init__(self, *args: Any, survey: Survey | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = cast("forms.ModelChoiceField[Option]", self.fields["severity_row"])
        rows = Option.objects.filter(question__survey=survey, question__kind=QuestionKind.GRID)
        field.queryset = rows.select_related("question").order_by("question__position", "position")
        if survey is not None and not rows.exists():
            del self.fields["severity_row"]


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
            "need": own_words(row.option, "wording"),
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


class CrossForm(Form):
    """Which question's answers, by what: stands in the address."""

    row = forms.ChoiceField(label=_("question"))
    by = forms.ChoiceField(label=_("in groups by"))

    def __init__(self, crossing: Crossing, data: Any) -> None:
        super().__init__(data)
        choices_of(self, "row").choices = [_choice(own) for own in crossing.rows]
        choices_of(self, "by").choices = [_choice(own) for own in crossing.known]
        self.first = _first_pair(crossing)
        if self.first:
            self.initial = self.first


def _choice(own: Variable) -> tuple[str, str]:
    return own.code, own_words(own, "wording")


def _first_pair(crossing: Crossing) -> dict[str, str]:
    """What is shown before anybody chooses: the first question of several choices, by place."""
    rows = sorted(crossing.rows, key=lambda own: own.exclusive)
    for row in rows:
        groups = [own for own in crossing.known if own.column != row.column]
        groups.sort(key=lambda own: own.column == own.code)
        if groups:
            return {"row": row.code, "by": groups[0].code}
    return {}


class TotalsForm(Form):
    """How many workers each level has, who counted them, when; by hand or as a table."""

    source = forms.CharField(label=_("where the numbers come from"), max_length=200)
    source_url = forms.URLField(
        label=_("address of the source"), required=False, max_length=300, assume_scheme="https"
    )
    dated_on = DayField(label=_("the numbers' date"))
    file = forms.FileField(
        label=_("table (CSV), instead of the numbers below"),
        required=False,
        help_text=_("Two columns: a name or code (several that share a total with +), a number."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
    )
    rest = forms.IntegerField(
        label=_("all others together"),
        required=False,
        min_value=0,
        help_text=_("The total of all that are left empty below."),
    )

    def __init__(self, known: Variable, sheets: Mapping[str, int], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.known = known
        for label in known.labels:
            self.fields[f"level.{label.code}"] = forms.IntegerField(
                label=own_words(label, "wording"),
                required=False,
                min_value=0,
                max_value=2_000_000_000,
                help_text=_("answers: %(n)d") % {"n": sheets.get(label.code, 0)},
            )

    def arguments(self) -> dict[str, Any]:
        """The groups, and what is said about them."""
        words = {name: self.cleaned_data[name] for name in ("source", "source_url", "dated_on")}
        groups = self.cleaned_data["file"] or self._typed()
        return {**words, "groups": groups}

    def _typed(self) -> list[tuple[list[str], int]]:
        typed = {
            label.code: self.cleaned_data.get(f"level.{label.code}") for label in self.known.labels
        }
        groups = [([code], workers) for code, workers in typed.items() if workers is not None]
        empty = [code for code, workers in typed.items() if workers is None]
        rest = self.cleaned_data.get("rest")
        return [*groups, (empty, rest)] if empty and rest else groups

    def clean_file(self) -> list[tuple[list[str], int]] | None:
        """The groups of a table, by names or codes; the first line that does not hold is named."""
        upload = self.cleaned_data["file"]
        if not upload:
            return None
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: at most 5 MB."))
        names = {
            str(word).strip(): label.code
            for label in self.known.labels
            for word in (label.wording, label.wording_en, label.code)
            if word
        }
        try:
            return read_totals(upload.read(), names)
        except LineFault as fault:
            words = {"line": fault.line, "word": fault.word}
            raise forms.ValidationError(
                _("Line %(line)d cannot be read: “%(word)s”.") % words
            ) from fault


class LimitForm(Form):
    """How many times the mean a weight may be."""

    most_weight = forms.IntegerField(
        label=_("largest weight"),
        required=False,
        min_value=2,
        max_value=1000,
        help_text=_("So many times the mean weight at most. Empty: no limit."),
    )

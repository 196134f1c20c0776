"""What people type about surveys and needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.needs import sheet
from bidding.needs.choices import Choice, LineFault, read_choices, write_choices
from bidding.needs.models import Need, Question, QuestionKind, Survey
from bidding.needs.queries import CHOOSING, category_names
from foundation.errors import DomainError
from foundation.face.fields import MomentField
from foundation.face.values import own_words
from foundation.forms import Form, ModelForm
from foundation.organisations.models import District

FAULTS = {
    "long": _("Line %(line)d is too long: “%(word)s”."),
    "twice": _("Line %(line)d stands there twice: “%(word)s”."),
    "category": _("Line %(line)d: there is no category “%(word)s”."),
}


class SurveyForm(ModelForm):
    """The words of a survey."""

    class Meta:
        model = Survey
        fields = ["title", "title_en", "intro", "intro_en", "population"]
        help_texts = {
            "population": _("All workers in the area: shares of answers are projected on them."),
        }
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 4}),
            "intro_en": forms.Textarea(attrs={"rows": 4}),
        }


class NewSurveyForm(SurveyForm):
    """The words of a new survey, and its short name."""

    class Meta(SurveyForm.Meta):
        fields = ["title", "title_en", "slug", "intro", "intro_en", "population"]
        help_texts = {
            **SurveyForm.Meta.help_texts,
            "slug": _("Letters, digits and hyphens. Left empty, it is made from the year."),
        }

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["slug"].required = False


class QuestionForm(ModelForm):
    """A question; its choices are typed one a line."""

    choices = forms.CharField(
        label=_("choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One a line: wording | wording in English | category. The category (its name or "
            "number, 1 to 7) says which service the choice asks for; leave it out where none."
        ),
    )

    class Meta:
        model = Question
        fields = ["kind", "wording", "wording_en", "required"]

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if self.instance.pk:
            del self.fields["kind"]
            self.initial["choices"] = write_choices(
                Choice(option.wording, option.wording_en, option.category_id)
                for option in self.instance.options.order_by("position")
            )

    def clean_choices(self) -> list[Choice]:
        """The lines as choices; the first that does not hold is named."""
        try:
            return read_choices(self.cleaned_data["choices"], category_names())
        except LineFault as fault:
            words = {"line": fault.line, "word": fault.word}
            raise forms.ValidationError(FAULTS[fault.fault] % words) from fault


class OpenForm(Form):
    """From when to when a survey asks."""

    opens_at = MomentField(label=_("opens"))
    closes_at = MomentField(label=_("closes"))


class ImportForm(Form):
    """A table of answers given on paper."""

    file = forms.FileField(
        label=_("table (CSV)"), widget=forms.ClearableFileInput(attrs={"accept": ".csv"})
    )


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


class StepForm(Form):
    """One question on one screen."""

    def __init__(self, question: Question, *args: Any, value: Any = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.question = question
        self.name = sheet.field_of(question)
        self.fields[self.name] = self._field()
        self.fields[self.name].initial = value
        self.fields[self.name].label = own_words(question, "wording")

    def _field(self) -> forms.Field:
        question = self.question
        needed: dict[str, Any] = {
            "required": question.required,
            "error_messages": {"required": _("Please answer this question.")},
        }
        if question.kind in CHOOSING:
            options = [(str(o.pk), own_words(o, "wording")) for o in question.options.all()]
            if question.kind == QuestionKind.SINGLE:
                return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **needed)
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=options, widget=widget, **needed)
        if question.kind == QuestionKind.SCALE:
            levels = [(str(level), str(level)) for level in sheet.SCALE]
            return forms.ChoiceField(
                choices=levels,
                widget=forms.RadioSelect,
                help_text=_("1 is the least, 5 the most."),
                **needed,
            )
        if question.kind == QuestionKind.NUMBER:
            return forms.CharField(
                widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 7}), **needed
            )
        text = forms.Textarea(attrs={"rows": 4, "maxlength": sheet.LONGEST_TEXT})
        return forms.CharField(widget=text, **needed)

    def clean(self) -> dict[str, Any]:
        """The same check as when the sheet is handed in."""
        cleaned = dict(super().clean() or {})
        if self.name not in self.errors:
            try:
                sheet.answers_to(self.question, cleaned.get(self.name))
            except DomainError as refusal:
                self.add_error(self.name, str(refusal))
        return cleaned

    @property
    def value(self) -> Any:
        """What is kept until the sheet is handed in."""
        kept = self.cleaned_data.get(self.name)
        return [kept] if kept and self.question.kind == QuestionKind.SINGLE else kept


class PlaceForm(Form):
    """The last step: where the person works."""

    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("Where do you work?"),
        required=False,
        empty_label=_("I would rather not say"),
    )

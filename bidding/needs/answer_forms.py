"""What a person answers: one question on one screen, or a whole sheet of paper on one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget
from django.utils.translation import gettext_lazy as _

from bidding.needs import sheet
from bidding.needs.industries import INDUSTRIES
from bidding.needs.questionnaire import SCALE_LEVELS, Item, Questionnaire
from foundation.errors import DomainError
from foundation.face.values import own_words
from foundation.forms import Form
from foundation.organisations.models import District, Union


class Answering(Form):
    """A form whose fields are those of questions."""

    def ask(self, item: Item, values: Mapping[str, Any]) -> list[str]:
        """Add the fields of one question, filled with what was answered before; their names."""
        fields = fields_of(item)
        before: Any = values.get(item.code)
        for name, field in fields.items():
            inner = name.partition(".")[2]
            if item.kind == "grid":
                field.initial = (before or {}).get(inner)
            elif item.kind == "ranking":
                field.initial = before.index(inner) + 1 if before and inner in before else None
            else:
                field.initial = values.get(name)
            self.fields[name] = field
        return list(fields)

    def read(self, item: Item) -> dict[str, Any]:
        """What was typed for the question, as `sheet.entries` takes it."""
        typed = {name: self.cleaned_data.get(name) for name in fields_of(item, bare=True)}
        if item.kind == "grid":
            given = {name.partition(".")[2]: level for name, level in typed.items() if level}
            return {item.code: given}
        if item.kind == "ranking":
            return {item.code: self._ranked(item, typed)}
        if item.kind == "district":
            place = typed[item.code]
            return {item.code: place.pk if place else ""}
        return typed

    def _ranked(self, item: Item, typed: Mapping[str, Any]) -> list[str]:
        places = sorted((int(place), name) for name, place in typed.items() if place)
        if [place for place, _name in places] != list(range(1, len(places) + 1)):
            raise DomainError(_("Give each place once, from 1 on."), field=item.code)
        return [name.partition(".")[2] for _place, name in places]

    def check(self, item: Item) -> dict[str, Any]:
        """What is kept of the question's fields; a refusal stands beside the field it is about."""
        try:
            typed = self.read(item)
            sheet.entries(item, typed)
        except DomainError as refusal:
            names = list(fields_of(item, bare=True))
            field = refusal.field if refusal.field in self.fields else names[0]
            self.add_error(field, str(refusal))
            return {}
        return {name: value for name, value in typed.items() if value not in sheet.EMPTY}


class _Listed(ChoiceWidget):
    """Choices without groups in one template: a page of them is drawn in a third of the time."""

    template_name = "needs/choices.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Each choice with its value, words, name for its label, and whether it was chosen."""
        chosen = set(self.format_value(value))
        ident = self.build_attrs(self.attrs, attrs).get("id", "")
        rows = [
            (str(choice), words, f"{ident}_{number}", str(choice) in chosen)
            for number, (choice, words) in enumerate(self.choices)
        ]
        return {"name": name, "type": self.input_type, "id": ident, "rows": rows}


class OneOf(_Listed, forms.RadioSelect):
    """Radio buttons."""


class SomeOf(_Listed, forms.CheckboxSelectMultiple):
    """Boxes."""


def _words(thing: Any) -> str:
    return own_words(thing, "wording")


def fields_of(item: Item, *, bare: bool = False) -> dict[str, forms.Field]:
    """The fields one question is answered with, by name; `bare`: only the names matter."""
    if item.kind == "grid":
        levels = [(str(n), _words(level)) for n, level in enumerate(item.levels, start=1)]
        return {f"{item.code}.{row.code}": _radio(levels, _words(row)) for row in item.choices}
    if item.kind == "ranking":
        most = min(item.most or len(item.choices), len(item.choices))
        places = [("", "—"), *((str(n), str(n)) for n in range(1, most + 1))]
        return {
            f"{item.code}.{c.code}": forms.ChoiceField(
                choices=places, required=False, label=_words(c)
            )
            for c in item.choices
        }
    fields: dict[str, forms.Field] = {item.code: FIELDS[item.kind](item)}
    if item.other is not None:
        attrs = {"maxlength": sheet.LONGEST_OTHER}
        fields[item.other_key] = forms.CharField(
            label=_words(item.other), required=False, widget=forms.TextInput(attrs=attrs)
        )
    if not bare:
        fields[item.code].label = _words(item)
        fields[item.code].help_text = own_words(item, "hint") or fields[item.code].help_text
    return fields


def _radio(choices: list[tuple[str, Any]], label: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=OneOf, required=False, label=label)


def _many(item: Item) -> forms.Field:
    choices = [(c.code, _words(c)) for c in item.choices]
    widget = SomeOf
    return forms.MultipleChoiceField(choices=choices, widget=widget, required=False)


def _scale(item: Item) -> forms.Field:
    field = _radio([(str(level), str(level)) for level in range(1, SCALE_LEVELS + 1)])
    field.help_text = _("1 is the least, 5 the most.")
    return field


def _number(item: Item) -> forms.Field:
    attrs = {"inputmode": "numeric", "maxlength": 12, "autocomplete": "off"}
    return forms.CharField(required=False, widget=forms.TextInput(attrs=attrs))


def _text(item: Item) -> forms.Field:
    attrs = {"rows": 4, "maxlength": sheet.LONGEST_TEXT}
    return forms.CharField(required=False, widget=forms.Textarea(attrs=attrs))


def _district(item: Item) -> forms.Field:
    rows = District.objects.all()
    return forms.ModelChoiceField(rows, required=False, empty_label=_("Choose …"))


def _industry(item: Item) -> forms.Field:
    return forms.ChoiceField(required=False, choices=[("", _("Choose …")), *INDUSTRIES])


FIELDS: dict[str, Callable[[Item], forms.Field]] = {
    "single": lambda item: _radio([(c.code, _words(c)) for c in item.choices]),
    "multiple": _many,
    "scale": _scale,
    "number": _number,
    "text": _text,
    "district": _district,
    "industry": _industry,
}
"""The one field of a kind that has one; none of them refuses: the sheet's check does."""


class StepForm(Answering):
    """One question on one screen; a trap that only machines see, and which question was shown."""

    website = forms.CharField(required=False)
    asked = forms.CharField(required=False)

    def __init__(self, item: Item, *args: Any, values: Mapping[str, Any], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.item = item
        self.names = self.ask(item, values)
        self.kept: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        """The same check as when the sheet is handed in; hidden fields as we sent them."""
        cleaned = dict(super().clean() or {})
        if cleaned.get("website") or cleaned.get("asked") not in ("", self.item.code):
            raise forms.ValidationError(
                _("This page was not sent as it was shown. Please answer it once more.")
            )
        if not self.errors:
            self.kept = self.check(self.item)
        return cleaned

    @property
    def own_fields(self) -> list[Any]:
        """The question's own fields, for the page."""
        return [self[name] for name in self.names]


class PlaceForm(Form):
    """The last step: where the person works, unless that was asked."""

    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("Where do you work?"),
        required=False,
        empty_label=_("I would rather not say"),
    )

    def __init__(self, questionnaire: Questionnaire, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if questionnaire.has("district"):
            del self.fields["district"]


class SheetForm(Answering):
    """One sheet of paper, all its questions in order, for fast typing."""

    sheet_number = forms.CharField(
        label=_("number on the sheet"),
        max_length=60,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    district = forms.ModelChoiceField(
        District.objects.all(), label=_("district"), required=False, empty_label="—"
    )
    union = forms.ModelChoiceField(
        Union.objects.select_related("organisation").order_by("path"),
        label=_("union"),
        required=False,
        empty_label="—",
    )

    def __init__(self, questionnaire: Questionnaire, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.questionnaire = questionnaire
        if questionnaire.has("district"):
            del self.fields["district"]
        for item in questionnaire.questions:
            self.ask(item, {})

    def clean(self) -> dict[str, Any]:
        """Every question that is asked of whoever answered the ones before."""
        cleaned = dict(super().clean() or {})
        self.answers: dict[str, Any] = {}
        for _step, item in self.questionnaire.walk(self.answers):
            self.answers.update(self.check(item))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The sheet's own facts, and the answers together."""
        own = ("sheet_number", "district", "union")
        facts = {name: self.cleaned_data[name] for name in own if name in self.fields}
        return {**facts, "answers": self.answers}

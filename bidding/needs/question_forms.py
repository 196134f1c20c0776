"""Writing a question: its words, its choices one a line, and who is asked it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.needs.choices import Choice, LineFault, read_choices, write_choices
from bidding.needs.models import Question, QuestionKind
from bidding.needs.queries import category_names
from bidding.needs.questionnaire import SCALE_LEVELS, Clause, Item, Level
from foundation.face.values import own_words
from foundation.forms import ModelForm, choices_of

FAULTS = {
    "long": _("Line %(line)d is too long: “%(word)s”."),
    "twice": _("Line %(line)d stands there twice: “%(word)s”."),
    "category": _("Line %(line)d: there is no category “%(word)s”."),
}
OWN: dict[str, tuple[str, ...]] = {
    "single": ("choices", "with_other"),
    "multiple": ("choices", "with_other", "most"),
    "ranking": ("choices", "most"),
    "grid": ("choices", "levels"),
    "number": ("least", "most"),
}
"""The fields that only some kinds have."""

SOME = {name for names in OWN.values() for name in names}


class QuestionForm(ModelForm):
    """A question of one kind; without a kind, every field, for whoever knows what to fill in."""

    choices = forms.CharField(
        label=_("choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One a line: wording | wording in English | category. The category (its name or "
            "number, 1 to 7) says which service the choice asks for; leave it out where none. "
            "In a grid these are the statements."
        ),
    )
    with_other = forms.BooleanField(label=_("add “Other”, with a line to say what"), required=False)
    levels = forms.CharField(
        label=_("columns of the grid"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, the least first: wording | wording in English."),
    )
    shown_if = forms.MultipleChoiceField(
        label=_("ask only those who chose one of these"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Of different questions, one of each. Nothing chosen: everybody is asked."),
    )
    hidden_if = forms.MultipleChoiceField(
        label=_("but none of those who chose one of these"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    number_if = forms.ChoiceField(label=_("ask only if this number"), required=False)
    number_least = forms.IntegerField(label=_("is at least"), required=False)
    number_most = forms.IntegerField(label=_("is at most"), required=False)

    class Meta:
        model = Question
        fields = [
            *("kind", "wording", "wording_en", "hint", "hint_en", "required"),
            *("choices", "with_other", "levels", "least", "most"),
        ]
        labels = {
            "most": _("most (of a number; of choices to be made)"),
            "least": _("least number"),
        }

    def __init__(self, *args: Any, earlier: Sequence[Item] = (), kind: str = "", **kw: Any) -> None:
        super().__init__(*args, **kw)
        if self.instance.pk:
            kind = self.instance.kind
            del self.fields["kind"]
            self._fill()
        elif kind:
            self.fields["kind"].initial = kind
            self.fields["kind"].widget = forms.HiddenInput()
        if kind:
            for name in SOME - set(OWN.get(kind, ())):
                del self.fields[name]
        if kind == QuestionKind.SECTION:
            del self.fields["required"]
        self._offer(earlier)

    def _fill(self) -> None:
        options = list(self.instance.options.order_by("position"))
        self.initial["choices"] = write_choices(
            Choice(option.wording, option.wording_en, option.category_id)
            for option in options
            if not option.is_other
        )
        self.initial["with_other"] = any(option.is_other for option in options)
        self.initial["levels"] = "\n".join(
            " | ".join(filter(None, (one["wording"], one["wording_en"])))
            for one in self.instance.levels
        )
        for clause in self.instance.conditions:
            pairs = [f"{clause['question']}={value}" for value in clause["values"]]
            if clause["test"] in ("any", "none"):
                name = "shown_if" if clause["test"] == "any" else "hidden_if"
                self.initial.setdefault(name, []).extend(pairs)
            else:
                self.initial["number_if"] = clause["question"]
                self.initial[f"number_{clause['test']}"] = clause["values"][0]

    def _offer(self, earlier: Sequence[Item]) -> None:
        groups = [(own_words(i, "wording"), list(_pairs(i))) for i in earlier if any(_pairs(i))]
        numbers = [i for i in earlier if i.kind == QuestionKind.NUMBER]
        if not groups:
            del self.fields["shown_if"], self.fields["hidden_if"]
        else:
            choices_of(self, "shown_if").choices = groups
            choices_of(self, "hidden_if").choices = groups
        if not numbers:
            for name in ("number_if", "number_least", "number_most"):
                del self.fields[name]
        else:
            rows = [(i.code, own_words(i, "wording")) for i in numbers]
            choices_of(self, "number_if").choices = [("", "—"), *rows]

    def clean_choices(self) -> list[Choice]:
        """The lines as choices; the first that does not hold is named."""
        return _read(self.cleaned_data["choices"], category_names())

    def clean_levels(self) -> list[Level]:
        """The lines as columns."""
        return [Level(c.wording, c.wording_en) for c in _read(self.cleaned_data["levels"], {})]

    def arguments(self) -> dict[str, Any]:
        """What was typed; the parts about who is asked become conditions."""
        facts = dict(self.cleaned_data)
        clauses = [
            *_grouped("any", facts.pop("shown_if", [])),
            *_grouped("none", facts.pop("hidden_if", [])),
        ]
        number = facts.pop("number_if", "")
        for test in ("least", "most"):
            bound = facts.pop(f"number_{test}", None)
            if number and bound is not None:
                clauses.append(Clause(number, test, (str(bound),)))
        return {**facts, "conditions": clauses}


def _read(text: str, categories: dict[str, str]) -> list[Choice]:
    try:
        return read_choices(text, categories)
    except LineFault as fault:
        words = {"line": fault.line, "word": fault.word}
        raise forms.ValidationError(FAULTS[fault.fault] % words) from fault


def _pairs(item: Item) -> Iterable[tuple[str, str]]:
    """("q1=2", wording) for every answer that may decide who is asked."""
    if item.kind == QuestionKind.SCALE:
        return [(f"{item.code}={level}", str(level)) for level in range(1, SCALE_LEVELS + 1)]
    if item.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        return [(f"{item.code}={c.code}", own_words(c, "wording")) for c in item.choices]
    return []


def _grouped(test: str, pairs: Iterable[str]) -> list[Clause]:
    """The chosen answers as one clause a question."""
    values: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        code, _equals, value = pair.partition("=")
        values[code].append(value)
    return [Clause(code, test, tuple(chosen)) for code, chosen in values.items()]

"""What auditors and those they ask type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from foundation.forms import Form, ModelForm, choices_of, rows_of
from marketplace.auditing.models import Finding, Item, Sample
from marketplace.auditing.populations import POPULATIONS
from marketplace.auditing.sampling import LARGEST
from marketplace.auditing.subjects import AUDITABLE, bodies_of, officers_to_ask, word_of
from marketplace.ledger.models import Fund

DAY = forms.DateInput(attrs={"type": "date"})


class SampleForm(ModelForm):
    """A draw: from what, how many, and why."""

    size = forms.IntegerField(
        label=_("how many are drawn"), min_value=1, max_value=LARGEST, initial=10
    )
    seed = forms.CharField(
        label=_("seed"),
        max_length=64,
        required=False,
        help_text=_("Leave it empty and the platform throws one. Or type dice rolled in public."),
    )

    class Meta:
        model = Sample
        fields = ["kind", "fund", "call", "since", "until", "size", "seed", "purpose"]
        widgets = {"since": DAY, "until": DAY}
        help_texts = {
            "fund": _("Leave it empty to draw from all. Screening decisions belong to a call."),
            "call": _("For agreements, projects and screening decisions."),
        }

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        rows_of(self, "fund").queryset = Fund.objects.order_by("-starts_on")
        opened = Call.objects.filter(opened_at__isnull=False).order_by("-closes_at")
        rows_of(self, "call").queryset = opened
        rows_of(self, "fund").empty_label = rows_of(self, "call").empty_label = _("all")


class CheckForm(Form):
    """An item is in order."""

    note = forms.CharField(label=_("what was looked at"), max_length=300, required=False)


class FindForm(Form):
    """Something to note a finding about, by the number it is known by."""

    kind = forms.ChoiceField(
        label=_("what it is"),
        choices=[
            (word, capfirst(kind.model._meta.verbose_name))
            for word, kind in AUDITABLE.items()
            if kind.known_by
        ],
    )
    number = forms.CharField(
        label=_("its number"),
        max_length=120,
        help_text=_("As printed on it. A journal's is its key, a payable's its reference."),
    )

    def __init__(self, *args: Any, person: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """There is one, and the person sees it."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors:
            kind = AUDITABLE[said["kind"]]
            named = {f"{kind.known_by}__iexact": said["number"].strip()}
            found = kind.rows(self.person).filter(**named).first()
            if found is None:
                self.add_error("number", _("There is none with this number."))
            said["found"] = found
        return said


class FindingForm(ModelForm):
    """A finding, who has to answer, and in how many working days."""

    answers = forms.ChoiceField(label=_("who has to answer"))
    answer_days = forms.IntegerField(
        label=_("working days to answer in"), min_value=1, max_value=60, initial=10
    )
    item = forms.ModelChoiceField(
        Item.objects.none(), required=False, widget=forms.HiddenInput, label=_("item")
    )

    class Meta:
        model = Finding
        fields = ["severity", "title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "maxlength": 4000})}
        help_texts = {
            "text": _("What is wrong, where it can be seen, and what you ask for."),
        }

    field_order = ["severity", "title", "text", "answers", "answer_days"]

    def __init__(self, *args: Any, subject: Model, actor: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.bodies = {f"body:{body.pk}": body for body in bodies_of(subject)}
        people = officers_to_ask().exclude(pk=actor.pk)
        self.officers = {f"officer:{person.pk}": person for person in people}
        choices_of(self, "answers").choices = [
            ("", _("choose one")),
            (_("organisations"), [(key, str(body)) for key, body in self.bodies.items()]),
            (_("people with a post"), [(key, str(one)) for key, one in self.officers.items()]),
        ]
        kinds = [
            name
            for name, population in POPULATIONS.items()
            if population.model is AUDITABLE[word_of(subject)].model
        ]
        rows_of(self, "item").queryset = Item.objects.filter(sample__kind__in=kinds, row=subject.pk)

    def arguments(self) -> dict[str, Any]:
        """Who answers, as a body or a person."""
        said = dict(self.cleaned_data)
        answers = said.pop("answers")
        return said | {"body": self.bodies.get(answers), "officer": self.officers.get(answers)}


class AnswerForm(Form):
    """An answer to a finding."""

    text = forms.CharField(
        label=_("your answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What happened, what you have put right, what you will do, and by when."),
    )
    document = forms.FileField(label=_("a paper that shows it"), required=False)


class AcceptForm(Form):
    """The answer is enough."""

    remark = forms.CharField(
        label=_("remark"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )


class MoreForm(Form):
    """The answer is not enough."""

    remark = forms.CharField(
        label=_("what is missing"), max_length=2000, widget=forms.Textarea({"rows": 5})
    )
    answer_days = forms.IntegerField(
        label=_("working days to answer in"), min_value=1, max_value=60, initial=5
    )


class EndForm(Form):
    """How a finding ends."""

    closing = forms.CharField(
        label=_("how it ended"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Those who answered read this."),
    )

"""What people type about notices and objections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.notices.models import Notice, Objection
from bidding.notices.periods import time_of_knowing
from bidding.notices.queries import proposals_of
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.face.fields import DayField
from foundation.forms import Form, ModelForm, rows_of


class ObjectionForm(ModelForm):
    """An objection to one line of a notice; open to anybody."""

    proposal = forms.ModelChoiceField(
        Proposal.objects.none(), label=_("which project"), empty_label=_("choose one")
    )
    evidence = forms.FileField(
        label=_("evidence"),
        required=False,
        help_text=_("A file that shows it. Only the programme officers and auditors read it."),
    )
    known_on = DayField(
        label=_("when you learned of it"),
        required=False,
    )
    fax = forms.CharField(label=_("leave this empty"), required=False)

    class Meta:
        model = Objection
        fields = ["proposal", "text", "name", "contact"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "maxlength": 4000})}
        labels = {"name": _("your name")}
        help_texts = {
            "text": _("Public. Phone numbers and addresses in it are struck out."),
            "name": _("Public as a surname only. Without it nothing is stopped or answered."),
            "contact": _("Never public. The answer is sent there when it is an e-mail address."),
        }

    field_order = ["proposal", "text", "evidence", "known_on", "name", "contact", "fax"]

    def __init__(self, *args: Any, notice: Notice, **kw: Any) -> None:
        super().__init__(*args, **kw)
        rows_of(self, "proposal").queryset = proposals_of(notice)
        if clock.today() <= notice.last_day:
            del self.fields["known_on"]
        else:
            self.fields["known_on"].required = True
            self.fields["known_on"].help_text = _(
                "After the notice period you may still object within %(late)s."
            ) % {"late": time_of_knowing(notice.call)}
        self.fields["fax"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    def clean_text(self) -> str:
        """As long as somebody reads."""
        text: str = self.cleaned_data["text"]
        if len(text) > 4000:
            raise forms.ValidationError(_("At most 4,000 characters; put more into a file."))
        return text

    def clean_fax(self) -> str:
        """People do not see this field; programs that fill in everything do."""
        if self.cleaned_data["fax"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""

    def arguments(self) -> dict[str, Any]:
        """All but the trap."""
        return {name: value for name, value in self.cleaned_data.items() if name != "fax"}


class AnswerForm(Form):
    """The answer to an objection, with reasons."""

    upheld = forms.TypedChoiceField(
        label=_("decision"),
        choices=[("no", _("The result stands")), ("yes", _("The objection is right"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("reasons"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Public beside the objection. Name no private person."),
    )


class ComplaintForm(Form):
    """Why the answer does not do."""

    complaint = forms.CharField(
        label=_("why the answer does not do"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Public. Phone numbers and addresses in it are struck out."),
    )

"""What is typed about questions and their answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form, rows_of
from foundation.organisations.models import Organisation


class AskForm(Form):
    """A question about a call."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("for"), empty_label=None
    )
    question = forms.CharField(
        label=_("question"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Question and answer are public; who asked is not. Name nobody in it."),
    )

    def __init__(self, *args: Any, organisations: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        rows_of(self, "organisation").queryset = organisations


class AnswerForm(Form):
    """The public answer to a question."""

    answer = forms.CharField(
        label=_("answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )

"""What is typed about complaints."""

from __future__ import annotations

import uuid
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form
from marketplace.complaints.keys import key_for
from marketplace.complaints.models import MOST_WORDS, About, Complaint
from marketplace.complaints.operations import ERASED_AFTER
from marketplace.complaints.states import ComplaintState


class ComplaintForm(Form):
    """What is wrong, about what, and how one can be reached, if one wants to be.

    `subject` is what the page before was about; then nothing has to be named. `once` makes the
    same form, sent twice, one complaint.
    """

    about = forms.ChoiceField(
        label=_("What is it about?"), choices=About.choices, widget=forms.RadioSelect
    )
    which = forms.CharField(
        label=_("Which one?"),
        max_length=120,
        required=False,
        help_text=_("Its name or number, if you know it."),
    )
    words = forms.CharField(
        label=_("What is wrong?"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("What happened, where and when. You need not say who you are."),
    )
    contact = forms.CharField(
        label=_("Phone or e-mail"),
        max_length=120,
        required=False,
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, subject: Any = None, about: str = "", **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.subject = subject
        self.fields["contact"].help_text = _(
            "Only if you want to be asked back; to an e-mail address the answer is sent, too. Only "
            "the officers who answer see it, and it is erased %(days)d days after the answer."
        ) % {"days": ERASED_AFTER}
        self.fields["once"].initial = uuid.uuid4
        if subject is not None:
            self.known = about
            del self.fields["about"], self.fields["which"]
        else:
            self.fields["about"].initial = About.PROJECT

    def arguments(self) -> dict[str, Any]:
        """The complaint, and the secret of its link."""
        facts = dict(self.cleaned_data)
        facts["key"] = key_for(facts.pop("once"))
        facts["language"] = get_language() or settings.LANGUAGE_CODE
        if self.subject is not None:
            facts |= {"about": self.known, "subject": self.subject}
        return facts

    @property
    def key(self) -> str:
        """The secret of the link that this form leads to."""
        return key_for(self.cleaned_data["once"])


class AnswerForm(Form):
    """What the complainant is told."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "What was found, and what is done about it. The sender reads it at their link."
        ),
    )

    def __init__(self, *args: Any, by_email: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if by_email:
            self.fields["answer"].help_text = _(
                "What was found, and what is done about it. The sender reads it at their link, and "
                "it is e-mailed to the address they left: others may read such a letter, too."
            )


class DeskFilter(django_filters.FilterSet):
    """What the complaints on the desk are narrowed by."""

    state = django_filters.ChoiceFilter(
        choices=ComplaintState.choices, label=_("State"), empty_label=_("all")
    )
    about = django_filters.ChoiceFilter(
        choices=About.choices, label=pgettext_lazy("complaint", "about"), empty_label=_("all")
    )

    class Meta:
        model = Complaint
        fields = ["state", "about"]

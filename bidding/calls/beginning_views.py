"""Beginning a call on the desk: from needs, or like an earlier one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bidding.calls import beginnings
from bidding.calls.dates import proposed_dates
from bidding.calls.models import Call, CallKind
from bidding.calls.queries import calls_visible_to
from bidding.needs.queries import published_needs
from foundation.face.fields import MoneyField
from foundation.face.values import day_text, own_words
from foundation.forms import ModelForm, choices_of, posted
from foundation.http import done, gate, number_in, press, signed_in, visible_or_404


class NeedsField(forms.ModelMultipleChoiceField):
    """Needs to choose from, each with its category and the workers behind it."""

    def label_from_instance(self, need: Any) -> str:
        """'Free legal advice (legal aid, 12,000 people, counted 22 November 2026)'."""
        return _("%(need)s (%(category)s, %(people)s people, counted %(day)s)") % {
            "need": own_words(need, "title"),
            "category": need.category,
            "people": f"{need.headcount:,}",
            "day": day_text(localtime(need.created_at).date()),
        }


class FromNeedsForm(ModelForm):
    """What is wanted, from which a whole draft is proposed."""

    needs = NeedsField(
        published_needs().select_related("category").order_by("category__position", "-urgency"),
        label=gettext_lazy("needs it answers"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each category among them becomes a lot."),
    )
    total_fen = MoneyField(
        label=gettext_lazy("money of the whole call"),
        positive=True,
        help_text=gettext_lazy("Shared out among the lots by the workers behind their needs."),
    )
    proposal_fen = MoneyField(label=gettext_lazy("for one proposal at most"), positive=True)
    closes_on = forms.DateField(
        label=gettext_lazy("closes about"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "The next working day is taken, and the other dates are counted backwards from it."
        ),
    )

    class Meta:
        model = Call
        fields = ["kind", "title", "title_en", "summary", "summary_en"]
        widgets = {
            "kind": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 4}),
            "summary_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices_of(self, "kind").choices = CallKind.choices


def _soonest() -> dt.date:
    return proposed_dates(CallKind.CONTEST).closes_at.date()


@signed_in
def draft_from_needs(request: HttpRequest) -> HttpResponse:
    """Choose needs and money; lots and dates are proposed."""
    gate(request.user, "draft_from_needs")
    chosen = published_needs().filter(pk__in=_numbers(request.GET.getlist("need")))
    initial = {"kind": CallKind.CONTEST, "closes_on": _soonest(), "needs": chosen}
    form = FromNeedsForm(*posted(request), initial=initial)
    if form.sent() and (new := form.attempt(beginnings.draft_from_needs, actor=request.user)):
        said = _("The call is proposed. Look at its lots, dates, criteria and rules, then publish.")
        return done(request, said, "calls:manage", new.number)
    context = {
        "form": form,
        "title": _("Call from needs"),
        "lead": _("Choose what it answers; lots and dates are proposed, and you change them."),
        "submit": _("Propose the call"),
        "back": reverse("calls:desk"),
    }
    return render(request, "base/form_page.html", context)


def _numbers(given: list[str]) -> list[int]:
    return [number for one in given if (number := number_in(one)) is not None]


@signed_in
@require_POST
def copy_call(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a call like this one."""
    found = visible_or_404(calls_visible_to(request.user), number=number)
    gate(request.user, "copy_call", found)
    return press(
        request,
        beginnings.copy_call,
        found,
        said=_("The new draft is begun. Its dates are counted from tomorrow."),
        to=reverse("calls:manage", args=[number]),
        onward=lambda new: reverse("calls:manage", args=[new.number]),
    )


@signed_in
@require_POST
def discard_call(request: HttpRequest, number: str) -> HttpResponse:
    """Throw a draft away."""
    found = visible_or_404(calls_visible_to(request.user), number=number)
    gate(request.user, "discard_call", found)
    return press(
        request,
        beginnings.discard_call,
        found,
        said=_("The draft is gone."),
        to=reverse("calls:manage", args=[number]),
        onward=lambda _none: reverse("calls:desk"),
    )


@signed_in
@require_POST
def run_again(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a call that runs again what was void in this one."""
    found = visible_or_404(calls_visible_to(request.user), number=number)
    gate(request.user, "run_again", found)
    return press(
        request,
        beginnings.run_again,
        found,
        said=_("The new draft is begun with the void lots. Look at it, then publish."),
        to=reverse("calls:manage", args=[number]),
        onward=lambda new: reverse("calls:manage", args=[new.number]),
    )

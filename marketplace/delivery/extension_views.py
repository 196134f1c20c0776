"""More time for a milestone, on the desk: asked for, withdrawn, granted, refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.face.fields import DayField
from foundation.face.values import day_text
from foundation.forms import Form, posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from marketplace.delivery.extension_operations import (
    ask_extension,
    grant_extension,
    refuse_extension,
    withdraw_extension,
)
from marketplace.delivery.forms import AcceptForm, ReasonForm
from marketplace.delivery.models import Extension
from marketplace.delivery.queries import milestones_visible_to


class ExtensionForm(Form):
    """Until when, and why."""

    due_on = DayField(label=gettext_lazy("To be done by"))
    reason = forms.CharField(
        label=gettext_lazy("Why more time is needed"),
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("The buyer reads it, and so does whoever audits the project."),
    )


@signed_in
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a later day."""
    rows = milestones_visible_to(request.user).select_related("project")
    milestone = visible_or_404(rows, pk=pk)
    gate(request.user, "ask_extension", milestone)
    form = ExtensionForm(*posted(request))
    if form.sent() and form.attempt(ask_extension, milestone, actor=request.user):
        said = _("Asked for. The buyer decides; until then it stays due when it was.")
        return done(request, said, "delivery:project", milestone.project_id)
    context = {
        "form": form,
        "title": _("More time for “%(milestone)s”") % {"milestone": milestone},
        "lead": _("It is due on %(day)s; the agreement ends on %(end)s.")
        % {"day": day_text(milestone.due_on), "end": day_text(milestone.project.ends_on)},
        "submit": _("Ask for more time"),
        "back": reverse("delivery:project", args=[milestone.project_id]),
    }
    return render(request, "base/form_page.html", context)


def _extension(request: HttpRequest, pk: int, law: str) -> Extension:
    milestones = milestones_visible_to(request.user)
    rows = Extension.objects.filter(milestone__in=milestones).select_related("milestone__project")
    found = visible_or_404(rows, pk=pk)
    gate(request.user, law, found)
    return found


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask no more."""
    found = _extension(request, pk, "withdraw_extension")
    to = reverse("delivery:project", args=[found.milestone.project_id])
    return press(request, withdraw_extension, found, said=_("Withdrawn."), to=to)


@signed_in
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant the later day, perhaps with a remark."""
    found = _extension(request, pk, "grant_extension")
    form = AcceptForm(*posted(request))
    if form.sent() and form.attempt(grant_extension, found, actor=request.user):
        said = _("Granted: it is due on %(day)s now.") % {"day": day_text(found.due_on)}
        return done(request, said, "delivery:project", found.milestone.project_id)
    return _answer(request, found, form, _("Grant more time"))


@signed_in
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse it, with the reason."""
    found = _extension(request, pk, "refuse_extension")
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(refuse_extension, found, actor=request.user):
        said = _("Refused: it stays due when it was.")
        return done(request, said, "delivery:project", found.milestone.project_id)
    return _answer(request, found, form, _("Refuse more time"))


def _answer(request: HttpRequest, found: Extension, form: Any, act: str) -> HttpResponse:
    days = {"was": day_text(found.was_due_on), "asked": day_text(found.due_on)}
    context = {
        "form": form,
        "title": f"{act}: {found.milestone}",
        "lead": _("Due on %(was)s, asked for: %(asked)s. Reason: %(reason)s")
        % {**days, "reason": found.reason},
        "submit": act,
        "back": reverse("delivery:project", args=[found.milestone.project_id]),
    }
    return render(request, "base/form_page.html", context)

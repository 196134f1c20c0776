"""The words on how to join a project, on the desk of who delivers it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from marketplace.delivery.forms import JoiningForm
from marketplace.delivery.joining_operations import take_joining_down, write_joining
from marketplace.delivery.models import Joining, Project
from marketplace.delivery.queries import projects_visible_to


def _project(request: HttpRequest, pk: int, law: str) -> Project:
    found = visible_or_404(projects_visible_to(request.user), pk=pk)
    gate(request.user, law, found)
    return found


@signed_in
def joining(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where, when and how workers join."""
    found = _project(request, pk, "write_joining")
    words: Any = Joining.objects.filter(project=found).first()
    form = JoiningForm(*posted(request), instance=words)
    if form.sent() and form.attempt(write_joining, found, actor=request.user):
        said = _("Workers can read now how to join.")
        return done(request, said, "delivery:project", pk)
    context = {
        "form": form,
        "title": _("How workers join “%(project)s”") % {"project": found},
        "lead": _("It stands on the public page of services while the project runs."),
        "submit": _("Save"),
        "back": reverse("delivery:project", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
@require_POST
def joining_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the words down."""
    found = _project(request, pk, "take_joining_down")
    to = reverse("delivery:project", args=[pk])
    said = _("The words on joining are taken down.")
    return press(request, take_joining_down, found, said=said, to=to)

"""The desk of notices: objections that wait for an answer, and what was answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.notices import operations
from bidding.notices.forms import AnswerForm
from bidding.notices.queries import (
    notices_visible_to,
    objections_open,
    objections_visible_to,
)
from bidding.notices.rules import reads_desk
from foundation import clock
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.permissions import can


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Open objections, the most urgent first; then the notices."""
    if not reads_desk.test(request.user, None):
        raise Forbidden(_("Only programme officers and auditors work here."))
    objections = objections_visible_to(request.user)
    context = {
        "open": objections_open(objections),
        "closed": objections.exclude(pk__in=objections_open(objections).values("pk"))[:20],
        "page": page_of(request, notices_visible_to(request.user)),
        "today": clock.today(),
    }
    return render(request, "notices/desk.html", context)


@signed_in
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection, whole: for the desk, and for who filed it while signed in."""
    found = visible_or_404(objections_visible_to(request.user), pk=pk)
    is_reader = reads_desk.test(request.user, None)
    context = {
        "objection": found,
        "title": _("Objection"),
        "lead": str(found.proposal),
        "may_answer": can(request.user, "answer_objection", found),
        "may_retract": can(request.user, "retract_objection", found),
        "is_reader": is_reader,
        "back": reverse("notices:desk") if is_reader else found.notice.get_absolute_url(),
    }
    return render(request, "notices/objection.html", context)


@signed_in
def answer_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection with reasons."""
    found = visible_or_404(objections_visible_to(request.user), pk=pk)
    gate(request.user, "answer_objection", found)
    form = AnswerForm(*posted(request))
    if form.sent() and form.attempt(operations.answer_objection, found, actor=request.user):
        return done(request, _("The answer is public."), "notices:objection", pk)
    context = {
        "form": form,
        "title": _("Answer the objection"),
        "lead": found.text,
        "submit": _("Publish the answer"),
        "back": reverse("notices:objection", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
@require_POST
def retract_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own objection back."""
    found = visible_or_404(objections_visible_to(request.user), pk=pk)
    gate(request.user, "retract_objection", found)
    to = reverse("notices:objection", args=[pk])
    said = _("Your objection is taken back.")
    return press(request, operations.retract_objection, found, said=said, to=to)

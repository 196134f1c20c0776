"""The desk of notices: objections that wait for an answer, and what was answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.notices import operations
from bidding.notices.forms import AnswerForm, ComplaintForm
from bidding.notices.models import Objection
from bidding.notices.queries import (
    notices_visible_to,
    objections_open,
    objections_visible_to,
)
from bidding.notices.rules import reads_desk
from bidding.notices.states import UNANSWERED, ObjectionState
from foundation import clock
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.organisations.queries import ban_address
from foundation.permissions import can


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Open objections, the most urgent first; then the notices."""
    if not reads_desk.test(request.user, None):
        raise Forbidden(_("Only programme officers and auditors work here."))
    objections = objections_visible_to(request.user)
    context = {
        "open": objections_open(objections),
        "closed": objections.exclude(state__in=UNANSWERED)[:20],
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
        "may_complain": found.filed_by_id == request.user.pk
        and can(request.user, "raise_complaint", found),
        "may_decide": can(request.user, "decide_complaint", found),
        "ban_url": _ban_url(request.user, found),
        "may_retract": can(request.user, "retract_objection", found),
        "is_reader": is_reader,
        "back": reverse("notices:desk") if is_reader else found.notice.get_absolute_url(),
    }
    return render(request, "notices/objection.html", context)


def _ban_url(person: Any, found: Objection) -> str:
    """Where an officer bars the organisation from taking part, when the objection was right."""
    if found.state != ObjectionState.UPHELD:
        return ""
    reason = _("Objection to “%(proposal)s” upheld, notice %(notice)s") % {
        "proposal": found.proposal.title,
        "notice": found.notice.number,
    }
    return ban_address(person, found.proposal.organisation, reason)


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
def raise_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Complain about the answer to one's own objection, filed while signed in."""
    found = visible_or_404(
        objections_visible_to(request.user).filter(filed_by=request.user.pk), pk=pk
    )
    form = ComplaintForm(*posted(request))
    if form.sent() and form.attempt(operations.raise_complaint, found, actor=request.user):
        return done(request, _("Your complaint goes to another officer."), "notices:objection", pk)
    context = {
        "form": form,
        "title": _("Complain about the answer"),
        "lead": found.answer,
        "submit": _("Send the complaint"),
        "back": reverse("notices:objection", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def decide_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a complaint about another officer's answer."""
    found = visible_or_404(objections_visible_to(request.user), pk=pk)
    gate(request.user, "decide_complaint", found)
    form = AnswerForm(*posted(request))
    if form.sent() and form.attempt(operations.decide_complaint, found, actor=request.user):
        return done(request, _("The decision is public."), "notices:objection", pk)
    context = {
        "form": form,
        "title": _("Decide the complaint"),
        "lead": found.complaint,
        "submit": _("Publish the decision"),
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

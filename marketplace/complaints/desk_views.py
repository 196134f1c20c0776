"""The officers' desk of complaints."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation import clock
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.permissions import can
from marketplace.complaints import operations
from marketplace.complaints.forms import AnswerForm, DeskFilter
from marketplace.complaints.models import Complaint
from marketplace.complaints.queries import complaints_visible_to
from marketplace.complaints.rules import is_answerer, reads_desk


def _reader_only(request: HttpRequest) -> None:
    if not reads_desk.test(request.user, None):
        raise Forbidden(_("Only programme officers and auditors work here."))


def _complaint(request: HttpRequest, pk: int, law: str) -> Complaint:
    found = visible_or_404(complaints_visible_to(request.user), pk=pk)
    gate(request.user, law, found)
    return found


@signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """All complaints, what is due soonest first."""
    _reader_only(request)
    filters = DeskFilter(request.GET, complaints_visible_to(request.user))
    context = {
        "filterset": filters,
        "page": page_of(request, filters.qs),
        "today": clock.today(),
    }
    return render(request, "complaints/desk.html", context)


@signed_in
@require_safe
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint: what is wrong, by when it is to be answered, and what can be done now."""
    found = visible_or_404(complaints_visible_to(request.user), pk=pk)
    context = {
        "complaint": found,
        "title": _("Complaint %(number)s") % {"number": found.number},
        "sees_contact": is_answerer.test(request.user, found),
        "may_take": can(request.user, "take_complaint", found),
        "may_answer": can(request.user, "answer_complaint", found),
        "late": found.answered_at is None and found.due_on < clock.today(),
        "erased_after": operations.ERASED_AFTER,
        "back": reverse("complaints:desk"),
    }
    return render(request, "complaints/complaint.html", context)


@signed_in
@require_POST
def take_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it in hand."""
    found = _complaint(request, pk, "take_complaint")
    said = _("It is in your hands now.")
    return press(request, operations.take_complaint, found, said=said, to=found)


@signed_in
def answer_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it."""
    found = _complaint(request, pk, "answer_complaint")
    form = AnswerForm(*posted(request), by_email=bool(found.address))
    if form.sent() and form.attempt(operations.answer_complaint, found, actor=request.user):
        return done(request, _("Answered. The sender reads it at their link."), found)
    context = {
        "form": form,
        "title": _("Answer complaint %(number)s") % {"number": found.number},
        "complaint": found,
        "submit": _("Answer"),
        "back": found.get_absolute_url(),
    }
    return render(request, "complaints/answer_complaint.html", context)

"""Findings: for auditors all of them, for others those they have to answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import clock
from foundation.forms import posted
from foundation.http import done, gate, page_of, signed_in, visible_or_404
from foundation.people.rules import is_auditor
from foundation.permissions import can
from marketplace.auditing import operations
from marketplace.auditing.filters import FindingFilter
from marketplace.auditing.forms import (
    AcceptForm,
    AnswerForm,
    EndForm,
    FindForm,
    FindingForm,
    MoreForm,
)
from marketplace.auditing.models import Finding
from marketplace.auditing.queries import findings_visible_to
from marketplace.auditing.subjects import AUDITABLE, BY_LABEL

ACTS = (
    ("answer_finding", gettext_lazy("Answer the finding"), "main"),
    ("accept_answer", gettext_lazy("Accept the answer"), "main"),
    ("require_more", gettext_lazy("Require more"), ""),
    ("close_finding", gettext_lazy("Close the finding"), "main"),
    ("withdraw_finding", gettext_lazy("Withdraw the finding"), ""),
)


@signed_in
def findings(request: HttpRequest) -> HttpResponse:
    """The findings one sees, the newest first."""
    filters = FindingFilter(request.GET, findings_visible_to(request.user))
    context = {
        "filterset": filters,
        "page": page_of(request, filters.qs),
        "today": clock.today(),
        "is_auditor": is_auditor(request.user),
    }
    return render(request, "auditing/findings.html", context)


def _subject_page(person: Any, finding: Finding) -> str:
    """The page of what the finding is about, where the person may see it."""
    word = BY_LABEL.get(finding.subject_type)
    row = word and AUDITABLE[word].rows(person).filter(pk=finding.subject_row).first()
    return AUDITABLE[word].page(row) if word and row else ""


@signed_in
def finding(request: HttpRequest, number: str) -> HttpResponse:
    """One finding with its answers, and what can be done now."""
    rows = findings_visible_to(request.user).select_related("item")
    found = visible_or_404(rows, number=number)
    context = {
        "finding": found,
        "answers": found.answers.select_related("answered_by", "judged_by", "document"),
        "subject_page": _subject_page(request.user, found),
        "acts": [
            (reverse(f"auditing:{law}", args=[number]), label, tone)
            for law, label, tone in ACTS
            if can(request.user, law, found)
        ],
        "is_auditor": is_auditor(request.user),
        "today": clock.today(),
    }
    return render(request, "auditing/finding.html", context)


@signed_in
def find_subject(request: HttpRequest) -> HttpResponse:
    """Say what a finding is about, by its number."""
    gate(request.user, "note_finding")
    form = FindForm(*posted(request), person=request.user)
    if form.sent():
        found = form.cleaned_data["found"]
        return redirect("auditing:note_finding", form.cleaned_data["kind"], found.pk)
    context = {
        "form": form,
        "title": _("Note a finding"),
        "lead": _("What is it about? From a sample or a project's page one gets there directly."),
        "submit": _("Go on"),
        "back": reverse("auditing:findings"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def note_finding(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Note a finding about something one sees, and ask for an answer."""
    gate(request.user, "note_finding")
    if kind not in AUDITABLE:
        raise Http404
    subject = visible_or_404(AUDITABLE[kind].rows(request.user), pk=pk)
    given = {"item": request.GET.get("item", "")}
    form = FindingForm(*posted(request), subject=subject, actor=request.user, initial=given)
    if form.sent() and (
        noted := form.attempt(operations.note_finding, subject, actor=request.user)
    ):
        return done(
            request, _("Noted, and those who answer are told."), "auditing:finding", noted.number
        )
    context = {
        "form": form,
        "title": _("Note a finding"),
        "lead": str(subject),
        "submit": _("Note it and ask for an answer"),
        "back": AUDITABLE[kind].page(subject),
    }
    return render(request, "base/form_page.html", context)


def _act(
    request: HttpRequest, number: str, law: str, form: Callable[..., Any], **words: str
) -> HttpResponse:
    """Gate, form, operation, answer: what every act on a finding has in common."""
    found = visible_or_404(findings_visible_to(request.user), number=number)
    gate(request.user, law, found)
    typed = form(*posted(request))
    operation: Callable[..., Any] = getattr(operations, law)
    if typed.sent() and typed.attempt(operation, found, actor=request.user):
        return done(request, words["said"], "auditing:finding", number)
    context = {
        **words,
        "form": typed,
        "lead": str(found),
        "back": reverse("auditing:finding", args=[number]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def answer_finding(request: HttpRequest, number: str) -> HttpResponse:
    """Answer."""
    return _act(
        request,
        number,
        "answer_finding",
        AnswerForm,
        title=_("Answer the finding"),
        submit=_("Send the answer"),
        said=_("Your answer is with the auditors."),
    )


@signed_in
def accept_answer(request: HttpRequest, number: str) -> HttpResponse:
    """Accept."""
    return _act(
        request,
        number,
        "accept_answer",
        AcceptForm,
        title=_("Accept the answer"),
        submit=_("Accept the answer"),
        said=_("Accepted. Close the finding once you have seen it put right."),
    )


@signed_in
def require_more(request: HttpRequest, number: str) -> HttpResponse:
    """Ask again."""
    return _act(
        request,
        number,
        "require_more",
        MoreForm,
        title=_("Require more"),
        submit=_("Ask again"),
        said=_("Asked again, with a new day."),
    )


@signed_in
def close_finding(request: HttpRequest, number: str) -> HttpResponse:
    """Close."""
    return _act(
        request,
        number,
        "close_finding",
        EndForm,
        title=_("Close the finding"),
        submit=_("Close the finding"),
        said=_("The finding is closed."),
    )


@signed_in
def withdraw_finding(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw."""
    return _act(
        request,
        number,
        "withdraw_finding",
        EndForm,
        title=_("Withdraw the finding"),
        submit=_("Withdraw the finding"),
        said=_("The finding is withdrawn; it stays on record."),
    )

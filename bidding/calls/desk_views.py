"""The desk of calls: drafting, setting up, publishing, answering, amending, cancelling."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.calls import operations
from bidding.calls.dates import TimeLine, proposed_dates
from bidding.calls.forms import (
    AmendForm,
    CallForm,
    CriteriaForm,
    LotsForm,
    NewCallForm,
    ReasonForm,
)
from bidding.calls.key_forms import KeeperForm
from bidding.calls.key_models import KeeperKey
from bidding.calls.models import Call, Criterion, Lot
from bidding.calls.queries import (
    calls_visible_to,
    clarifications_visible_to,
    unanswered,
    with_money,
)
from bidding.calls.question_forms import AnswerForm
from bidding.calls.readiness import faults_of
from bidding.calls.rules import reads_desk
from bidding.calls.states import CallState, phase_of
from foundation import clock
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404


def _reader(request: HttpRequest) -> None:
    """The 403 page for whoever is neither officer nor auditor."""
    if not reads_desk.test(request.user, None):
        raise Forbidden(_("Only programme officers and auditors work here."))


def _call(request: HttpRequest, number: str, law: str = "") -> Call:
    found = visible_or_404(calls_visible_to(request.user), number=number)
    if law:
        gate(request.user, law, found)
    else:
        _reader(request)
    return found


def _manage(number: str) -> str:
    return reverse("calls:manage", args=[number])


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """All calls, drafts too, the latest first."""
    _reader(request)
    page = page_of(request, with_money(calls_visible_to(request.user)))
    now = clock.now()
    context = {"page": page, "rows": [(one, phase_of(one, now)) for one in page]}
    return render(request, "calls/desk.html", context)


@signed_in
def draft_call(request: HttpRequest) -> HttpResponse:
    """Begin a call."""
    gate(request.user, "draft_call")
    form = NewCallForm(
        *posted(request), initial={"kind": "contest", **asdict(proposed_dates("contest"))}
    )
    if form.sent() and (new := form.attempt(operations.draft_call, actor=request.user)):
        said = _("The call is begun. Set its lots, criteria and rules, then publish it.")
        return done(request, said, "calls:manage", new.number)
    context = {
        "form": form,
        "title": _("New call"),
        "submit": _("Begin the draft"),
        "back": reverse("calls:desk"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def manage(request: HttpRequest, number: str) -> HttpResponse:
    """A call on the desk: what is set up, what is missing, what was asked, what happened."""
    found = _call(request, number)
    is_draft, dates = found.state == CallState.DRAFT, TimeLine(found)
    parts: dict[str, Any] = {
        "lots": list(found.lots.select_related("category")),
        "criteria": list(found.criteria.order_by("position")),
        "needs": list(found.needs.select_related("category")),
    }
    context = {
        **parts,
        "call": found,
        "title": found.title,
        "phase": phase_of(found, clock.now()),
        "money_fen": sum(lot.ceiling_fen for lot in parts["lots"]),
        "faults": faults_of(found, **parts) if is_draft else [],
        "is_draft": is_draft,
        **_reruns(found, parts["lots"]),
        "unanswered": unanswered(found).count() if found.state == CallState.PUBLISHED else 0,
        "dates": dates.rows() if is_draft else dates.stated(),
        "advice": dates.advice() if is_draft else [],
        "years_unknown": dates.years_unknown() if is_draft else [],
        "back": reverse("calls:desk"),
    }
    context |= _weighed(context["criteria"])
    context["steps"] = _set_up(found, context)
    return render(request, "calls/manage.html", context)


def _weighed(criteria: list[Criterion]) -> dict[str, Any]:
    return {
        "weights": sum(criterion.weight for criterion in criteria),
        "scores_price": any(criterion.by_price for criterion in criteria),
    }


def _reruns(found: Call, lots: list[Lot]) -> dict[str, Any]:
    """What of it is void, the call it runs again, and the one that runs it again."""
    void = [lot for lot in lots if lot.voided_at]
    later = found.rerun_by.exclude(state=CallState.CANCELLED).first() if void else None
    return {"void": void, "earlier": found.reruns, "later": later}


def _set_up(found: Call, context: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """The steps to a published call: each done or not, each with its page."""
    draft = context["is_draft"]
    stages = [
        (_("Words and dates"), True, "calls:edit_call"),
        (_("Needs it answers"), bool(context["needs"]), "calls:edit_call"),
        (_("Lots and money"), bool(context["lots"]), "calls:set_lots"),
        (_("Criteria that sum to 100"), context["weights"] == 100, "calls:set_criteria"),
        (_("Published"), not draft, ""),
    ]
    steps = []
    for label, is_done, name in stages:
        url = reverse(name, args=[found.number]) if draft and name else ""
        steps.append((label, "done" if is_done else "ahead", url))
    return steps


@signed_in
def edit_call(request: HttpRequest, number: str) -> HttpResponse:
    """Write the draft."""
    found = _call(request, number, "edit_call")
    form = CallForm(*posted(request), instance=found)
    if form.sent() and form.attempt(operations.edit_call, found, actor=request.user):
        return done(request, _("Saved."), "calls:manage", number)
    context = {
        "form": form,
        "title": _("Words and dates"),
        "lead": found.title,
        "submit": _("Save"),
        "back": _manage(number),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def make_keeper_key(request: HttpRequest) -> HttpResponse:
    """An officer's own key, under a passphrase of theirs."""
    gate(request.user, "make_keeper_key")
    form = KeeperForm(*posted(request))
    if form.sent() and form.attempt(operations.make_keeper_key, actor=request.user):
        return done(request, _("Your key is made. Remember the passphrase."), "calls:desk")
    known = KeeperKey.objects.filter(person=request.user.pk, replaced_at=None).first()
    return render(
        request,
        "calls/make_keeper_key.html",
        {
            "form": form,
            "title": _("Key of a keeper"),
            "known": known,
            "submit": _("Make a new key") if known else _("Make my key"),
            "back": reverse("calls:desk"),
        },
    )


def _table_page(
    request: HttpRequest, found: Call, form: Any, template: str, title: Any, **also: Any
) -> HttpResponse:
    context = {"form": form, "call": found, "title": title, "back": _manage(found.number), **also}
    return render(request, template, context)


@signed_in
def set_lots(request: HttpRequest, number: str) -> HttpResponse:
    """Set the lots."""
    found = _call(request, number, "set_lots")
    form = LotsForm(*posted(request), call=found)
    if form.sent() and form.attempt(operations.set_lots, found, actor=request.user):
        return done(request, _("The lots are set."), "calls:manage", number)
    return _table_page(request, found, form, "calls/set_lots.html", _("Lots and money"))


@signed_in
def set_criteria(request: HttpRequest, number: str) -> HttpResponse:
    """Set the criteria and their weights."""
    found = _call(request, number, "set_criteria")
    form = CriteriaForm(*posted(request), call=found)
    if form.sent() and form.attempt(operations.set_criteria, found, actor=request.user):
        return done(request, _("The criteria are set."), "calls:manage", number)
    rows = form.rows()
    written = sum(1 for row in rows if row[0].value())
    # two empty rows stand ready; where something is wrong nothing is folded away
    ready = len(rows) if form.errors else written + 2
    context = {"rows": rows[:ready], "more": rows[ready:]}
    return _table_page(request, found, form, "calls/set_criteria.html", _("Criteria"), **context)


@signed_in
@require_POST
def publish_call(request: HttpRequest, number: str) -> HttpResponse:
    """Publish the call."""
    found = _call(request, number, "publish_call")
    said = _("The call is public. It closes by itself; you are told when somebody asks.")
    return press(request, operations.publish_call, found, said=said, to=_manage(number))


def _says_when(found: Call) -> str:
    """What a change does to the closing, before anybody makes one."""
    if not found.amend_days:
        return _("Changing what it says does not move the closing of this call.")
    return _(
        "Changing what it says less than %(days)d days before the closing moves the closing by "
        "itself, to a working day that leaves so much time."
    ) % {"days": found.amend_days}


@signed_in
def amend_call(request: HttpRequest, number: str) -> HttpResponse:
    """Change a published call, with a reason."""
    found = _call(request, number, "amend_call")
    form = AmendForm(*posted(request), instance=found)
    if form.sent() and form.attempt(operations.amend_call, found, actor=request.user):
        said = _("The call is changed, and everybody concerned was told.")
        return done(request, said, "calls:manage", number)
    context = {
        "form": form,
        "title": _("Change the published call"),
        "lead": _says_when(found),
        "submit": _("Change it and tell everybody concerned"),
        "back": _manage(number),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def cancel_call(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel a published call, with a reason."""
    found = _call(request, number, "cancel_call")
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(operations.cancel_call, found, actor=request.user):
        return done(request, _("The call is cancelled."), "calls:manage", number)
    context = {
        "form": form,
        "title": _("Cancel the call"),
        "lead": found.title,
        "says": _(
            "It cannot be taken back. The page stays public with your reason. Everybody who is "
            "writing or has handed in is told; what they wrote stays theirs and is never opened "
            "if it was not. A call binds no money before its awards, so none has to move."
        ),
        "submit": _("Cancel the call"),
        "tone": "danger",
        "back": _manage(number),
    }
    return render(request, "base/confirm.html", context)


@signed_in
def questions(request: HttpRequest, number: str) -> HttpResponse:
    """The questions about a call, the unanswered first."""
    found = _call(request, number)
    rows = clarifications_visible_to(request.user).filter(call=found)
    rows = rows.select_related("organisation", "answered_by").order_by("answered_at", "asked_at")
    context = {
        "call": found,
        "title": _("Questions"),
        "lead": found.title,
        "waiting": rows.filter(answered_at=None),
        "page": page_of(request, rows.exclude(answered_at=None)),
        "back": _manage(number),
    }
    return render(request, "calls/questions.html", context)


@signed_in
def answer_clarification(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question for everybody to read."""
    rows = clarifications_visible_to(request.user).select_related("organisation")
    found = visible_or_404(rows, pk=pk)
    gate(request.user, "answer_clarification", found)
    form = AnswerForm(*posted(request))
    number = found.call.number
    if form.sent() and form.attempt(operations.answer_clarification, found, actor=request.user):
        return done(request, _("The answer is public."), "calls:questions", number)
    context = {
        "form": form,
        "title": _("Answer a question"),
        "lead": found.question,
        "submit": _("Publish the answer"),
        "back": reverse("calls:questions", args=[number]),
    }
    return render(request, "base/form_page.html", context)

"""Stopping a project, on the desk: notices, answers, suspension, settlement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from foundation.people.second_factor import fresh_second_factor_required
from foundation.permissions import can, why_not
from marketplace.delivery import halt_operations as acts
from marketplace.delivery.forms import ReasonForm
from marketplace.delivery.halt_forms import AnswerForm, HaltForm, SettleForm
from marketplace.delivery.halt_models import Halt
from marketplace.delivery.halt_queries import halts_visible_to, reckoning_of, with_words
from marketplace.delivery.halt_rules import is_addressed, side_of, watches
from marketplace.delivery.models import Project
from marketplace.delivery.queries import projects_visible_to
from marketplace.delivery.settlement import settle_termination
from marketplace.delivery.states import OVER, HaltState

LAWS = (
    "withdraw_halt",
    "refuse_halt",
    "suspend_project",
    "lift_suspension",
    "settle_termination",
)


def _project(request: HttpRequest, pk: int) -> Project:
    rows = projects_visible_to(request.user).select_related(
        "agreement__award__fund", "organisation", "buyer"
    )
    return visible_or_404(rows, pk=pk)


def _halt(request: HttpRequest, pk: int, law: str) -> Halt:
    rows = halts_visible_to(request.user).select_related("project__agreement__award__fund")
    found = visible_or_404(with_words(rows), pk=pk)
    gate(request.user, law, found)
    return found


def _may(person: Any, halt: Halt) -> dict[str, Any]:
    """What the person may do about a notice now; why it cannot be settled yet."""
    may: dict[str, Any] = {law: can(person, law, halt) for law in LAWS}
    said = {word.side for word in halt.words.all()}
    asked = is_addressed.test(person, halt) and side_of(person, halt.project) not in said
    may["answer_halt"] = asked and can(person, "answer_halt", halt)
    waits = halt.state == HaltState.GIVEN and halt.kind == Halt.Kind.TERMINATION
    if waits and watches.test(person, halt):
        may["why_not"] = why_not(person, "settle_termination", halt)
    return may


@signed_in
@require_safe
def halts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every notice about a project, what was said and decided, and how its money stands."""
    found = _project(request, pk)
    rows = list(with_words(Halt.objects.filter(project=found)))
    for halt in rows:
        halt.project = found
    context = {
        "project": found,
        "halts": [(halt, _may(request.user, halt)) for halt in rows],
        "reckoning": None if found.state in OVER else reckoning_of(found),
        "may_call": can(request.user, "call_halt", found),
        "back": reverse("delivery:project", args=[pk]),
    }
    return render(request, "delivery/halts.html", context)


@signed_in
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Give notice to suspend or end the project."""
    found = _project(request, pk)
    gate(request.user, "call_halt", found)
    form = HaltForm(*posted(request))
    if form.sent() and form.attempt(acts.call_halt, found, actor=request.user):
        said = _("Notice is given. The other side can answer; an officer decides.")
        return done(request, said, "delivery:halts", pk)
    context = {
        "form": form,
        "title": _("Suspend or end “%(project)s”") % {"project": found},
        "lead": _("Nothing stops by the notice itself: the other side may answer within a week."),
        "refusal": why_not(request.user, "call_halt", found),
        "reckoning": reckoning_of(found),
        "submit": _("Give notice"),
        "back": reverse("delivery:halts", args=[pk]),
    }
    return render(request, "delivery/halt_form.html", context)


@signed_in
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what one's side thinks of a notice."""
    words = _("Answer the notice"), _("Answer"), _("Answered.")
    return _decision(request, pk, acts.answer_halt, AnswerForm(*posted(request)), words)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's notice back."""
    found = _halt(request, pk, "withdraw_halt")
    to = reverse("delivery:halts", args=[found.project_id])
    return press(request, acts.withdraw_halt, found, said=_("Withdrawn."), to=to)


@signed_in
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not follow a notice."""
    words = (
        _("Do not follow the notice"),
        _("Do not follow it"),
        _("Decided: it goes on as it was."),
    )
    return _decision(request, pk, acts.refuse_halt, ReasonForm(*posted(request)), words)


@signed_in
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend the project."""
    words = _("Suspend the project"), _("Suspend it"), _("The project is suspended.")
    return _decision(request, pk, acts.suspend_project, ReasonForm(*posted(request)), words)


@signed_in
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the project go on."""
    words = _("Let the project go on"), _("Let it go on"), _("The project goes on.")
    return _decision(request, pk, acts.lift_suspension, ReasonForm(*posted(request)), words)


def _decision(
    request: HttpRequest, pk: int, act: Callable[..., Any], form: Any, words: tuple[str, str, str]
) -> HttpResponse:
    """A short form about one notice: gate, form, operation, answer."""
    found = _halt(request, pk, act.__name__)
    title, submit, said = words
    if form.sent() and form.attempt(act, found, actor=request.user):
        return done(request, said, "delivery:halts", found.project_id)
    context = {
        "form": form,
        "title": title,
        "lead": str(found.project),
        "halt": found,
        "refusal": why_not(request.user, act.__name__, found),
        "reckoning": reckoning_of(found.project),
        "follows": act.__name__,
        "submit": submit,
        "back": reverse("delivery:halts", args=[found.project_id]),
    }
    return render(request, "delivery/halt_form.html", context)


@signed_in
@fresh_second_factor_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """End the project: first the figures that follow, then, once they were seen, the act."""
    found = _halt(request, pk, "settle_termination")
    reckoning = reckoning_of(found.project)
    least = min(reckoning.spent_fen, reckoning.most_fen)
    form = SettleForm(*posted(request), initial={"accepted_fen": least})
    outcome = None
    if form.sent() and 0 <= form.cleaned_data["accepted_fen"] <= reckoning.most_fen:
        outcome = reckoning.outcome(form.cleaned_data["accepted_fen"])
    seen = request.POST.get("seen", "")
    if form.sent() and (outcome is None or seen == outcome.seal):
        facts = {"seen": seen, "actor": request.user}
        if form.attempt(settle_termination, found, **facts):
            said = _("The project is ended and its money settled.")
            return done(request, said, "delivery:project", found.project_id)
    context = {
        "form": form,
        "title": _("End “%(project)s” and settle its money") % {"project": found.project},
        "halt": found,
        "refusal": why_not(request.user, "settle_termination", found),
        "reckoning": reckoning,
        "outcome": outcome,
        "submit": _("Yes, end it so") if outcome else _("Show what follows"),
        "back": reverse("delivery:halts", args=[found.project_id]),
    }
    return render(request, "delivery/halt_form.html", context)

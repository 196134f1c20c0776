"""Pages for a panel that loses judges."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bidding.calls.models import Call
from bidding.evaluation.models import Panel, Seat
from bidding.evaluation.operations import (
    declare_conflict,
    judge_anew,
    name_substitute,
    reopen_roadshow,
)
from bidding.evaluation.queries import calls_in_evaluation, own_sheets, seats_visible_to
from bidding.evaluation.replacing_forms import (
    AnewForm,
    BlindConflictForm,
    ConflictForm,
    NamedForm,
    ReasonForm,
)
from bidding.evaluation.roadshow_queries import roadshows_visible_to
from foundation.forms import posted
from foundation.http import done, gate, number_in, signed_in, visible_or_404
from foundation.people.rules import is_officer


def _panel(request: HttpRequest, number: str) -> Panel:
    calls = calls_in_evaluation(request.user).filter(panel__isnull=False)
    found: Call = visible_or_404(calls.select_related("panel"), number=number)
    return found.panel


@signed_in
def name(request: HttpRequest, number: str) -> HttpResponse:
    """Give an empty seat to an expert by name."""
    panel = _panel(request, number)
    gate(request.user, "name_substitute", panel)
    data, _files = posted(request)
    form = NamedForm(data, panel=panel)
    if form.sent() and form.attempt(name_substitute, panel, actor=request.user):
        return done(request, _("The expert is asked."), "evaluation:call", number)
    context = {
        "title": _("Name a substitute"),
        "lead": _(
            "Only where nobody is left to be drawn. Conflicts of interest bind as in a draw, and "
            "your reason is published with the result."
        ),
        "form": form,
        "submit": _("Name this expert"),
        "back": redirect("evaluation:call", number).url,
    }
    return render(request, "base/form_page.html", context)


@signed_in
def anew(request: HttpRequest, number: str) -> HttpResponse:
    """Have the whole call judged again by other judges."""
    panel = _panel(request, number)
    gate(request.user, "judge_anew", panel)
    form = AnewForm(*posted(request))
    if form.sent() and form.attempt(judge_anew, panel, actor=request.user):
        said = _("It is judged anew. The next experts in the order of the draw are asked.")
        return done(request, said, "evaluation:call", number)
    context = {
        "title": _("Judge anew"),
        "lead": panel.call.title,
        "says": _(
            "It cannot be taken back. Everything given so far, on paper and on stage, is set aside "
            "and counts no more; other judges are drawn and score from the beginning; roadshows "
            "are planned again. Your reason is published with the result."
        ),
        "form": form,
        "submit": _("Judge anew"),
        "tone": "danger",
        "back": redirect("evaluation:call", number).url,
    }
    return render(request, "base/confirm.html", context)


def _conflict_form(request: HttpRequest, seat: Seat) -> ConflictForm:
    """By title, or by number for a judge who is not to know whose a proposal is."""
    hidden = own_sheets(request.user).filter(seat=seat, hidden=True).exists()
    data, _files = posted(request)
    initial = {"proposal": number_in(request.GET.get("proposal", ""))}
    return (BlindConflictForm if hidden else ConflictForm)(data, seat=seat, initial=initial)


@signed_in
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """A judge turns out to be bound to a bidder."""
    seat = visible_or_404(seats_visible_to(request.user), pk=pk)
    gate(request.user, "declare_conflict", seat)
    form = _conflict_form(request, seat)
    to = redirect("evaluation:bench").url
    if is_officer(request.user):
        to = redirect("evaluation:call", seat.panel.call.number).url
    if form.sent() and form.attempt(declare_conflict, seat, actor=request.user):
        return done(request, _("On record. The sheet for this proposal is set aside."), to)
    context = {
        "title": _("Bound to a bidder"),
        "lead": _(
            "Whoever is bound to a bidder does not score it. What was given to it is set aside and "
            "counts no more. Where too few judges would be left for it, the judge steps back "
            "instead and somebody else is drawn."
        ),
        "form": form,
        "submit": _("Set the sheet aside"),
        "back": to,
    }
    return render(request, "base/form_page.html", context)


@signed_in
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a finished roadshow again."""
    found = visible_or_404(roadshows_visible_to(request.user), pk=pk)
    gate(request.user, "reopen_roadshow", found)
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(reopen_roadshow, found, actor=request.user):
        return done(request, _("The stage is open. Hear again what too few heard."), found)
    context = {
        "title": _("Open the roadshow again"),
        "lead": _(
            "Judges left after they had heard proposals. Open their scoring again one by one; the "
            "substitutes then give their points, those of the others stay."
        ),
        "form": form,
        "submit": _("Open it again"),
        "back": found.get_absolute_url(),
    }
    return render(request, "base/form_page.html", context)

"""The officer's pages of an evaluation, up to the ranking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.calls.models import Call
from bidding.evaluation.forms import CureForm, ScreeningForm, VoidForm
from bidding.evaluation.operations import (
    begin_scoring,
    cure_proposal,
    declare_void,
    draw_panel,
    draw_substitute,
    rank_proposals,
    remind_judges,
    screen_proposal,
)
from bidding.evaluation.pages import officers_page
from bidding.evaluation.queries import (
    calls_in_evaluation,
    panels_visible_to,
    reads_evaluations,
    screening_table,
    with_judges,
)
from bidding.evaluation.roadshow_pages import roadshows_of
from bidding.evaluation.roadshow_queries import with_roadshow
from bidding.proposals.pages import content
from bidding.proposals.queries import proposals_visible_to, with_parts, with_remarks
from bidding.proposals.states import ProposalState
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.permissions import allow


def _call(request: HttpRequest, number: str) -> Call:
    return visible_or_404(calls_in_evaluation(request.user), number=number)


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Calls in evaluation, for officers and auditors; a judge goes to the bench."""
    if not reads_evaluations(request.user):
        return redirect("evaluation:bench")
    rows = calls_in_evaluation(request.user).select_related("panel").order_by("-opened_at")
    return render(request, "evaluation/desk.html", {"page": page_of(request, rows)})


@signed_in
def call(request: HttpRequest, number: str) -> HttpResponse:
    """One call's evaluation."""
    rows = calls_in_evaluation(request.user).select_related("panel__drawn_by", "ranking")
    found = visible_or_404(with_roadshow(rows), number=number)
    page = officers_page(found, request.user)
    page["roadshow"] = roadshows_of(found, request.user)
    return render(request, "evaluation/call.html", page)


@signed_in
def assignment(request: HttpRequest, number: str) -> HttpResponse:
    """Who judges what, where the proposals were shared out among many judges."""
    found = visible_or_404(panels_visible_to(request.user), call__number=number)
    rows = screening_table(found.call).filter(sheets__seat__panel=found).distinct()
    context = {
        "panel": found,
        "call": found.call,
        "facts": found.assignment,
        "page": page_of(request, with_judges(rows)),
        "loads": sorted(found.assignment["load"].values()),
    }
    return render(request, "evaluation/assignment.html", context)


@signed_in
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal beside the officer's decision about it."""
    rows = with_parts(proposals_visible_to(request.user)).exclude(call__opened_at=None)
    found: Any = visible_or_404(with_remarks(rows), pk=pk)
    gate(request.user, "screen_proposal", found)
    form = ScreeningForm(*posted(request), again=found.state == ProposalState.CURING)
    if form.sent() and form.attempt(screen_proposal, found, actor=request.user):
        return done(request, _("Your decision stands."), "evaluation:call", found.call.number)
    looked_at = found.has_remarks or found.state != ProposalState.OPENED
    checks = found.screenings.all() if looked_at else []
    context = {**content(found), "form": form, "screenings": checks}
    return render(request, "evaluation/screen.html", context)


@signed_in
def cure(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation mends what was found."""
    found = visible_or_404(proposals_visible_to(request.user), pk=pk)
    gate(request.user, "cure_proposal", found)
    form = CureForm(*posted(request))
    if form.sent() and form.attempt(cure_proposal, found, actor=request.user):
        return done(request, _("An officer now looks at it again."), found)
    last = found.screenings.filter(decision="cure").last()
    context = {"proposal": found, "form": form, "screening": last}
    return render(request, "evaluation/cure.html", context)


@signed_in
def void(request: HttpRequest, number: str) -> HttpResponse:
    """Declare lots void that have too few valid proposals."""
    found = _call(request, number)
    allow(request.user, "declare_void", found)  # where no lot is too thin there is no form
    data, _files = posted(request)
    form = VoidForm(data, call=found)
    if form.sent() and form.attempt(declare_void, found, actor=request.user):
        said = _("Declared void, and those concerned were told. You can run it again now.")
        return done(request, said, "calls:manage", number)
    context = {
        "title": _("Declare void"),
        "lead": found.title,
        "says": _(
            "It cannot be taken back. What was offered in these lots is not judged, everybody "
            "concerned is told, and the call's page says so with your reason. Afterwards the lots "
            "can be run again as a new call that names this one."
        ),
        "form": form,
        "submit": _("Declare void"),
        "tone": "danger",
        "back": redirect("evaluation:call", number).url,
    }
    return render(request, "base/confirm.html", context)


@signed_in
@require_POST
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the panel."""
    found = _call(request, number)
    back = redirect("evaluation:call", number).url
    return press(request, draw_panel, found, said=_("The panel is drawn."), to=back)


@signed_in
@require_POST
def substitute(request: HttpRequest, number: str) -> HttpResponse:
    """Fill empty seats."""
    found = _call(request, number)
    panel = visible_or_404(Call.objects.filter(panel__isnull=False), pk=found.pk).panel
    back = redirect("evaluation:call", number).url
    return press(request, draw_substitute, panel, said=_("The next judge is asked."), to=back)


@signed_in
@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the sheets."""
    found = _call(request, number)
    panel = visible_or_404(Call.objects.filter(panel__isnull=False), pk=found.pk).panel
    back = redirect("evaluation:call", number).url
    return press(request, begin_scoring, panel, said=_("The judges can score now."), to=back)


@signed_in
@require_POST
def remind(request: HttpRequest, number: str) -> HttpResponse:
    """Tell judges with open sheets that they wait."""
    found = _call(request, number)
    panel = visible_or_404(Call.objects.filter(panel__isnull=False), pk=found.pk).panel
    back = redirect("evaluation:call", number).url
    return press(request, remind_judges, panel, said=_("The judges are reminded."), to=back)


@signed_in
@require_POST
def rank(request: HttpRequest, number: str) -> HttpResponse:
    """Compute the ranking."""
    found = _call(request, number)
    back = redirect("evaluation:call", number).url
    return press(request, rank_proposals, found, said=_("The ranking stands."), to=back)

"""Pages of a discussion: opened and closed by an officer, held by the judges."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.calls.models import Call
from bidding.evaluation.discussion import chosen_by_rule
from bidding.evaluation.discussion_forms import MinuteForm, OpenForm, RevisionForm
from bidding.evaluation.discussion_queries import (
    discussions_visible_to,
    items_judged_by,
    own_sheet_on,
    table_of,
)
from bidding.evaluation.inputs import must_be_complete
from bidding.evaluation.operations import (
    add_minute,
    close_discussion,
    open_discussion,
    revise_sheet,
)
from bidding.evaluation.queries import calls_in_evaluation, eligible_proposals
from bidding.evaluation.roadshow_queries import paper_criteria
from foundation.errors import WrongState
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from foundation.permissions import can


@signed_in
def opening(request: HttpRequest, number: str) -> HttpResponse:
    """Open the discussion: what the rules name, what an officer adds, and until when."""
    calls = calls_in_evaluation(request.user).filter(panel__isnull=False)
    found: Call = visible_or_404(calls.select_related("panel"), number=number)
    panel = found.panel
    gate(request.user, "open_discussion", panel)
    chosen, refusal = {}, None
    try:
        must_be_complete(panel)
        chosen = chosen_by_rule(panel)
    except WrongState as said:
        refusal = said
    data, _files = posted(request)
    form = OpenForm(data, panel=panel, chosen=chosen)
    if form.sent() and form.attempt(open_discussion, panel, actor=request.user):
        return done(request, _("The judges are told."), "evaluation:call", number)
    named = list(eligible_proposals(found).filter(pk__in=chosen))
    context = {"call": found, "form": form, "named": named, "refusal": refusal}
    return render(request, "evaluation/open_discussion.html", context)


@signed_in
@require_POST
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the discussion."""
    found = visible_or_404(discussions_visible_to(request.user), pk=pk)
    back = redirect("evaluation:call", found.panel.call.number).url
    return press(request, close_discussion, found, said=_("The discussion is closed."), to=back)


@signed_in
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The others' sheets on a proposal, without names, and what is said of it."""
    found = visible_or_404(items_judged_by(request.user), pk=pk)
    form = MinuteForm(*posted(request))
    if form.sent() and form.attempt(add_minute, found, actor=request.user):
        return done(request, _("Put down."), found)
    context = {
        "item": found,
        "sheet": own_sheet_on(found, request.user),
        "call": found.discussion.panel.call,
        "form": form,
        "open": can(request.user, "add_minute", found),
        **table_of(found, request.user),
    }
    return render(request, "evaluation/discussion.html", context)


@signed_in
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Give other points on paper, with the reason."""
    found = visible_or_404(items_judged_by(request.user), pk=pk)
    call = found.discussion.panel.call
    sheet = own_sheet_on(found, request.user)
    data, _files = posted(request)
    form = RevisionForm(data, sheet=sheet, criteria=list(paper_criteria(call)))
    if form.sent() and form.attempt(revise_sheet, found, actor=request.user):
        return done(request, _("Revised. What you gave before is kept beside it."), found)
    context = {
        "title": _("Revise my points"),
        "lead": render_to_string("evaluation/sheet_title.html", {"sheet": sheet}),
        "form": form,
        "submit": _("Revise"),
        "back": found.get_absolute_url(),
    }
    return render(request, "base/form_page.html", context)

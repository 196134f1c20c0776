"""Awards on the desk: the result published, then each one standing or falling."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.permissions import can, why_not
from marketplace.awards import operations
from marketplace.awards.forms import ReasonForm
from marketplace.awards.queries import awards_visible_to
from marketplace.awards.rules import objections_to
from marketplace.matching.queries import calls_to_allocate, runs_visible_to


@signed_in
@require_POST
def confirm_allocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a plan real."""
    run = visible_or_404(runs_visible_to(request.user).select_related("call"), pk=pk)
    gate(request.user, "confirm_allocation", run)
    said = _("The money is reserved. Publish the result next.")
    to = reverse("matching:runs", args=[run.call.number])
    return press(request, operations.confirm_allocation, run, said=said, to=to)


@signed_in
@require_POST
def publish_results(request: HttpRequest, number: str) -> HttpResponse:
    """Put the result on public notice."""
    call = visible_or_404(calls_to_allocate(request.user), number=number)
    gate(request.user, "publish_results", call)
    to = reverse("awards:desk")
    said = _("The result is public.")
    return press(request, operations.publish_results, call, said=said, to=to)


@signed_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The awards one may see, newest first."""
    awards = awards_visible_to(request.user).select_related(
        "proposal__organisation", "proposal__call", "buyer", "notice", "agreement"
    )
    return render(request, "awards/desk.html", {"page": page_of(request, awards.order_by("-pk"))})


@signed_in
@require_GET
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """One award: its money, its notice, what can be done."""
    rows = awards_visible_to(request.user).select_related(
        "proposal__organisation", "proposal__call", "buyer", "notice", "fund", "run"
    )
    found = visible_or_404(rows, pk=pk)
    laws = ("activate_award", "cancel_award", "decline_award")
    context: dict[str, Any] = {
        "award": found,
        "shares": found.shares.select_related("buyer"),
        "objections": objections_to(found),
        "agreement": getattr(found, "agreement", None),
        "may": {law: can(request.user, law, found) for law in laws},
        "why_waiting": why_not(request.user, "activate_award", found),
        "may_draw_up": can(request.user, "draw_up_agreement", found),
        "back": reverse("awards:desk"),
    }
    return render(request, "awards/award.html", context)


@signed_in
@require_POST
def activate_award(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an award stand whose notice is over."""
    found = visible_or_404(awards_visible_to(request.user), pk=pk)
    to = reverse("awards:award", args=[pk])
    return press(request, operations.activate_award, found, said=_("The award stands."), to=to)


def _end(
    request: HttpRequest, pk: int, law: str, *, title: str, lead: str, said: str
) -> HttpResponse:
    """The page on which an award is ended with a reason."""
    found = visible_or_404(awards_visible_to(request.user), pk=pk)
    gate(request.user, law, found)
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(getattr(operations, law), found, actor=request.user):
        return done(request, said, "awards:award", pk)
    context = {"title": title, "lead": lead, "form": form, "submit": title, "tone": "danger"}
    back = reverse("awards:award", args=[pk])
    return render(request, "base/confirm.html", {**context, "back": back})


@signed_in
def cancel_award(request: HttpRequest, pk: int) -> HttpResponse:
    """The federation lets an award fall."""
    lead = _("Its money goes back to the pockets it came from. This cannot be undone.")
    return _end(
        request,
        pk,
        "cancel_award",
        title=_("Cancel this award"),
        lead=lead,
        said=_("Cancelled."),
    )


@signed_in
def decline_award(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation gives its award up."""
    lead = _("You give up the money awarded to you. This cannot be undone.")
    return _end(
        request,
        pk,
        "decline_award",
        title=_("Decline this award"),
        lead=lead,
        said=_("Declined."),
    )

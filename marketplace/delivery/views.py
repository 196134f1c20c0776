"""Projects on the desk: reported, accepted, returned, closed, broken off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.errors import Forbidden
from foundation.forms import Form, posted
from foundation.http import done, gate, page_of, signed_in, visible_or_404
from foundation.organisations.queries import ban_address
from foundation.permissions import can, why_not
from marketplace.delivery import operations
from marketplace.delivery.forms import AcceptForm, CloseForm, DeskFilter, ReasonForm, ReportForm
from marketplace.delivery.halt_queries import standing_halt
from marketplace.delivery.models import Extension, Milestone, Project
from marketplace.delivery.progress import progress_of, with_progress
from marketplace.delivery.queries import (
    accepted_of,
    goals_of,
    milestones_visible_to,
    owed_by,
    projects_visible_to,
    with_reports,
)
from marketplace.delivery.spending_queries import proven_fen, unreported_fen
from marketplace.delivery.states import ProjectState
from marketplace.delivery.voice_queries import heard_in, heard_of


@signed_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The projects one delivers, buys or watches over, newest first."""
    rows = projects_visible_to(request.user).select_related("organisation", "buyer", "category")
    filters = DeskFilter(request.GET, with_progress(rows).order_by("-year", "-pk"))
    page = page_of(request, filters.qs)
    context = {
        "filterset": filters,
        "page": page,
        "rows": [(one, progress_of(one)) for one in page],
    }
    return render(request, "delivery/desk.html", context)


def _can(person: Any, milestone: Milestone) -> dict[str, bool]:
    laws = ("report_milestone", "accept_milestone", "return_milestone", "ask_extension")
    return {law: can(person, law, milestone) for law in laws}


def _asked(person: Any, milestone: Milestone) -> list[tuple[Extension, dict[str, bool]]]:
    """The milestone's requests for more time, each with what the person can do about it."""
    laws = ("withdraw_extension", "grant_extension", "refuse_extension")
    return [
        (asked, {law: can(person, law, asked) for law in laws})
        for asked in milestone.extensions.all()
    ]


@signed_in
@require_GET
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: milestones with their reports, money, and what can be done now."""
    rows = with_reports(with_progress(projects_visible_to(request.user)))
    found = visible_or_404(rows, pk=pk)
    milestones = list(found.milestones.all())
    closing = why_not(request.user, "close_project", found)
    context = {
        "project": found,
        "milestones": [
            (one, _can(request.user, one), _asked(request.user, one)) for one in milestones
        ],
        "tranches": found.agreement.tranches.all(),
        "spent_fen": sum(report.spent_fen for report in accepted_of(milestones)),
        "may_close": closing is None,
        "why_not_close": "" if isinstance(closing, Forbidden) else closing,
        "halt": standing_halt(found),
        "ban_url": _ban_url(request.user, found),
        "goals": goals_of(found.pk),
        "heard": heard_in(found),
        "progress": progress_of(found),
        "joining": getattr(found, "joining", None),
        "back": reverse("delivery:desk"),
    }
    return render(request, "delivery/project.html", context | _may(request.user, found))


def _may(person: Any, found: Project) -> dict[str, bool]:
    """What the person can do with the project now, besides closing it."""
    return {
        "may_terminate": can(person, "terminate_project", found),
        "may_call_halt": can(person, "call_halt", found),
        "may_ask": can(person, "ask_served", found),
        "may_write_joining": can(person, "write_joining", found),
    }


def _ban_url(person: Any, found: Project) -> str:
    """Where an officer bars the organisation from taking part, when its project was broken off."""
    if found.state != ProjectState.TERMINATED:
        return ""
    reason = _("Project %(number)s was broken off: %(reason)s") % {
        "number": found.number,
        "reason": found.ended_reason,
    }
    return ban_address(person, found.organisation, reason)


def _page(
    request: HttpRequest,
    subject: Any,
    law: str,
    form: Any,
    *,
    said: str,
    to: int,
    template: str = "base/form_page.html",
    **context: Any,
) -> HttpResponse:
    """Gate, form, operation, answer: what every act of this room has in common."""
    gate(request.user, law, subject)
    operation: Callable[..., Any] = getattr(operations, law)
    if form.sent() and form.attempt(operation, subject, actor=request.user):
        return done(request, said, "delivery:project", to)
    back = reverse("delivery:project", args=[to])
    return render(request, template, {"form": form, "back": back, **context})


def _milestone(request: HttpRequest, pk: int) -> Milestone:
    rows = milestones_visible_to(request.user).select_related("project__agreement")
    return visible_or_404(rows, pk=pk)


@signed_in
def report_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a milestone is reached."""
    milestone = _milestone(request, pk)
    return _page(
        request,
        milestone,
        "report_milestone",
        ReportForm(
            *posted(request),
            goals=goals_of(milestone.project_id),
            spent_fen=unreported_fen(milestone.project_id),
        ),
        said=_("Reported. The buyer looks at it now."),
        to=milestone.project_id,
        template="delivery/report.html",
        title=_("Report “%(milestone)s”") % {"milestone": milestone},
        milestone=milestone,
        submit=_("Report"),
    )


@signed_in
def accept_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what was reported."""
    milestone = _milestone(request, pk)
    opened = owed_by(milestone)
    voice, _each = heard_of(milestone.project_id)
    report = (
        milestone.reports.filter(verdict="waiting")
        .prefetch_related("evidence__document", "results__goal__need")
        .first()
    )
    return _page(
        request,
        milestone,
        "accept_milestone",
        AcceptForm(*posted(request), voice=voice),
        said=_("Accepted."),
        to=milestone.project_id,
        template="delivery/accept.html",
        title=_("Accept “%(milestone)s”") % {"milestone": milestone},
        milestone=milestone,
        report=report,
        unproven_fen=report.spent_fen - proven_fen(report) if report else 0,
        tranche=opened[0] if opened else None,
        heard=voice,
        submit=_("Accept"),
    )


@signed_in
def return_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a report with the reason."""
    milestone = _milestone(request, pk)
    form: Form = ReasonForm(*posted(request))
    return _page(
        request,
        milestone,
        "return_milestone",
        form,
        said=_("Returned."),
        to=milestone.project_id,
        title=_("Return the report on “%(milestone)s”") % {"milestone": milestone},
        lead=_("Say what is missing; the organisation reports again."),
        submit=_("Return"),
    )


@signed_in
def close_project(request: HttpRequest, pk: int) -> HttpResponse:
    """End the project with its grade."""
    found = visible_or_404(projects_visible_to(request.user), pk=pk)
    return _page(
        request,
        found,
        "close_project",
        CloseForm(*posted(request)),
        said=_("The project is closed."),
        to=pk,
        title=_("Close “%(project)s”") % {"project": found},
        lead=_("What was not spent goes back where it came from. The page stays public for ever."),
        submit=_("Close the project"),
    )


@signed_in
def terminate_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Break the project off."""
    found = visible_or_404(projects_visible_to(request.user), pk=pk)
    return _page(
        request,
        found,
        "terminate_project",
        ReasonForm(*posted(request)),
        said=_("The project is broken off."),
        to=pk,
        template="base/confirm.html",
        title=_("Break “%(project)s” off") % {"project": found},
        lead=_("Open milestones are dropped; what is not owed goes back. The reason is public."),
        submit=_("Break off"),
        tone="danger",
    )

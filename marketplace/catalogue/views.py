"""The public catalogue: the list, the same as a file, and the page of one project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.http import page_of, visible_or_404
from foundation.money import plain_yuan
from foundation.organisations.spreadsheet import csv_lines
from marketplace.catalogue.filters import ProjectFilter
from marketplace.catalogue.queries import catalogue_visible_to, joining_of, project_page
from marketplace.catalogue.story import milestones_of, money_of
from marketplace.catalogue.structured import told_of
from marketplace.delivery.models import Project
from marketplace.delivery.voice_queries import heard_in


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Every project, narrowed and sorted as the address says, as cards or as a table."""
    filters = ProjectFilter(request.GET, catalogue_visible_to(request.user))
    query = request.GET.copy()
    for name in ("page", "view"):
        query.pop(name, None)
    context = {
        "filterset": filters,
        "page": page_of(request, filters.qs),
        "as_table": request.GET.get("view") == "table",
        "query": query.urlencode(),
    }
    return render(request, "catalogue/projects.html", context)


@require_safe
def projects_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same selection as a file for a spreadsheet."""
    rows = ProjectFilter(request.GET, catalogue_visible_to(request.user)).qs
    response = StreamingHttpResponse(csv_lines(_rows(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="projects.csv"'
    return response


def _rows(projects: Any) -> Iterator[list[Any]]:
    yield [
        _("number"),
        _("title"),
        _("category"),
        _("organisation"),
        _("buyer"),
        _("year"),
        _("amount in yuan"),
        _("people promised"),
        _("people served"),
        _("state"),
        _("grade"),
        _("begins"),
        _("ends"),
    ]
    one: Project
    for one in projects.iterator(chunk_size=500):
        yield [
            one.number,
            one.title,
            one.category,
            one.organisation,
            one.buyer,
            one.year,
            plain_yuan(one.amount_fen),
            one.headcount,
            one.served,
            one.get_state_display(),
            one.grade,
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
        ]


@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    """One project: its promise, its people, its money, its milestones, its proof, its grade."""
    found = visible_or_404(project_page(request.user), number=number)
    award = found.agreement.award
    context = {
        "project": found,
        "award": award,
        "call": award.proposal.call,
        "goals": found.goals.all(),
        "joining": joining_of(found),
        "money": money_of(found),
        "timeline": milestones_of(found),
        "heard": heard_in(found),
        "evidence": [
            proof
            for milestone in found.milestones.all()
            for report in milestone.reports.all()
            for proof in report.evidence.all()
        ],
        "back": reverse("catalogue:projects"),
        "structured": told_of(found),
    }
    return render(request, "catalogue/project.html", context)

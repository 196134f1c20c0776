"""The public pages: organisations, their profiles, the union tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import page_of, visible_or_404
from foundation.organisations.filters import OrganisationFilter, UnionFilter
from foundation.organisations.models import Organisation, Union
from foundation.organisations.obligations import panels_of
from foundation.organisations.queries import (
    organisations_visible_to,
    standing_from,
    standings_of,
    unions_visible_to,
)
from foundation.organisations.rules import belongs_to, has_nobody_acting, is_no_union
from foundation.organisations.spreadsheet import csv_lines
from foundation.organisations.standing_models import Proof
from foundation.organisations.states import OrganisationState, ProofState
from foundation.organisations.structured import told_of
from foundation.permissions import may_ever


def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation one may see, narrowed by the address's filters."""
    rows = organisations_visible_to(request.user).order_by("kind", "name", "pk")
    filters = OrganisationFilter(request.GET, rows)
    page = page_of(request, filters.qs)
    standings = standings_of(page.object_list)
    for organisation in page.object_list:
        organisation.standing = standings[organisation.pk]
    return render(request, "organisations/organisations.html", {"page": page, "filterset": filters})


def export(request: HttpRequest) -> StreamingHttpResponse:
    """The list as it is filtered, as CSV."""
    rows = organisations_visible_to(request.user).order_by("kind", "name", "pk")
    found = OrganisationFilter(request.GET, rows).qs

    def lines() -> Iterator[list[Any]]:
        yield [_("Name"), _("Code"), _("Kind"), _("District"), _("State"), _("Founded on")]
        for row in found.iterator(chunk_size=1000):
            yield [
                row.name,
                row.uscc or "",
                row.get_kind_display(),
                row.district or "",
                row.get_state_display(),
                row.founded_on or "",
            ]

    return csv_response("organisations.csv", csv_lines(lines()))


def csv_response(name: str, lines: Iterator[str]) -> StreamingHttpResponse:
    """A CSV file that spreadsheets open in the right encoding."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """The public profile: who it is, its standing, what the floors above know of it."""
    rows = organisations_visible_to(request.user).select_related("successor", "union", "district")
    body = visible_or_404(rows, pk=pk)
    proofs, bans = list(body.proofs.all()), list(body.bans.all())
    place = getattr(body, "union", None)
    return render(
        request,
        "organisations/organisation.html",
        {
            "organisation": body,
            "standing": standing_from(body, proofs, bans),
            "proofs": on_show(proofs),
            "bans": bans,
            "place": place,
            "crumbs": crumbs_of(place) if place else [],
            "panels": panels_of(body, request.user),
            "structured": told_of(body),
            "is_ours": belongs_to(request.user, body),
            "may_claim": not (
                is_no_union(body)
                or body.state == OrganisationState.DISSOLVED
                or has_nobody_acting(body)
            ),
        },
    )


def on_show(proofs: list[Proof]) -> list[Proof]:
    """What the public sees of them: verified ones that have not run out, without their papers."""
    today = clock.today()
    return [p for p in proofs if p.state == ProofState.VERIFIED and p.holds_on(today)]


def crumbs_of(place: Union) -> list[Organisation]:
    """The bodies above, the federation first (one query)."""
    steps = Union.steplen
    paths = [place.path[:end] for end in range(steps, len(place.path), steps)]
    above = Union.objects.filter(path__in=paths).select_related("organisation").order_by("path")
    return [node.organisation for node in above]


def unions(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One level of the tree: a body and those directly under it; or what a search found."""
    everything = unions_visible_to(request.user)
    place = (
        visible_or_404(everything, organisation=pk)
        if pk
        else everything.filter(depth=1).order_by("path").first()
    )
    filters = UnionFilter(request.GET, everything.order_by("path"))
    searching = any(request.GET.get(name) for name in filters.filters)
    rows = filters.qs if searching else below(everything, place)
    page = page_of(request, rows)
    return render(
        request,
        "organisations/unions.html",
        {
            "place": place,
            "crumbs": crumbs_of(place) if place else [],
            "page": page,
            "filterset": filters,
            "searching": searching,
            "may_plant": place is None and may_ever(request.user, "plant_union"),
            "types": types_below(place) if place and not searching else [],
        },
    )


def below(rows: Any, place: Union | None) -> Any:
    """The bodies directly under one, hubs before ports before services."""
    if place is None:
        return rows.none()
    return rows.filter(path__startswith=place.path, depth=place.depth + 1).order_by(
        "union_type", "path"
    )


def types_below(place: Union) -> list[tuple[Any, int]]:
    """How many bodies of each type stand anywhere below, in one query."""
    under = Union.objects.filter(path__startswith=place.path).exclude(pk=place.pk)
    there = ~Q(organisation__state=OrganisationState.DISSOLVED)
    counts = under.filter(there).values_list("union_type").annotate(Count("pk"))
    found = dict(counts.order_by("union_type"))
    labels = dict(Union._meta.get_field("union_type").choices or ())
    return [(labels[kind], found[kind]) for kind in labels if kind in found]

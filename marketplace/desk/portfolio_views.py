"""The portfolio on the desk: what runs, what is late, whom it reached and what that cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bidding.needs.models import Category
from foundation import clock
from foundation.face.values import own_words, wan_text
from foundation.http import page_of, signed_in
from foundation.organisations.models import District
from marketplace.delivery.models import Project
from marketplace.delivery.queries import projects_visible_to
from marketplace.desk.portfolio import GROUPS, Line, lines, whole
from marketplace.ledger.sheets import Fen, sheet_response


class PortfolioFilter(django_filters.FilterSet):
    """What a row stands for, and to what the projects are narrowed."""

    by = django_filters.ChoiceFilter(
        method="told_apart",
        label=gettext_lazy("One row for each"),
        choices=[(key, word) for key, (word, _column, _model) in GROUPS.items()],
        empty_label=None,
    )
    year = django_filters.ChoiceFilter(label=gettext_lazy("Year"), empty_label=gettext_lazy("all"))
    category = django_filters.ChoiceFilter(
        label=gettext_lazy("Category"), empty_label=gettext_lazy("all")
    )
    district = django_filters.ChoiceFilter(
        field_name="districts", label=gettext_lazy("District"), empty_label=gettext_lazy("all")
    )

    class Meta:
        model = Project
        fields = ["by", "year", "category", "district"]

    def __init__(self, data: Any, rows: QuerySet[Project]) -> None:
        super().__init__(data, rows)
        years = rows.order_by("-year").values_list("year", flat=True).distinct()
        here = District.objects.filter(projects__in=rows).distinct()
        for name, choices in {
            "year": [(year, str(year)) for year in years],
            "category": [(one.pk, own_words(one, "name")) for one in Category.objects.all()],
            "district": [(one.pk, own_words(one, "name")) for one in here],
        }.items():
            self.filters[name].extra["choices"] = choices

    def told_apart(self, rows: QuerySet[Project], _name: str, _value: str) -> QuerySet[Project]:
        """Narrows nothing: it says what a row is."""
        return rows

    @property
    def group(self) -> str:
        """By what the rows are told apart: by year, unless the address says otherwise."""
        chosen = self.data.get("by", "")
        return chosen if chosen in GROUPS else "year"


@signed_in
@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """The projects one watches over, buys or delivers, added up."""
    filters = PortfolioFilter(request.GET, projects_visible_to(request.user))
    told = lines(filters.qs, filters.group)
    page = page_of(request, told)
    context = {
        "filterset": filters,
        "whole": whole(filters.qs),
        "head": GROUPS[filters.group][0],
        "page": page,
        "rows": [(line, _address(filters, line)) for line in page],
        "chart": _chart(told) if filters.group == "year" else [],
        "several": filters.group == "district",
    }
    return render(request, "desk/portfolio.html", context)


def _address(filters: PortfolioFilter, line: Line) -> str:
    """The public catalogue, narrowed to the projects of this line."""
    narrowed = {name: filters.data.get(name, "") for name in ("year", "category", "district")}
    narrowed[filters.group] = line.key
    kept = {name: value for name, value in narrowed.items() if value}
    return f"{reverse('catalogue:projects')}?{urlencode(kept)}"


def _chart(told: list[Line]) -> list[tuple[str, int, str]]:
    """Money agreed by year, the first year first: what grew, at one look."""
    words = _("%(money)s, %(projects)d projects")
    return [
        (
            line.label,
            line.agreed_fen,
            words % {"money": wan_text(line.agreed_fen), "projects": line.projects},
        )
        for line in reversed(told)
    ]


@signed_in
@require_safe
def portfolio_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What is shown (on all its pages) as a file."""
    filters = PortfolioFilter(request.GET, projects_visible_to(request.user))
    told = lines(filters.qs, filters.group)
    name = f"portfolio-by-{filters.group}-{clock.today():%Y%m%d}"
    return sheet_response(ending, name, _rows(str(GROUPS[filters.group][0]), told))


def _rows(head: str, told: list[Line]) -> Iterator[list[object]]:
    yield [
        head,
        _("projects"),
        _("running"),
        _("late"),
        _("closed"),
        _("agreed"),
        _("owed for accepted work"),
        _("people promised"),
        _("people served"),
        _("cost of one person served"),
    ]
    for line in told:
        yield [
            line.label,
            line.projects,
            line.running,
            line.late,
            line.closed,
            Fen(line.agreed_fen),
            Fen(line.owed_fen),
            line.promised,
            line.served,
            "" if line.per_head_fen is None else Fen(line.per_head_fen),
        ]

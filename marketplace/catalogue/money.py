"""The public's questions about money: where it stands, what it bought, how it grew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from bidding.needs.models import Category
from foundation.organisations.models import District
from marketplace.delivery.models import Project


@dataclass(frozen=True)
class Year:
    """One year's projects, their money, the people they served, and the change since the last."""

    year: int
    projects: int
    amount_fen: int
    served: int
    projects_change: int | None
    amount_change: int | None


def percent_change(before: int, now: int) -> int | None:
    """By how many percent `now` is more than `before`, to the nearest; None without a before."""
    return round(100 * (now - before) / before) if before else None


def years() -> list[Year]:
    """Every year there were projects, the oldest first, each with its growth (one query)."""
    rows = (
        Project.objects.order_by("year")
        .values_list("year")
        .annotate(Count("pk"), Sum("amount_fen"), Sum("served"))
    )
    found: list[Year] = []
    for year, projects, amount_fen, served in rows:
        last = found[-1] if found and found[-1].year == year - 1 else None
        found.append(
            Year(
                year,
                projects,
                amount_fen,
                served,
                percent_change(last.projects, projects) if last else None,
                percent_change(last.amount_fen, amount_fen) if last else None,
            )
        )
    return found


def by_category(year: int | None = None) -> list[tuple[Category, int, int]]:
    """(category, fen, projects), most money first (one query over the few categories)."""
    rows = Category.objects.filter(projects__isnull=False)
    if year:
        rows = rows.filter(projects__year=year)
    rows = rows.annotate(fen=Sum("projects__amount_fen"), count=Count("projects"))
    return [(category, category.fen, category.count) for category in rows.order_by("-fen")]


def by_district(year: int | None = None) -> list[tuple[Any, int]]:
    """(district, projects that serve it), most first; a project may serve several (one query)."""
    rows = District.objects.filter(projects__isnull=False)
    if year:
        rows = rows.filter(projects__year=year)
    rows = rows.annotate(count=Count("projects")).order_by("-count", "code")
    return [(district, district.count) for district in rows]

"""The projects a person watches over, added up: by year, category, district, buyer and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from bidding.needs.models import Category
from foundation.face.values import own_words
from foundation.organisations.models import District, Organisation
from marketplace.agreements.models import Tranche
from marketplace.delivery.models import Project
from marketplace.delivery.progress import is_late
from marketplace.delivery.states import ProjectState

GROUPS: dict[str, tuple[Any, str, Any]] = {
    "year": (_("year"), "year", None),
    "category": (_("category"), "category", Category),
    "district": (_("district"), "districts", District),
    "buyer": (_("buyer"), "buyer", Organisation),
    "organisation": (_("organisation"), "organisation", Organisation),
}
"""What a row may stand for: its word, the column of a project, and where its name is."""


@dataclass(frozen=True)
class Line:
    """Projects added up. Money in fen; `owed_fen` is what accepted work came to so far."""

    key: Any
    label: str
    projects: int
    running: int
    late: int
    closed: int
    agreed_fen: int
    owed_fen: int
    promised: int
    served: int

    @property
    def per_head_fen(self) -> int | None:
        """What each person served has cost so far, to the fen; None while nobody was served."""
        return round(self.owed_fen / self.served) if self.served else None


def _sums() -> dict[str, Any]:
    return {
        "n": Count("pk"),
        "running": Count("pk", filter=Q(state=ProjectState.RUNNING)),
        "behind": Count("pk", filter=Q(late=True)),
        "closed": Count("pk", filter=Q(state=ProjectState.CLOSED)),
        "agreed": Sum("amount_fen"),
        "owed": Sum("owed_fen"),
        "promised": Sum("headcount"),
        "helped": Sum("served"),
    }


def _ready(projects: QuerySet[Project]) -> QuerySet[Any]:
    tranches = Tranche.objects.filter(agreement=OuterRef("agreement")).order_by()
    owed = tranches.values("agreement").annotate(x=Sum("spent_fen")).values("x")
    return projects.order_by().annotate(owed_fen=Subquery(owed), late=is_late())


def whole(projects: QuerySet[Project]) -> Line:
    """All of them in one line; each project counts once (one query)."""
    return _line(None, "", _ready(projects).aggregate(**_sums()))


def lines(projects: QuerySet[Project], by: str) -> list[Line]:
    """A line for each year, category … (two queries); a project in two districts counts in both."""
    _word, column, model = GROUPS[by]
    rows = _ready(projects).values(group=F(column)).annotate(**_sums())
    found = {row["group"]: row for row in rows if row["group"] is not None}
    if model is None:
        names = {key: str(key) for key in found}
    else:
        names = {key: own_words(one, "name") for key, one in model.objects.in_bulk(found).items()}
    told = [_line(key, names[key], row) for key, row in found.items()]
    if by == "year":
        return sorted(told, key=lambda line: -line.key)
    return sorted(told, key=lambda line: (-line.agreed_fen, line.label))


def _line(key: Any, label: str, row: dict[str, Any]) -> Line:
    return Line(
        key=key,
        label=label,
        projects=row["n"],
        running=row["running"],
        late=row["behind"],
        closed=row["closed"],
        agreed_fen=row["agreed"] or 0,
        owed_fen=row["owed"] or 0,
        promised=row["promised"] or 0,
        served=row["helped"] or 0,
    )

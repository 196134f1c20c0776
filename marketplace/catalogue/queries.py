"""What the public wants to know about projects: all of it is public, for ever."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from bidding.needs.models import Need
from foundation import clock
from foundation.face.values import own_words
from foundation.organisations.models import District, Organisation
from marketplace.agreements.queries import tranches_with_payment
from marketplace.delivery.models import (
    Evidence,
    Extension,
    Goal,
    Joining,
    Milestone,
    Project,
    Report,
)
from marketplace.delivery.states import ExtensionState, ProjectState
from marketplace.delivery.voice_queries import with_heard


def catalogue_visible_to(person: Any) -> QuerySet[Project]:
    """Every project, for everybody; newest first."""
    return Project.objects.select_related("category", "organisation", "buyer").order_by(
        "-year", "-pk"
    )


def facets() -> dict[str, list[tuple[Any, str]]]:
    """What there is to choose among: only what some project has (five queries)."""
    return {
        "need": [
            (need.pk, own_words(need, "title"))
            for need in Need.objects.filter(goals__isnull=False)
            .distinct()
            .order_by("-survey", "pk")
        ],
        "year": [
            (year, str(year))
            for year in Project.objects.order_by("-year").values_list("year", flat=True).distinct()
        ],
        "district": [
            (district.pk, str(district))
            for district in District.objects.filter(projects__isnull=False).distinct()
        ],
        "buyer": _bodies(Organisation.objects.filter(projects_bought__isnull=False)),
        "organisation": _bodies(Organisation.objects.filter(projects__isnull=False)),
    }


def _bodies(organisations: QuerySet[Organisation]) -> list[tuple[Any, str]]:
    return list(organisations.distinct().order_by("name").values_list("pk", "name"))


def project_page(person: Any) -> QuerySet[Project]:
    """Projects with everything their public page says (eight queries in all).

    Reports are shown once they are accepted, evidence only where it was made public.
    """
    public = Evidence.objects.filter(public=True).select_related("document")
    granted = Extension.objects.filter(milestone=OuterRef("pk"), state=ExtensionState.GRANTED)
    first_due_on = Subquery(granted.order_by("pk").values("was_due_on")[:1])
    milestones = Milestone.objects.annotate(first_due_on=first_due_on)
    accepted = Report.objects.filter(verdict=Report.Verdict.ACCEPTED).prefetch_related(
        Prefetch("evidence", public)
    )
    return (
        with_heard(catalogue_visible_to(person))
        .select_related("agreement__award__notice", "agreement__award__proposal__call", "joining")
        .prefetch_related(
            "districts",
            Prefetch("goals", Goal.objects.select_related("need").order_by("pk")),
            "agreement__award__shares__buyer",
            Prefetch("milestones", milestones.prefetch_related(Prefetch("reports", accepted))),
            Prefetch("agreement__tranches", tranches_with_payment()),
        )
    )


def joining_of(project: Project) -> Joining | None:
    """How one joins, while the project runs and one still can; fetched by `project_page`."""
    joining: Joining | None = getattr(project, "joining", None)
    if joining is None or project.state != ProjectState.RUNNING:
        return None
    return None if joining.until and joining.until < clock.today() else joining

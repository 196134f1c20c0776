"""What people want to know about the voice of those served."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from foundation.organisations.rules import belongs_to
from marketplace.delivery.models import Project
from marketplace.delivery.queries import projects_visible_to
from marketplace.delivery.voice import Heard, summed, to_add
from marketplace.delivery.voice_models import Again, Asking, Voice

_SUMS = {
    "n": Count("pk"),
    "helped": Sum("helpful"),
    "ran": Sum("well_run"),
    "back": Count("pk", filter=Q(again=Again.YES)),
}


def askings_visible_to(person: Any) -> QuerySet[Asking]:
    """Those of the projects on the person's desk."""
    return Asking.objects.filter(project__in=projects_visible_to(person))


def askings_by_code() -> QuerySet[Asking]:
    """All of them, for whoever holds a code: nobody guesses one."""
    return Asking.objects.select_related("project__organisation", "project__buyer")


def heard_of(project: int) -> tuple[Heard | None, dict[int, Heard]]:
    """What those served by a project said: in all, and by asking (one query)."""
    added = Voice.objects.filter(asking__project=project, position__lte=F("asking__heard"))
    by_asking = added.order_by().values("asking").annotate(**_SUMS)
    rows = {row[0]: row[1:] for row in by_asking.values_list("asking", *_SUMS)}
    each = {asking: summed([row]) for asking, row in rows.items()}
    return summed(rows.values()), {asking: one for asking, one in each.items() if one}


def with_heard(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with what those served said, for `heard_in`, in the same query."""
    added = Voice.objects.filter(asking__project=OuterRef("pk"), position__lte=F("asking__heard"))
    whole = added.order_by().values("asking__project")
    sums = {f"heard_{name}": Subquery(whole.annotate(x=s).values("x")) for name, s in _SUMS.items()}
    return projects.annotate(**sums)


def heard_in(project: Any) -> Heard | None:
    """What those served by a project fetched `with_heard` said."""
    row = (project.heard_n, project.heard_helped, project.heard_ran, project.heard_back)
    return summed([row]) if project.heard_n else None


def is_one_of_them(person: Any, asking: Asking) -> bool:
    """Does the person belong to those who deliver the project, or who buy it?"""
    project = asking.project
    return belongs_to(person, project.organisation_id) or belongs_to(person, project.buyer_id)


def faults() -> list[str]:
    """A sentence for each asking whose numbers are not what its answers add up to."""
    rows = Asking.objects.annotate(n=Count("voices")).filter(
        ~Q(answers=F("n")) | Q(heard__gt=F("answers"))
    )
    found = [f"asking {one.pk}: says {one.answers} answers, holds {one.n}" for one in rows]
    for one in Asking.objects.iterator(chunk_size=2000):
        wanted = to_add(one.answers, ended=one.ended_at is not None)
        if one.heard != wanted:
            found.append(f"asking {one.pk}: adds up {one.heard} answers, not {wanted}")
    return found

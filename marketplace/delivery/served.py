"""People served, need by need: what a report says of each need its project answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from marketplace.delivery.models import Goal, Milestone, Project, Report, Result


@dataclass(frozen=True)
class Reached:
    """So many people were served for a need, and this changed for them."""

    served: int
    outcome: str = ""


def take_over_needs(project: Project) -> None:
    """The needs the proposal answers become the project's goals."""
    needs = project.agreement.award.proposal.needs.order_by("pk")
    Goal.objects.bulk_create(Goal(project=project, need=need) for need in needs)


def reached_of(
    milestone: Milestone, served: int, given: Mapping[int, Reached] | None
) -> dict[int, Reached]:
    """What is reported for each goal of the milestone's project, by the goal's key.

    With a single need, everybody served was served for it; with several, each has its number.
    Nobody is served for a need who is not among the people served.
    """
    goals = list(Goal.objects.filter(project=milestone.project_id).values_list("pk", flat=True))
    if not goals:
        if given:
            raise DomainError(_("This project answers no need."))
        return {}
    if given is None and len(goals) == 1:
        given = {goals[0]: Reached(served)}
    if given is None or set(given) != set(goals):
        raise DomainError(_("Say of each need how many people were served for it."))
    if any(one.served < 0 or one.served > served for one in given.values()):
        raise DomainError(
            _("For one need no more people can be served than were served in all."), field="served"
        )
    return dict(given)


def write_results(report: Report, reached: Mapping[int, Reached]) -> None:
    """Keep what the report says of each need."""
    Result.objects.bulk_create(
        Result(report=report, goal_id=goal, served=one.served, outcome=one.outcome.strip())
        for goal, one in sorted(reached.items())
    )


def count_results(report: Report) -> None:
    """The report was accepted: its people count for the needs. The project's row is locked."""
    for result in report.results.all():
        Goal.objects.filter(pk=result.goal_id).update(served=F("served") + result.served)


def faults() -> list[str]:
    """A sentence for each goal whose number is not what the accepted reports add up to."""
    accepted: dict[int, int] = {}
    said = Result.objects.filter(report__verdict=Report.Verdict.ACCEPTED)
    for goal, served in said.values_list("goal", "served").iterator(chunk_size=5000):
        accepted[goal] = accepted.get(goal, 0) + served
    found = [
        f"goal {pk}: served {served}, but accepted reports say {accepted.get(pk, 0)}"
        for pk, served in Goal.objects.values_list("pk", "served").iterator(chunk_size=5000)
        if served != accepted.get(pk, 0)
    ]
    strays = Result.objects.exclude(report__milestone__project=F("goal__project"))
    found += [
        f"result {pk}: its report is of another project"
        for pk in strays.values_list("pk", flat=True)
    ]
    more = Result.objects.filter(served__gt=F("report__served"))
    return found + [
        f"result {pk}: more people than its report" for pk in more.values_list("pk", flat=True)
    ]

"""What people want to know about projects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from foundation.organisations.rules import acts_for, roles_of
from foundation.people.rules import is_officer
from marketplace.agreements.models import Gate, Tranche
from marketplace.agreements.queries import payables_of_tranche, tranches_with_payment
from marketplace.delivery.halt_models import Halt
from marketplace.delivery.models import (
    Evidence,
    Extension,
    Goal,
    Milestone,
    Project,
    Report,
    Result,
)
from marketplace.delivery.states import (
    DONE,
    ExtensionState,
    HaltState,
    MilestoneState,
    ProjectState,
)
from marketplace.matching.queries import sees_all
from marketplace.matching.shelf import RECORDS
from marketplace.payments.states import SETTLED


def projects_visible_to(person: Any) -> QuerySet[Project]:
    """On the desk: all for the federation; for others those they deliver or buy."""
    if sees_all.test(person):
        return Project.objects.all()
    mine = list(roles_of(person))
    return Project.objects.filter(Q(organisation__in=mine) | Q(buyer__in=mine))


def milestones_visible_to(person: Any) -> QuerySet[Milestone]:
    """Those of the projects on the person's desk."""
    return Milestone.objects.filter(project__in=projects_visible_to(person))


def evidence_visible_to(person: Any) -> QuerySet[Evidence]:
    """Public proof of accepted reports for everybody; the rest for those who see the project."""
    public = Q(public=True, report__verdict=Report.Verdict.ACCEPTED)
    if sees_all.test(person):
        return Evidence.objects.all()
    mine = list(roles_of(person))
    own = Q(report__milestone__project__organisation__in=mine) | Q(
        report__milestone__project__buyer__in=mine
    )
    return Evidence.objects.filter(public | own)


def to_report(person: Any) -> QuerySet[Milestone]:
    """Milestones the person's organisations have to report, soonest first."""
    mine = [pk for pk in roles_of(person) if acts_for(person, pk)]
    return _running(
        Milestone.objects.filter(
            project__organisation__in=mine,
            state__in=[MilestoneState.PLANNED, MilestoneState.RETURNED],
        )
    )


def to_judge(person: Any) -> QuerySet[Milestone]:
    """Reports that wait for the person's union bodies."""
    mine = [pk for pk in roles_of(person) if acts_for(person, pk)]
    return _running(
        Milestone.objects.filter(project__buyer__in=mine, state=MilestoneState.REPORTED).exclude(
            project__organisation__in=list(roles_of(person))
        )
    )


def to_extend(person: Any) -> QuerySet[Extension]:
    """Requests for more time that wait for the person's union bodies."""
    mine = [pk for pk in roles_of(person) if acts_for(person, pk)]
    return (
        Extension.objects.filter(
            state=ExtensionState.ASKED,
            milestone__project__state=ProjectState.RUNNING,
            milestone__project__buyer__in=mine,
        )
        .exclude(milestone__project__organisation__in=list(roles_of(person)))
        .order_by("asked_at", "pk")
    )


def to_close(person: Any) -> QuerySet[Project]:
    """Projects that are done and paid and wait to be closed, by an officer or by their buyer."""
    rows = Project.objects.filter(state=ProjectState.RUNNING)
    if not is_officer(person):
        rows = rows.filter(buyer__in=[pk for pk in roles_of(person) if acts_for(person, pk)])
    open_ones = Milestone.objects.filter(project=OuterRef("pk")).exclude(state__in=DONE)
    unpaid = payables_of_tranche().exclude(state__in=SETTLED)
    owed = Tranche.objects.filter(Exists(unpaid), agreement=OuterRef("agreement"))
    rows = rows.exclude(organisation__in=list(roles_of(person)))
    return rows.exclude(Exists(open_ones)).exclude(Exists(owed)).order_by("ends_on", "pk")


def _running(milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    rows = milestones.filter(project__state=ProjectState.RUNNING)
    return rows.select_related("project").order_by("due_on", "pk")


def records_of_organisations() -> dict[int, tuple[int, float]]:
    """{organisation: (closed projects, mean final score of a hundred)}."""
    rows = Project.objects.filter(state=ProjectState.CLOSED).order_by().values("organisation")
    found = rows.annotate(count=Count("pk"), mean=Avg("score_hundredths"))
    return {row["organisation"]: (row["count"], float(row["mean"]) / 100) for row in found}


RECORDS.append(records_of_organisations)


def standing_halts() -> QuerySet[Halt]:
    """Notices to stop that wait for an officer, and suspensions in force."""
    return Halt.objects.filter(state__in=[HaltState.GIVEN, HaltState.IN_FORCE])


def with_reports(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with all their desk page shows: milestones, reports, evidence, tranches."""
    evidence = Evidence.objects.select_related("document")
    reports = Report.objects.select_related("reported_by").prefetch_related(
        Prefetch("evidence", evidence),
        Prefetch("results", Result.objects.select_related("goal__need").order_by("goal")),
    )
    stands = Exists(standing_halts().filter(project=OuterRef("pk")))
    return (
        projects.annotate(has_halt=stands)
        .select_related("agreement__award", "organisation", "buyer", "category", "joining")
        .prefetch_related(
            Prefetch("milestones__reports", reports),
            Prefetch("milestones__extensions", Extension.objects.select_related("asked_by")),
            Prefetch("agreement__tranches", tranches_with_payment()),
        )
    )


def accepted_of(milestones: Iterable[Milestone]) -> list[Report]:
    """The accepted reports of milestones that were fetched with their reports."""
    return [
        report
        for milestone in milestones
        for report in milestone.reports.all()
        if report.verdict == Report.Verdict.ACCEPTED
    ]


def goals_of(project: int) -> list[Goal]:
    """The needs a project answers, with the people served for each (one query)."""
    return list(Goal.objects.filter(project=project).select_related("need").order_by("pk"))


def spent_fen(project: Project) -> int:
    """What the accepted reports say was spent."""
    reports = Report.objects.filter(milestone__project=project, verdict=Report.Verdict.ACCEPTED)
    return reports.aggregate(sum=Sum("spent_fen"))["sum"] or 0


def owed_by(milestone: Milestone) -> tuple[Tranche, int] | None:
    """The tranche this milestone opens once accepted, and how much of it is then owed.

    Mid-term opens its whole tranche. The final one opens what was really spent and not owed
    before; what is left stays bound until the project closes, and then goes home.
    """
    if not milestone.gate:
        return None
    tranches = milestone.project.agreement.tranches
    tranche = tranches.filter(gate=milestone.gate).first()
    if tranche is None:
        return None
    if milestone.gate != Gate.FINAL:
        return tranche, tranche.amount_fen
    before = tranches.aggregate(sum=Sum("spent_fen"))["sum"] or 0
    rest = spent_fen(milestone.project) - before
    return tranche, max(0, min(rest, tranche.amount_fen))

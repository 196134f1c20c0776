"""What is done in a project: reported, accepted, returned, closed, broken off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_document
from foundation.errors import DomainError
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import operation
from foundation.organisations.queries import officers_of
from foundation.permissions import allow
from marketplace.agreements.models import Agreement
from marketplace.agreements.money import owe_tranche, send_rest_home
from marketplace.agreements.operations import on_signed
from marketplace.agreements.states import AgreementState
from marketplace.delivery import kinds, readers, rules  # noqa: F401  # importing registers them
from marketplace.delivery.grading import grade_of
from marketplace.delivery.locks import locked_milestone, locked_project
from marketplace.delivery.models import Evidence, Milestone, Project, Report
from marketplace.delivery.queries import owed_by
from marketplace.delivery.reminders import remind
from marketplace.delivery.served import (
    Reached,
    count_results,
    reached_of,
    take_over_needs,
    write_results,
)
from marketplace.delivery.spending_models import Expense
from marketplace.delivery.spending_queries import unreported, unreported_fen
from marketplace.delivery.states import MilestoneState, ProjectState
from marketplace.delivery.voice_queries import heard_of


@dataclass(frozen=True)
class Proof:
    """A file handed in with a report, what it shows, and whether everybody may see it."""

    upload: File
    caption: str
    public: bool = False


@on_signed
def start_project(agreement: Agreement, actor: Any) -> None:
    """The last signature begins the project: its public page, its milestones, their reminders."""
    award = agreement.award
    proposal = award.proposal
    project = Project.objects.create(
        agreement=agreement,
        number=f"{proposal.call.number}-{proposal.place.rank:02d}",
        title=agreement.title,
        summary=proposal.summary,
        category=proposal.lot.category,
        organisation=proposal.organisation,
        buyer=award.buyer,
        year=agreement.starts_on.year,
        amount_fen=agreement.amount_fen,
        audience=proposal.audience,
        headcount=proposal.headcount or 0,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        started_at=clock.now(),
    )
    project.districts.set(proposal.districts.all())
    take_over_needs(project)
    milestones = []
    for position, promised in enumerate(agreement.terms["milestones"], start=1):
        milestone = Milestone.objects.create(
            project=project,
            position=position,
            title=promised["title"],
            measure=promised.get("measure", ""),
            due_on=dt.date.fromisoformat(promised["due_on"]),
            gate=promised["gate"],
        )
        milestones.append(milestone)
    remind(milestones)


@operation
def report_milestone(
    milestone: Milestone,
    *,
    text: str,
    served: int,
    spent_fen: int,
    results: Mapping[int, Reached] | None = None,
    evidence: Sequence[Proof] = (),
    actor: Any,
) -> Report:
    """The organisation says a milestone is reached: what was done, for whom, for how much.

    `results` says, by goal, how many people were served for each need the project answers.
    """
    milestone = locked_milestone(milestone)
    allow(actor, "report_milestone", milestone)
    reached = reached_of(milestone, served, results)
    entered = unreported_fen(milestone.project_id)
    if entered is not None and entered != spent_fen:
        raise DomainError(
            _("The invoices entered since the last report come to %(sum)s: report exactly that.")
            % {"sum": yuan(entered)},
            field="spent_fen",
        )
    report = Report.objects.create(
        milestone=milestone,
        text=text,
        served=served,
        spent_fen=spent_fen,
        reported_by=actor,
        reported_at=clock.now(),
    )
    write_results(report, reached)
    told = list(unreported(milestone.project_id).values_list("pk", flat=True))
    Expense.objects.filter(pk__in=told).update(report=report)
    for proof in evidence:
        Evidence.objects.create(
            report=report,
            document=keep_document(proof.upload, purpose="evidence", actor=actor),
            caption=proof.caption,
            public=proof.public,
        )
    milestone.move_to(MilestoneState.REPORTED)
    facts = {
        "served": served,
        "spent_fen": spent_fen,
        "needs": {k: r.served for k, r in reached.items()},
    }
    record(actor, "report_milestone", milestone, report=report.pk, **facts)
    _tell(milestone, milestone.project.buyer, "milestone_reported")
    return report


@operation
def accept_milestone(milestone: Milestone, *, remark: str = "", actor: Any) -> Milestone:
    """The buyer accepts; a gate milestone makes its part of the money owed in the same breath."""
    milestone = locked_milestone(milestone)
    allow(actor, "accept_milestone", milestone)
    project = milestone.project
    voice, _each = heard_of(project.pk)
    if voice is not None and voice.is_low and not remark.strip():
        raise DomainError(
            _("Those served say that it hardly helped: say why it is accepted all the same."),
            field="remark",
        )
    report = _judge(milestone, Report.Verdict.ACCEPTED, remark, actor)
    milestone.move_to(MilestoneState.ACCEPTED)
    project.served += report.served
    project.save(update_fields=["served"])
    count_results(report)
    opened = owed_by(milestone)
    owed = 0
    if opened is not None:
        tranche, owed = opened
        tranche.agreement = project.agreement
        owe_tranche(tranche, owed, actor=actor)
    said = {"voices": voice.n, "helpful": round(voice.helpful, 1)} if voice else {"voices": 0}
    record(actor, "accept_milestone", milestone, report=report.pk, owed_fen=owed, **said)
    _tell(milestone, project.organisation, "milestone_accepted", owed_fen=owed)
    return milestone


@operation
def return_milestone(milestone: Milestone, *, reason: str, actor: Any) -> Milestone:
    """The buyer returns a report with the reason; the organisation reports again."""
    milestone = locked_milestone(milestone)
    allow(actor, "return_milestone", milestone)
    if not reason.strip():
        raise DomainError(_("Say what is missing."), field="reason")
    report = _judge(milestone, Report.Verdict.RETURNED, reason, actor)
    milestone.move_to(MilestoneState.RETURNED)
    record(actor, "return_milestone", milestone, report=report.pk, reason=reason)
    _tell(milestone, milestone.project.organisation, "milestone_returned", reason=reason)
    return milestone


def _judge(milestone: Milestone, verdict: str, remark: str, actor: Any) -> Report:
    report = milestone.reports.get(verdict=Report.Verdict.WAITING)
    report.verdict = verdict
    report.remark = remark
    report.judged_by = actor
    report.judged_at = clock.now()
    report.save(update_fields=["verdict", "remark", "judged_by", "judged_at"])
    return report


def _tell(milestone: Milestone, organisation: Any, kind: str, **facts: Any) -> None:
    tell(
        officers_of(organisation),
        kind,
        url=path_to("delivery:project", milestone.project_id),
        milestone=str(milestone),
        project=str(milestone.project),
        **facts,
    )


@operation
def close_project(
    project: Project, *, score_hundredths: int, lessons: str = "", actor: Any
) -> Project:
    """The project ends with its grade; what was bound and not owed goes back where it came from."""
    project = locked_project(project)
    allow(actor, "close_project", project)
    if not 0 <= score_hundredths <= 10_000:
        raise DomainError(_("A score lies between 0 and 100."), field="score_hundredths")
    returned = send_rest_home(project.agreement, AgreementState.COMPLETED, actor=actor)
    project.move_to(
        ProjectState.CLOSED,
        score_hundredths=score_hundredths,
        grade=grade_of(score_hundredths),
        lessons=lessons,
        closed_at=clock.now(),
        closed_by=actor,
    )
    record(
        actor,
        "close_project",
        project,
        score_hundredths=score_hundredths,
        grade=project.grade,
        returned_fen=returned,
    )
    _tell_both(project, "project_closed", grade=project.grade, returned_fen=returned)
    return project


@operation
def terminate_project(project: Project, *, reason: str, actor: Any) -> Project:
    """The project is broken off: no part becomes owed any more, and the rest goes back."""
    project = locked_project(project)
    allow(actor, "terminate_project", project)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    for milestone in project.milestones.exclude(
        state__in=[MilestoneState.ACCEPTED, MilestoneState.DROPPED]
    ):
        milestone.move_to(MilestoneState.DROPPED)
    returned = send_rest_home(project.agreement, AgreementState.TERMINATED, actor=actor)
    project.move_to(
        ProjectState.TERMINATED, ended_reason=reason, closed_at=clock.now(), closed_by=actor
    )
    record(actor, "terminate_project", project, reason=reason, returned_fen=returned)
    _tell_both(project, "project_terminated", reason=reason, returned_fen=returned)
    return project


def _tell_both(project: Project, kind: str, **facts: Any) -> None:
    tell(
        [*officers_of(project.organisation), *officers_of(project.buyer)],
        kind,
        url=path_to("delivery:project", project.pk),
        project=str(project),
        **facts,
    )

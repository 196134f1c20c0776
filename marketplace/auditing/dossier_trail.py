"""The trail of a project's dossier: every act upon it, its proposal, its money, its findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bidding.evaluation.models import Screening
from foundation.audit.models import Entry
from foundation.audit.queries import entries_visible_to
from marketplace.auditing.archive import Piece
from marketplace.auditing.dossier_money import payables_of, payouts_of
from marketplace.auditing.models import Finding
from marketplace.auditing.pieces import said, table
from marketplace.delivery.models import Milestone, Project, Report
from marketplace.payments.models import Batch, Invoice, Payable, Payout


def entries_of(project: Project, person: Any) -> QuerySet[Entry]:
    """What the trail says of the project and all that belongs to it, the oldest first.

    That a dossier was made changes nothing about the project and is left out.
    """
    wanted = Q(pk=None)
    for model, keys in _belongings(project):
        wanted |= Q(subject_type=model._meta.label_lower, subject_id__in=[str(pk) for pk in keys])
    rows = entries_visible_to(person).filter(wanted)
    return rows.exclude(action="make_dossier").order_by("pk")


def _belongings(project: Project) -> Iterator[tuple[type[Model], list[int]]]:
    """The rows of each kind that belong to the project."""
    agreement = project.agreement
    award, proposal = agreement.award, agreement.award.proposal
    singles: list[Model | None] = [project, agreement, award, award.notice, proposal, proposal.call]
    for one in singles:
        if one is not None:
            yield type(one), [one.pk]
    reports = Report.objects.filter(milestone__project=project)
    payables, payouts = payables_of(project), payouts_of(project)
    many: list[QuerySet[Any]] = [
        *(proposal.objections.all(), proposal.attachments.all(), proposal.submissions.all()),
        *(agreement.parties.all(), agreement.tranches.all()),
        *(Milestone.objects.filter(project=project), reports, payables, payouts),
        Screening.objects.filter(proposal=proposal),
        Invoice.objects.filter(payable__in=payables.order_by().values("pk")),
        Batch.objects.filter(payouts__in=payouts.order_by().values("pk")),
        _findings(project, payables, payouts),
    ]
    for rows in many:
        yield rows.model, list(rows.order_by("pk").values_list("pk", flat=True).distinct())


def _findings(
    project: Project, payables: QuerySet[Payable], payouts: QuerySet[Payout]
) -> QuerySet[Finding]:
    """Findings about the project, its agreement, award, proposal, or what was owed and paid."""
    agreement = project.agreement
    about = Q(subject_type="marketplace.project", subject_row=project.pk)
    about |= Q(subject_type="marketplace.agreement", subject_row=agreement.pk)
    about |= Q(subject_type="marketplace.award", subject_row=agreement.award_id)
    about |= Q(subject_type="bidding.proposal", subject_row=agreement.award.proposal_id)
    about |= Q(subject_type="marketplace.payable", subject_row__in=payables.values("pk"))
    about |= Q(subject_type="marketplace.payout", subject_row__in=payouts.values("pk"))
    return Finding.objects.filter(about)


def pieces_of(project: Project, *, actor: Any) -> Iterator[Piece]:
    """Findings with their answers, and the entries as a table and as they were sealed."""
    findings = _findings(project, payables_of(project), payouts_of(project)).order_by("pk")
    told = [
        {
            **{name: getattr(one, name) for name in ("number", "severity", "title", "text")},
            **{name: getattr(one, name) for name in ("due_on", "noted_at", "state", "closing")},
            "answers": [
                {name: getattr(answer, name) for name in ("text", "answered_at", "verdict")}
                for answer in one.answers.all()
            ],
        }
        for one in findings.prefetch_related("answers")
    ]
    yield said("09-trail/findings.json", _("Findings and their answers"), told)
    entries = list(entries_of(project, actor))
    yield table("09-trail/trail.csv", _("What was done"), _rows(entries))
    sealed = [
        {
            "id": entry.pk,
            "at": entry.at.isoformat(timespec="microseconds"),
            "actor": entry.actor_id,
            "action": entry.action,
            "subject": f"{entry.subject_type}:{entry.subject_id}",
            "name": entry.subject_name,
            "facts": entry.facts,
        }
        for entry in entries
    ]
    yield said("09-trail/trail.json", _("What was done, as it is sealed"), sealed)


def _rows(entries: list[Entry]) -> Iterator[list[Any]]:
    yield [_("number"), _("time"), _("who"), _("what"), _("to what"), _("kind"), _("row")]
    for entry in entries:
        yield [
            entry.pk,
            localtime(entry.at).isoformat(timespec="seconds"),
            entry.actor or _("the platform"),
            entry.action,
            entry.subject_name,
            entry.subject_type,
            entry.subject_id,
        ]

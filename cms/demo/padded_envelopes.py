"""The envelopes of a padded contest in bulk: proposals, and what exactly was handed in."""

from __future__ import annotations

from typing import Any

from bidding.proposals.models import (
    BudgetLine,
    OpenedContent,
    PlannedMilestone,
    Proposal,
    Submission,
    TeamMember,
)
from bidding.proposals.states import ProposalState
from cms.demo.padded_plan import Contest, Entrant
from foundation import clock
from foundation.audit.operations import record
from foundation.seals.chain import sha256_of

REVISION = 8
"""How many times a draft was saved before it was handed in."""


def write_proposals(contest: Contest) -> None:
    """Every proposal with its team, budget, milestones, needs and districts."""
    columns = (
        "title", "summary", "audience", "headcount", "goals", "plan", "risks", "sustainability",
        "special", "least_fen",
    )  # fmt: skip
    rows = Proposal.objects.bulk_create(
        Proposal(
            call=contest.call,
            lot=contest.lots[entrant.category.pk],
            organisation=entrant.body.organisation,
            **{name: entrant.facts[name] for name in columns},
            starts_on=contest.starts_on,
            ends_on=contest.ends_on,
            serial=entrant.serial,
            revision=REVISION,
            created_by=entrant.body.head,
            created_at=entrant.submitted_at,
            changed_at=entrant.submitted_at,
            state=ProposalState.AWARDED if entrant.funded else ProposalState.UNFUNDED,
        )
        for entrant in contest.entrants
    )
    for entrant, row in zip(contest.entrants, rows, strict=True):
        entrant.proposal = row
    needs, districts = Proposal.needs.through, Proposal.districts.through
    needs.objects.bulk_create(
        needs(proposal_id=e.pk, need_id=pk) for e in contest.entrants for pk in e.facts["needs"]
    )
    districts.objects.bulk_create(
        districts(proposal_id=e.pk, district_id=pk)
        for e in contest.entrants
        for pk in e.facts["districts"]
    )
    TeamMember.objects.bulk_create(
        TeamMember(proposal_id=e.pk, **row) for e in contest.entrants for row in e.facts["team"]
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(proposal_id=e.pk, position=place, **row)
        for e in contest.entrants
        for place, row in enumerate(e.facts["budget"], start=1)
    )
    PlannedMilestone.objects.bulk_create(
        PlannedMilestone(proposal_id=e.pk, **row)
        for e in contest.entrants
        for row in e.facts["milestones"]
    )


def _content(contest: Contest, entrant: Entrant) -> dict[str, Any]:
    """Exactly what `content_of` would write down, without asking for each proposal's rows."""
    body = entrant.body.organisation
    return {
        **entrant.facts,
        "starts_on": contest.starts_on.isoformat(),
        "ends_on": contest.ends_on.isoformat(),
        "call": contest.call.number,
        "category": entrant.category.pk,
        "lot": contest.lots[entrant.category.pk].pk,
        "organisation": {"id": body.pk, "name": body.name, "code": body.uscc},
        "milestones": [
            {**row, "due_on": row["due_on"].isoformat()} for row in entrant.facts["milestones"]
        ],
        "attachments": [],
        "partners": [],
        "salt": sha256_of([contest.call.number, entrant.serial])[:32],
    }


def write_submissions(contest: Contest) -> None:
    """Every envelope with its receipt and the fingerprint of exactly what it holds."""
    contents = [_content(contest, entrant) for entrant in contest.entrants]
    rows = Submission.objects.bulk_create(
        Submission(
            proposal=entrant.proposal,
            version=1,
            receipt=f"{contest.call.number}-{entrant.serial}-1",
            revision=REVISION,
            sha256=sha256_of(content),
            submitted_by=entrant.body.head,
            submitted_at=entrant.submitted_at,
        )
        for entrant, content in zip(contest.entrants, contents, strict=True)
    )
    OpenedContent.objects.bulk_create(
        OpenedContent(submission=row, content=content)
        for row, content in zip(rows, contents, strict=True)
    )
    for entrant, row in zip(contest.entrants, rows, strict=True):
        entrant.submission = row
        with clock.at(entrant.submitted_at):
            record(
                entrant.body.head,
                "submit_proposal",
                row.proposal,
                receipt=row.receipt,
                sha256=row.sha256,
            )

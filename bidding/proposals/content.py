"""What an envelope holds: a proposal written down whole, and put back as it was handed in."""

from __future__ import annotations

from typing import Any

from bidding.proposals.models import (
    Attachment,
    BudgetLine,
    PlannedMilestone,
    Proposal,
    TeamMember,
)
from foundation.documents.models import Document

TEXTS = (
    "title",
    "summary",
    "audience",
    "headcount",
    "goals",
    "plan",
    "risks",
    "sustainability",
    "special",
    "least_fen",
)
DATES = ("starts_on", "ends_on")
MEMBER = ("name", "duty", "certificate")
LINE = ("group", "item", "unit", "quantity", "unit_price_fen", "source")
MILESTONE = ("title", "due_on", "measure")


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Everything the organisation offers, as plain JSON: what the receipt's fingerprint covers."""
    facts: dict[str, Any] = {name: getattr(proposal, name) for name in TEXTS}
    facts |= {name: _iso(getattr(proposal, name)) for name in DATES}
    facts["call"] = proposal.call.number
    facts["category"] = proposal.lot.category_id
    facts["lot"] = proposal.lot_id
    facts["organisation"] = {
        "id": proposal.organisation_id,
        "name": proposal.organisation.name,
        "code": proposal.organisation.uscc,
    }
    facts["needs"] = sorted(proposal.needs.values_list("pk", flat=True))
    facts["districts"] = sorted(proposal.districts.values_list("pk", flat=True))
    facts["team"] = [_row(row, MEMBER) for row in proposal.team.all()]
    facts["budget"] = [_row(row, LINE) for row in proposal.budget.all()]
    facts["milestones"] = [_row(row, MILESTONE) for row in proposal.milestones.all()]
    facts["attachments"] = [
        {
            "label": row.label,
            "document": str(row.document.uuid),
            "name": row.document.name,
            "sha256": row.document.sha256,
        }
        for row in proposal.attachments.select_related("document").order_by("pk")
    ]
    return facts


def put_back(proposal: Proposal, content: dict[str, Any]) -> None:
    """Make the proposal again what was handed in. The caller holds the row's lock."""
    for name in (*TEXTS, *DATES):
        setattr(proposal, name, content[name])
    proposal.lot_id = content["lot"]
    proposal.save(update_fields=[*TEXTS, *DATES, "lot"])
    proposal.needs.set(content["needs"])
    proposal.districts.set(content["districts"])
    replace_team(proposal, content["team"])
    replace_budget(proposal, content["budget"])
    replace_milestones(proposal, content["milestones"])
    documents = {
        str(document.uuid): document
        for document in Document.objects.filter(
            uuid__in=[row["document"] for row in content["attachments"]]
        )
    }
    proposal.attachments.all().delete()
    Attachment.objects.bulk_create(
        Attachment(proposal=proposal, document=documents[row["document"]], label=row["label"])
        for row in content["attachments"]
    )


def replace_team(proposal: Proposal, rows: list[dict[str, Any]]) -> None:
    """The team is now these people."""
    proposal.team.all().delete()
    TeamMember.objects.bulk_create(TeamMember(proposal=proposal, **row) for row in rows)


def replace_budget(proposal: Proposal, rows: list[dict[str, Any]]) -> None:
    """The budget is now these lines, in this order."""
    proposal.budget.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(proposal=proposal, position=place, **row)
        for place, row in enumerate(rows, start=1)
    )


def replace_milestones(proposal: Proposal, rows: list[dict[str, Any]]) -> None:
    """The promises are now these."""
    proposal.milestones.all().delete()
    PlannedMilestone.objects.bulk_create(PlannedMilestone(proposal=proposal, **row) for row in rows)


def _iso(day: Any) -> str | None:
    return day.isoformat() if hasattr(day, "isoformat") else day


def _row(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _iso(getattr(row, name)) for name in names}

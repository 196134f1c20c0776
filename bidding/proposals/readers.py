"""Who may read what hangs on a proposal: its attachments, and what the trail says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from bidding.proposals.drafts import read_draft
from bidding.proposals.models import Proposal
from bidding.proposals.queries import proposals_visible_to
from bidding.proposals.states import EDITABLE, SEALED
from foundation.audit.queries import withhold
from foundation.documents.models import Document
from foundation.documents.readers import reader
from foundation.documents.sealed import SealedFile, from_stored, holds_keys

ALSO_VISIBLE: list[Callable[[Any], QuerySet[Proposal]]] = [proposals_visible_to]
"""Answers of this room and of rooms above (the judges'): person → proposals they may read."""


@reader("proposal_attachment")
def reads_attachment(person: Any, document: Document) -> bool:
    """The document hangs on a proposal the person may read."""
    return any(
        visible(person).filter(attachments__document=document).exists() for visible in ALSO_VISIBLE
    )


@holds_keys("proposal_attachment")
def key_of_attachment(document: Document) -> SealedFile | None:
    """What opens a sealed attachment: its proposal's draft knows. Ask first who may read it."""
    proposal = Proposal.objects.filter(attachments__document=document).first()
    if proposal is None or proposal.state not in SEALED:
        return None
    facts = read_draft(proposal)[1].get(str(document.uuid))
    return from_stored(facts) if facts else None


@withhold
def sealed_entries() -> Q:
    """Who drafted or handed in, and how many did, is nobody's to know before the opening."""
    sealed = Proposal.objects.filter(state__in=sorted(EDITABLE))
    return Q(
        subject_type=Proposal._meta.label_lower,
        subject_id__in=sealed.values_list(Cast("pk", CharField()), flat=True),
    )

"""Who may read what hangs on a proposal: its attachments, and what the trail says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from bidding.proposals.models import Proposal
from bidding.proposals.queries import proposals_visible_to
from bidding.proposals.states import EDITABLE
from foundation.audit.queries import withhold
from foundation.documents.models import Document
from foundation.documents.readers import reader

ALSO_VISIBLE: list[Callable[[Any], QuerySet[Proposal]]] = [proposals_visible_to]
"""Answers of this room and of rooms above (the judges'): person → proposals they may read."""


@reader("proposal_attachment")
def reads_attachment(person: Any, document: Document) -> bool:
    """The document hangs on a proposal the person may read."""
    return any(
        visible(person).filter(attachments__document=document).exists() for visible in ALSO_VISIBLE
    )


@withhold
def sealed_entries() -> Q:
    """Who drafted or handed in, and how many did, is nobody's to know before the opening."""
    sealed = Proposal.objects.filter(state__in=sorted(EDITABLE))
    return Q(
        subject_type=Proposal._meta.label_lower,
        subject_id__in=sealed.values_list(Cast("pk", CharField()), flat=True),
    )

"""Who may read what is attached to a proposal: whoever may read the proposal, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from bidding.proposals.models import Proposal
from bidding.proposals.queries import proposals_visible_to
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

"""Who may read a piece of evidence."""

from __future__ import annotations

from typing import Any

from foundation.documents.models import Document
from foundation.documents.readers import reader
from marketplace.delivery.queries import evidence_visible_to


@reader("evidence")
def reads_evidence(person: Any, document: Document) -> bool:
    """Everybody, where it was made public and accepted; else those who see the project."""
    return evidence_visible_to(person).filter(document=document).exists()

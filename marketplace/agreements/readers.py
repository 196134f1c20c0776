"""Who may read the file of an agreement: whoever sees the agreement."""

from __future__ import annotations

from typing import Any

from foundation.documents.models import Document
from foundation.documents.readers import reader
from marketplace.agreements.queries import agreements_visible_to


@reader("agreement")
def reads_agreement(person: Any, document: Document) -> bool:
    """The parties and the federation."""
    return agreements_visible_to(person).filter(document=document).exists()

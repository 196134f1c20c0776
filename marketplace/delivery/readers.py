"""Who may read a piece of evidence, or a supplier's invoice."""

from __future__ import annotations

from typing import Any

from foundation.documents.models import Document
from foundation.documents.readers import reader
from marketplace.delivery.halt_queries import halts_visible_to
from marketplace.delivery.queries import evidence_visible_to
from marketplace.delivery.spending_queries import expenses_visible_to


@reader("evidence")
def reads_evidence(person: Any, document: Document) -> bool:
    """Everybody, where it was made public and accepted; else those who see the project."""
    return evidence_visible_to(person).filter(document=document).exists()


@reader("supplier_invoice")
def reads_invoice(person: Any, document: Document) -> bool:
    """Those who see the project."""
    return expenses_visible_to(person).filter(invoice__document=document).exists()


@reader("halt_proof")
def reads_proof_of_halt(person: Any, document: Document) -> bool:
    """The parties and the federation."""
    return halts_visible_to(person).filter(proofs__document=document).exists()

"""Invoices and bank files as the papers behind what was owed and paid."""

from __future__ import annotations

from foundation.documents.models import Document
from marketplace.ledger.models import Journal
from marketplace.ledger.papers import papers
from marketplace.payments.models import Batch, Invoice


@papers
def invoice_of(journal: Journal) -> list[Document | None]:
    """The invoice of what the event made owed, or paid."""
    rows = Invoice.objects.filter(payable__reference=journal.reference)
    return [invoice.document for invoice in rows.select_related("document")]


@papers
def bank_file_of(journal: Journal) -> list[Document | None]:
    """The file by which the bank was asked to pay."""
    batch = journal.facts.get("batch")
    if not batch:
        return []
    return [row.document for row in Batch.objects.filter(number=batch).select_related("document")]

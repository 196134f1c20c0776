"""Who may read the papers of this room: invoices, files for the bank, and its statements."""

from __future__ import annotations

from typing import Any

from foundation.documents.models import Document
from foundation.documents.readers import reader
from foundation.people.rules import is_auditor, is_fund_manager
from marketplace.payments.models import Batch
from marketplace.payments.queries import payables_visible_to


@reader("invoice")
def reads_invoice(person: Any, document: Document) -> bool:
    """Those who see what it is for."""
    return payables_visible_to(person).filter(invoice__document=document).exists()


@reader("bank_batch")
def reads_bank_batch(person: Any, document: Document) -> bool:
    """Fund managers and auditors: it holds bank accounts."""
    if not (is_fund_manager(person) or is_auditor(person)):
        return False
    return Batch.objects.filter(document=document).exists()


@reader("bank_statement")
def reads_statement(person: Any, document: Document) -> bool:
    """Fund managers and auditors: it names everybody who ever paid us."""
    return bool(is_fund_manager(person) or is_auditor(person))

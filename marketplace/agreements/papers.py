"""The agreement as the paper behind what was bound, owed and paid under it."""

from __future__ import annotations

from foundation.documents.models import Document
from marketplace.agreements.models import Agreement
from marketplace.ledger.models import Journal
from marketplace.ledger.papers import papers


@papers
def paper_of_agreement(journal: Journal) -> list[Document | None]:
    """The signed paper of the agreement the event is about, or of the tranche's."""
    kind, _colon, number = journal.reference.partition(":")
    keys = {"agreement": "pk", "tranche": "tranches"}
    if kind not in keys or not number.isdecimal():
        return []
    rows = Agreement.objects.filter(**{keys[kind]: int(number)}).select_related("document")
    return [agreement.document for agreement in rows]

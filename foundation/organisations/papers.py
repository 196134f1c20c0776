"""Who may read the papers handed in about organisations."""

from __future__ import annotations

from typing import Any

from foundation.documents.models import Document
from foundation.documents.readers import reader
from foundation.organisations.models import Claim, Organisation, Replacement
from foundation.organisations.queries import reads_all
from foundation.organisations.rules import belongs_to
from foundation.organisations.standing_models import Proof

PROOF = "organisation_proof"
CLAIM = "organisation_claim"
REPLACEMENT = "organisation_replacement"
SCAN = "organisation_code_scan"


@reader(PROOF)
def reads_proof(person: Any, document: Document) -> bool:
    """The organisation's own people, and those of the federation who check."""
    owners = Proof.objects.filter(document=document).values_list("organisation_id", flat=True)
    return reads_all(person) or any(belongs_to(person, pk) for pk in owners)


@reader(CLAIM)
def reads_claim(person: Any, document: Document) -> bool:
    """Who claims, and those of the federation who check."""
    if reads_all(person):
        return True
    return bool(person.pk) and Claim.objects.filter(document=document, person=person).exists()


@reader(REPLACEMENT)
def reads_replacement(person: Any, document: Document) -> bool:
    """The organisation's own people, and those of the federation who check."""
    owners = Replacement.objects.filter(document=document)
    return reads_all(person) or any(
        belongs_to(person, pk) for pk in owners.values_list("organisation_id", flat=True)
    )


@reader(SCAN)
def reads_scan(person: Any, document: Document) -> bool:
    """The organisation's own people, and those of the federation who check."""
    owners = Organisation.objects.filter(uscc_scan=document).values_list("pk", flat=True)
    return reads_all(person) or any(belongs_to(person, pk) for pk in owners)

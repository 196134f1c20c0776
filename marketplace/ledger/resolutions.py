"""The document an appropriation rests on: kept with it, found by its fingerprint, read by few."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Document
from foundation.documents.operations import keep_document
from foundation.documents.readers import reader
from foundation.errors import DomainError
from marketplace.ledger.models import Journal, JournalKind
from marketplace.ledger.papers import papers
from marketplace.ledger.rules import reads_books

RESOLUTION = "resolution"


def keep_resolution(upload: File, *, actor: Any) -> Document:
    """Keep the resolution a person handed in, which has to be a PDF."""
    document = keep_document(upload, purpose=RESOLUTION, actor=actor, field="upload")
    if document.media_type != "application/pdf":
        raise DomainError(_("The resolution has to be a PDF."), field="upload")
    return document


def kept_resolution(upload: File, before: Journal | None, *, actor: Any) -> str:
    """The fingerprint of the resolution: kept now, or with what stands already (a doubled click).

    `before` is what was posted at the first click; another file is kept, and the posting refuses.
    """
    if before is not None:
        fingerprint = hashlib.sha256(b"".join(upload.chunks())).hexdigest()
        if fingerprint == before.facts.get("resolution"):
            return fingerprint
    return keep_resolution(upload, actor=actor).sha256


@papers
def resolution_of(journal: Journal) -> list[Document | None]:
    """The resolution an appropriation names by its fingerprint, which is sealed with it."""
    fingerprint = journal.facts.get("resolution")
    if journal.kind != JournalKind.APPROPRIATE or not fingerprint:
        return []
    rows = Document.objects.filter(purpose=RESOLUTION, sha256=fingerprint).order_by("pk")
    return [rows.first()]


@reader(RESOLUTION)
def reads_resolution(person: Any, document: Document) -> bool:
    """Those who read the books."""
    return bool(reads_books.test(person, None))

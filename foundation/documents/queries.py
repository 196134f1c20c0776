"""Finding a document a person may read."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404

from foundation.documents.models import Document
from foundation.documents.readers import may_read


def document_visible_to(person: Any, key: uuid.UUID) -> Document:
    """The document, if the person may read it; what one may not read is not there."""
    document = Document.objects.filter(uuid=key).first()
    if document is None or not may_read(person, document):
        raise Http404
    return document

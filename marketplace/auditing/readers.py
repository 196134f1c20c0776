"""Who may read a file that came with an answer to a finding."""

from __future__ import annotations

from typing import Any

from foundation.documents.models import Document
from foundation.documents.readers import reader
from marketplace.auditing.queries import findings_visible_to

ANSWER = "finding_answer"
"""The purpose of files that come with an answer."""


@reader(ANSWER)
def reads_answer(person: Any, document: Document) -> bool:
    """Those who see the finding."""
    return findings_visible_to(person).filter(answers__document=document).exists()

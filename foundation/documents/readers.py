"""Who may read a document: each purpose's own answer, given by the room the document belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foundation.documents.models import Document

Reader = Callable[[Any, Document], bool]

READERS: dict[str, Reader] = {}


def reader(purpose: str) -> Callable[[Reader], Reader]:
    """Name the function that says whether a person may read documents of this purpose."""

    def remember(function: Reader) -> Reader:
        if purpose in READERS:
            raise ValueError(f"two readers for {purpose}")
        READERS[purpose] = function
        return function

    return remember


def may_read(person: Any, document: Document) -> bool:
    """May the person read it? A purpose nobody speaks for is read by nobody."""
    answer = READERS.get(document.purpose)
    return bool(answer and answer(person, document))

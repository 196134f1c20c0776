"""Which documents stand behind an event of the book: the resolution, the agreement, the invoice.

The book knows no agreements or invoices: the rooms above say which papers are theirs, each for
the events it caused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from foundation.documents.models import Document
from foundation.documents.readers import may_read
from marketplace.ledger.models import Journal

Finder = Callable[[Journal], Iterable[Document | None]]

FINDERS: list[Finder] = []


def papers(function: Finder) -> Finder:
    """Name a function that finds an event's papers, in one query."""
    FINDERS.append(function)
    return function


def papers_of(journal: Journal, person: Any) -> list[Document]:
    """The event's papers that the person may read, each once, the oldest first."""
    found = {paper.pk: paper for find in FINDERS for paper in find(journal) if paper is not None}
    return [paper for _pk, paper in sorted(found.items()) if may_read(person, paper)]

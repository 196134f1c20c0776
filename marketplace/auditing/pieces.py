"""The forms a piece of a dossier can have: facts, fixed texts, tables, kept papers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from foundation.documents.models import Document
from foundation.documents.sealed import opened
from foundation.organisations.spreadsheet import neutral
from foundation.seals.chain import canonical
from marketplace.auditing.archive import Piece, portable


def said(path: str, title: Any, facts: Any) -> Piece:
    """Facts as JSON that people can read."""
    text = json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return Piece(path, str(title), (text + "\n").encode())


def exactly(path: str, title: Any, facts: Any, sha256: str) -> Piece:
    """Facts as the very text whose SHA-256 was published when they were fixed."""
    return Piece(path, str(title), canonical(facts).encode(), sha256=sha256)


def table(path: str, title: Any, rows: Iterable[Iterable[Any]]) -> Piece:
    """Rows as CSV, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([cell if isinstance(cell, int) else neutral(cell) for cell in row])
    return Piece(path, str(title), ("\ufeff" + out.getvalue()).encode())


def paper(folder: str, place: int, document: Document, title: Any = "") -> Piece:
    """A kept file, under a name that unpacks everywhere and stands once."""
    return Piece(
        f"{folder}/{place:02d}-{portable(document.name)}",
        str(title) or document.name,
        opens=lambda: opened(document),
        sha256=document.sha256,
    )


def plain(row: Model, *names: str) -> dict[str, Any]:
    """The named columns of a row; another row is written as people call it."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: str(value) if isinstance(value, Model) else value for name, value in values.items()
    }

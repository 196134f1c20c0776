"""The book's law (`ledger/guards.py`) and its door (`ledger/writing.py`); the tables stand."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from foundation.seals.guards import AppendOnly
from marketplace.ledger.guards import BOOK, JOURNAL, PERIOD, TRANSFER
from marketplace.ledger.posting import POSTING


def forwards(apps: Any, editor: Any) -> None:
    """Create them."""
    BOOK.lay_down(editor, POSTING)


def backwards(apps: Any, editor: Any) -> None:
    """Drop them again."""
    BOOK.take_up(editor, POSTING)


class Migration(migrations.Migration):
    """The book's law; the tables stand since 0001."""

    dependencies = [("marketplace", "0001_initial"), ("foundation", "0002_guards")]

    operations = [
        migrations.RunPython(forwards, backwards),
        AppendOnly(JOURNAL, TRANSFER, PERIOD),
    ]

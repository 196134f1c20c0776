"""The law of surveys that were opened (`needs/guards.py`); the tables stand since 0001."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from bidding.needs.guards import SURVEYS


def forwards(apps: Any, editor: Any) -> None:
    """Create it."""
    SURVEYS.lay_down(editor)


def backwards(apps: Any, editor: Any) -> None:
    """Drop it again."""
    SURVEYS.take_up(editor)


class Migration(migrations.Migration):
    """A published questionnaire is frozen by the database, too."""

    dependencies = [("bidding", "0004_categories")]

    operations = [migrations.RunPython(forwards, backwards)]

"""`manage.py write_docs`: the documents that are drawn from the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.management.house_docs import pages


class Command(BaseCommand):
    """Run it after changing a law or a table of transitions."""

    help = "Write docs/states.md and docs/permissions.md from the code."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        """Write each page that changed."""
        for path, text in pages().items():
            path.parent.mkdir(exist_ok=True)
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
                self.stdout.write(str(path))

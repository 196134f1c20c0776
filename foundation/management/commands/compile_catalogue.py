"""`manage.py compile_catalogue`: the translations as the running platform reads them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from foundation.management.catalogue import compile_all


class Command(BaseCommand):
    """Needs no gettext; does nothing for a catalogue that has not changed."""

    help = "Compile locale/*/LC_MESSAGES/*.po (no gettext needed)."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        """Compile, and say what was written."""
        for path in compile_all():
            self.stdout.write(str(path))

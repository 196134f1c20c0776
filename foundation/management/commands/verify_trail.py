"""`manage.py verify_trail`: proves that nothing in the trail was changed since it was sealed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.audit.models import Entry
from foundation.audit.verification import unsealed_since, verify_trail
from foundation.seals.models import Seal


class Command(BaseCommand):
    """Recompute every seal of the trail; exit 1 with a sentence for each fault."""

    help = "Proves that nothing in the trail was changed since it was sealed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, and say what was found."""
        faults = verify_trail()
        for fault in faults:
            self.stderr.write(fault)
        waiting = unsealed_since()
        if waiting:
            self.stderr.write(f"entries wait for a seal since {waiting:%Y-%m-%d %H:%M}")
        if faults:
            raise CommandError(f"{len(faults)} faults in the trail")
        seals = Seal.objects.filter(chain="trail").count()
        self.stdout.write(f"trail: {Entry.objects.count()} entries, {seals} seals, no fault")

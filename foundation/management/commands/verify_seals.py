"""`manage.py verify_seals`: has anything that was sealed been changed? Exit 1 if so."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.seals.models import Seal
from foundation.seals.operations import CHAINS, verify


class Command(BaseCommand):
    """Prove the seals."""

    help = "Recompute every seal of every chain and compare."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every chain, print, and fail loudly when something is wrong."""
        faults = []
        for name in sorted(CHAINS):
            found = verify(name)
            faults += found
            if not found:
                blocks = Seal.objects.filter(chain=name).count()
                self.stdout.write(f"{name}: {blocks} seals hold.")
        if faults:
            raise CommandError("\n".join(faults))

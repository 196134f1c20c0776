"""`manage.py verify`: is everything what it was when it was kept? Exit 1 where it is not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.verification import verify_everything


class Command(BaseCommand):
    """Run every verifier, a line each, and a sentence for each fault."""

    help = "Prove books, seals, receipts, fingerprints and files, and that nothing is overdue."

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, print, and fail loudly when something is wrong."""
        count = 0
        for finding in verify_everything():
            count += len(finding.faults)
            word = f"{len(finding.faults)} fault(s)" if finding.faults else "holds"
            self.stdout.write(f"{finding.name}: {word}")
            for fault in finding.faults:
                self.stderr.write(f"  {fault}")
        if count:
            raise CommandError(f"{count} fault(s) found.")

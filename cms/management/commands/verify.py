"""`manage.py verify`: is everything what it was when it was kept? Exit 1 where it is not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.auditing.verification import verify_everything


class Command(BaseCommand):
    """Run every verifier, a line each, and a sentence for each fault."""

    help = "Prove books, seals, receipts, fingerprints and files, and that nothing is overdue."

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, print, and fail loudly when something is wrong."""
        count = 0
        for outcome in verify_everything():
            count += len(outcome.faults)
            word = f"{len(outcome.faults)} fault(s)" if outcome.faults else "holds"
            self.stdout.write(f"{outcome.name}: {word}")
            for fault in outcome.faults:
                self.stderr.write(f"  {fault}")
        if count:
            raise CommandError(f"{count} fault(s) found.")

"""`manage.py verify_books`: recompute every sum and compare; exit 1 where something differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.permissions import SYSTEM
from marketplace.ledger.operations import check_books
from marketplace.ledger.verification import one_moment


class Command(BaseCommand):
    """Prove the books."""

    help = "Recompute every sum of the books, compare every promise, and keep the result."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and fail loudly when something is wrong."""
        with one_moment():
            result = check_books(actor=SYSTEM)
        if result.faults:
            raise CommandError("\n".join(result.faults))
        self.stdout.write(
            f"The books hold: {result.transfers} transfers, {result.accounts} accounts."
        )

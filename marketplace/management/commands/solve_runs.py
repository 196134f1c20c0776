"""`manage.py solve_runs`: compute the plans that wait, and answer why proposals were refused."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.urls import get_resolver

from marketplace.matching.solver import solve_all


class Command(BaseCommand):
    """Solve what waits."""

    help = "Compute the plans that wait for the solver; the background worker starts this itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Solve, one after the other, and say how much that was."""
        _patterns = get_resolver().url_patterns  # laws, kinds and words are known once loaded
        self.stdout.write(f"Solved: {solve_all()}.")

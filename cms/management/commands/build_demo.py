"""`manage.py build_demo`: catalogue, schema and demo world in one go, for `bin/demo`."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from foundation.management.catalogue import compile_all


class Command(BaseCommand):
    """One process for all of it: loading the platform costs as much as laying its schema."""

    help = "Compile the catalogue, lay the schema into an empty database, seed the demo world."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How many times the world's size."""
        parser.add_argument("--scale", type=int, default=1)

    def handle(self, *, scale: int, **options: Any) -> None:
        """Do the three, in this order."""
        compile_all()
        call_command("found_database")
        call_command("seed_demo", scale=scale)

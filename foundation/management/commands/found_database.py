"""`manage.py found_database`: today's schema into an empty database, in seconds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from foundation.management import groundwork


class Command(BaseCommand):
    """For a demo, a test, a new machine; a database that holds rows is migrated instead."""

    help = "Lay today's schema into an empty database (use migrate for one that holds rows)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One option, for whoever changes a pin."""
        parser.add_argument(
            "--write-first-rows",
            action="store_true",
            help="write first_rows.json from this freshly migrated database instead",
        )

    def handle(self, **options: Any) -> None:
        """Do it, or say why not."""
        if options["write_first_rows"]:
            groundwork.FIRST_ROWS.write_text(groundwork.first_rows("default"))
            return
        try:
            groundwork.lay(connection)
        except groundwork.NotEmpty:
            raise CommandError("This database has tables already: run migrate.") from None

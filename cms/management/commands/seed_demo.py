"""`manage.py seed_demo`: the demo world, made through the same operations people use."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from cms.demo.padding import pad
from cms.demo.world import build
from foundation import clock
from foundation.people.models import Person
from marketplace.delivery.models import Project


@contextmanager
def statements_unwritten() -> Iterator[None]:
    """With DEBUG on, Django writes down every statement, which takes another statement each."""
    connection.make_debug_cursor = (  # type: ignore[method-assign]  # in front of its class's
        connection.make_cursor  # type: ignore[assignment]  # another kind of cursor, on purpose
    )
    try:
        yield
    finally:
        del connection.make_debug_cursor


class Command(BaseCommand):
    """Fill an empty database with a small believable Pudong."""

    help = "Fill an empty database with the demo world (the same every time)."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many times the world's size."""
        parser.add_argument("--scale", type=int, default=1)

    def handle(self, *, scale: int, **options: Any) -> None:
        """All of the world, or nothing; then as many more contests as the scale asks for."""
        if scale < 1:
            raise CommandError("The scale is 1 or more.")
        if Person.objects.exists():
            raise CommandError("There are people here already; the demo needs an empty database.")
        gc.freeze()  # what is loaded stays: nothing of it need be looked through again and again
        with statements_unwritten(), transaction.atomic():
            build(clock.today())
        more = Project.objects.count() * (scale - 1)
        pad(more, today=clock.today(), say=lambda stand: self._say(stand, more))
        self.stdout.write("The demo world stands.")

    def _say(self, stand: int, more: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{stand:,} of {more:,} padded projects", ending="")

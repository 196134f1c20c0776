"""`manage.py seed_demo`: the demo world, made through the same operations people use."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.demo.world import build
from foundation import clock
from foundation.people.models import Person


class Command(BaseCommand):
    """Fill an empty database with a small believable Pudong."""

    help = "Fill an empty database with the demo world (the same every time)."

    def handle(self, **options: Any) -> None:
        """All of it, or nothing."""
        if Person.objects.exists():
            raise CommandError("There are people here already; the demo needs an empty database.")
        with transaction.atomic():
            build(clock.today())
        self.stdout.write("The demo world stands.")

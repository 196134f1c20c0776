"""`manage.py appoint_administrator ADDRESS`: the first administrator of a new platform."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.errors import DomainError
from foundation.people.models import Person, Role
from foundation.people.operations import appoint_person
from foundation.permissions import SYSTEM


class Command(BaseCommand):
    """Make the person with this address an administrator; they sign up first."""

    help = "Makes the person who signed up with this address an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address."""
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Appoint."""
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError("nobody has signed up with this address")
        try:
            appoint_person(person, role=Role.ADMINISTRATOR.value, actor=SYSTEM)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person} is an administrator now")

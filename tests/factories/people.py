"""People and their posts, made directly."""

from __future__ import annotations

import itertools
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from foundation import clock
from foundation.people.models import Appointment, Person, Role

PASSWORD = "a-long-word-of-pass-7"

_numbers = itertools.count(1)


def person(*roles: Role, **fields: Any) -> Person:
    """A person whose address is confirmed, holding these posts."""
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    fields.setdefault("name", f"王{number}")
    made = Person.objects.create_user(password=fields.pop("password", None), **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    now = clock.now()
    for role in roles:
        Appointment.objects.create(person=made, role=role, began_at=now)
    return made


def officer(**fields: Any) -> Person:
    """A programme officer."""
    return person(Role.OFFICER, **fields)


def administrator(**fields: Any) -> Person:
    """An administrator of the platform."""
    return person(Role.ADMINISTRATOR, **fields)


def auditor(**fields: Any) -> Person:
    """An auditor."""
    return person(Role.AUDITOR, **fields)


def enter(person: Person) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(person)
    return client

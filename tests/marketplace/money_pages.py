"""Signing in for tests of the money pages, which ask for a second step."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client


def as_person(person: Any) -> Client:
    """A browser in which this person is signed in, the second step set up."""
    Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}}
    )
    client = Client()
    client.force_login(person)
    return client

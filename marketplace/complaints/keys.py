"""The secret in a complainant's link: made once, shown once, kept only as its fingerprint."""

from __future__ import annotations

import hashlib
import secrets
import uuid

from django.utils.crypto import salted_hmac

NOTHING = "0" * 64
"""Compared with when there is no such complaint, so that both refusals take the same way."""


def key_for(once: uuid.UUID) -> str:
    """The secret of the form that was shown with `once`: 160 bits, the same when it is sent twice.

    It depends on the house's own secret, so a form's number alone opens nothing.
    """
    return salted_hmac("complaint", once.hex, algorithm="sha256").hexdigest()[:40]


def fingerprint(key: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(key.encode()).hexdigest()


def opens(key: str, kept: str | None) -> bool:
    """Is this the secret, judged in a time that does not depend on how much of it is right?"""
    return secrets.compare_digest(fingerprint(key), kept or NOTHING)

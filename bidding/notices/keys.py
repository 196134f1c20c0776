"""The secret in the link of who objected without an account: made from the house's own secret."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

from bidding.notices.models import Objection


def key_of(objection: Objection) -> str:
    """What the link to this objection ends with; nothing of it is stored."""
    return salted_hmac("objection", str(objection.pk), algorithm="sha256").hexdigest()[:40]


def opens(key: str, objection: Objection) -> bool:
    """Is this its key, judged in a time that does not depend on how much of it is right?"""
    return secrets.compare_digest(key.encode(), key_of(objection).encode())

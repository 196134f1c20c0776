"""Sending an invitation and reading its link: the letter opens once, and only the newest one."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.core import signing
from django.utils import translation

from foundation import clock
from foundation.notifications.operations import path_to, tell_address
from foundation.people import kinds  # noqa: F401  # the words of the letter
from foundation.people.models import Invitation, Person
from foundation.people.purposes import offer_of

OPEN_FOR = dt.timedelta(days=14)
_SALT = "foundation.people.invitation"


def send_invitation(
    *, purpose: str, email: str, name: str, language: str, facts: dict[str, Any], actor: Person
) -> Invitation:
    """Write the invitation down and put its letter into the outbox.

    A part of operations (`invite_person`, and organisations' own); they ask the permission and
    record. Open invitations of the same purpose and facts to the same address are replaced.
    """
    now = clock.now()
    Invitation.objects.filter(
        purpose=purpose, facts=facts, email__iexact=email, accepted_at=None, revoked_at=None
    ).update(revoked_at=now)
    invitation = Invitation.objects.create(
        purpose=purpose,
        facts=facts,
        email=email,
        name=name,
        language=language,
        nonce=secrets.token_urlsafe(24),
        invited_by=actor,
        invited_at=now,
        expires_at=now + OPEN_FOR,
    )
    write_letter(invitation, actor=actor)
    return invitation


def write_letter(invitation: Invitation, *, actor: Person) -> None:
    """Put the letter with the invitation's link into the outbox, in the language it is for."""
    with translation.override(invitation.language):
        offer = offer_of(invitation)
    tell_address(
        invitation.email,
        "invited",
        language=invitation.language,
        url=path_to("people:invitation", token_of(invitation)),
        who=str(actor),
        offer=offer,
        expires_at=invitation.expires_at,
    )


def token_of(invitation: Invitation) -> str:
    """What stands in the letter's link: signed, and worth nothing once the nonce is replaced."""
    return signing.dumps({"i": invitation.pk, "n": invitation.nonce}, salt=_SALT)


def invitation_of(token: str) -> Invitation | None:
    """The invitation a link belongs to, accepted or not; None for anything that is no such link."""
    try:
        said = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return (
        Invitation.objects.select_related("invited_by")
        .filter(pk=said["i"], nonce=said["n"])
        .first()
    )

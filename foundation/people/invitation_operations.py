"""What can be done about invitations: sent, accepted, taken back, sent again."""

from __future__ import annotations

import secrets

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.people import rules
from foundation.people.invitations import OPEN_FOR, send_invitation, write_letter
from foundation.people.models import Appointment, Invitation, Person, Role
from foundation.people.operations import appoint_person
from foundation.people.purposes import PURPOSES, offer_of, purpose
from foundation.permissions import allow


@operation
def invite_person(
    nobody: None = None,
    *,
    email: str,
    name: str = "",
    role: str,
    language: str = "zh-hans",
    actor: Person,
) -> Invitation:
    """Invite an address to a post on the platform."""
    allow(actor, "invite_person")
    held = Appointment.objects.filter(
        person__email__iexact=email, role=Role(role), ended_at=None
    ).exists()
    if held:
        raise DomainError(_("Whoever has this address holds this post already."), field="email")
    invitation = send_invitation(
        purpose="platform_role",
        email=email,
        name=name,
        language=language,
        facts={"role": Role(role).value},
        actor=actor,
    )
    record(actor, "invite_person", invitation, role=role)
    return invitation


@operation
def accept_invitation(invitation: Invitation, *, actor: Person) -> Invitation:
    """Whoever was invited takes the offer up; it happens at once."""
    invitation = lock(invitation, "invited_by")
    allow(actor, "accept_invitation", invitation)
    invitation.accepted_at = clock.now()
    invitation.accepted_by = actor
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    PURPOSES[invitation.purpose].accept(invitation, actor)
    record(actor, "accept_invitation", invitation, purpose=invitation.purpose)
    tell(
        [invitation.invited_by],
        "invitation_accepted",
        url=path_to("desk:home"),
        name=str(actor),
        email=invitation.email,
        offer=lazy(offer_of, str)(invitation),
    )
    return invitation


@operation
def revoke_invitation(invitation: Invitation, *, actor: Person) -> Invitation:
    """Take an invitation back: its letter opens nothing any more."""
    invitation = lock(invitation)
    allow(actor, "revoke_invitation", invitation)
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at"])
    record(actor, "revoke_invitation", invitation, purpose=invitation.purpose)
    return invitation


@operation
def resend_invitation(invitation: Invitation, *, actor: Person) -> Invitation:
    """Send a new letter, open for the full time again; older letters open nothing any more."""
    invitation = lock(invitation)
    allow(actor, "resend_invitation", invitation)
    invitation.nonce = secrets.token_urlsafe(24)
    invitation.expires_at = clock.now() + OPEN_FOR
    invitation.save(update_fields=["nonce", "expires_at"])
    write_letter(invitation, actor=actor)
    record(actor, "resend_invitation", invitation, purpose=invitation.purpose)
    return invitation


def _give_post(invitation: Invitation, person: Person) -> None:
    """Accepting a post: whoever sent the invitation must still be one who may give it."""
    appoint_person(person, role=invitation.facts["role"], actor=invitation.invited_by)


purpose(
    "platform_role",
    describe=lambda invitation: Role(invitation.facts["role"]).label,
    accept=_give_post,
    revoked_by=lambda person, invitation: rules.is_administrator(person),
)

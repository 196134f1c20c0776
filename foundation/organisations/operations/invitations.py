"""Inviting somebody into a body who may have no account yet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.organisations.models import Membership, MembershipRole, Organisation
from foundation.organisations.operations.claims import begin
from foundation.organisations.operations.members import refuse_representative
from foundation.organisations.rules import acts_for
from foundation.people.invitations import send_invitation
from foundation.people.models import Invitation, Person
from foundation.people.purposes import purpose
from foundation.people.rules import is_officer
from foundation.permissions import allow


@operation
def invite_member(
    organisation: Organisation,
    *,
    actor: Any,
    email: str,
    role: str,
    name: str = "",
    language: str = "zh-hans",
) -> Invitation:
    """Write to an address: whoever opens the letter joins the body in this role."""
    organisation = lock(organisation)
    allow(actor, "invite_member", organisation)
    refuse_representative(role, organisation, actor)
    if Membership.objects.filter(
        organisation=organisation, person__email__iexact=email, ended_at=None
    ).exists():
        raise Clash(_("This person is in it already."), field="email")
    invitation = send_invitation(
        purpose="membership",
        email=email,
        name=name,
        language=language,
        facts={"organisation": organisation.pk, "role": role, "name": organisation.name},
        actor=actor,
    )
    record(actor, "invite_member", organisation, invitation=invitation.pk, role=role)
    return invitation


def _body(invitation: Invitation) -> Organisation:
    return Organisation.objects.get(pk=invitation.facts["organisation"])


def _describe(invitation: Invitation) -> str:
    """What is offered, as a phrase; the body as it was called when the invitation was sent."""
    role = MembershipRole(invitation.facts["role"]).label
    name = invitation.facts.get("name") or _body(invitation)
    return _("%(role)s of %(organisation)s") % {"role": role, "organisation": name}


def _join(invitation: Invitation, person: Person) -> None:
    """Accepting: whoever sent it must still be one who may add people, and the body run."""
    organisation = lock(_body(invitation))
    allow(invitation.invited_by, "add_member", organisation)
    role = invitation.facts["role"]
    refuse_representative(role, organisation, invitation.invited_by)
    if Membership.objects.filter(organisation=organisation, person=person, ended_at=None).exists():
        raise DomainError(_("You are in it already."))
    begin(person, organisation, role)


def _may_revoke(person: Any, invitation: Invitation) -> bool:
    """Those who act for the body, and officers."""
    return acts_for(person, invitation.facts["organisation"]) or bool(is_officer(person))


purpose("membership", describe=_describe, accept=_join, revoked_by=_may_revoke)

"""People of a body: they are added, change roles, hand over and leave."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Membership, MembershipRole, Organisation
from foundation.organisations.operations.claims import begin, end, person_with
from foundation.organisations.rules import ACTING
from foundation.people.models import Person
from foundation.people.rules import is_officer
from foundation.permissions import allow


@operation
def add_member(organisation: Organisation, *, actor: Any, email: str, role: str) -> Membership:
    """A person with an account is in the body from now on, in this role."""
    organisation = lock(organisation)
    allow(actor, "add_member", organisation)
    person = person_with(email)
    if Membership.objects.filter(person=person, organisation=organisation, ended_at=None).exists():
        raise Clash(_("This person is in it already."), field="email")
    refuse_representative(role, organisation, actor)
    membership = begin(person, organisation, role)
    record(actor, "add_member", organisation, person=person.pk, role=role)
    _tell_member(membership, "add_member")
    return membership


@operation
def change_role(membership: Membership, *, actor: Any, role: str) -> Membership:
    """The person does something else in the body from now on; what they were stays on record."""
    organisation = lock(membership.organisation)
    membership = lock(membership, "organisation", "person")
    allow(actor, "change_role", membership)
    if role == membership.role:
        raise DomainError(_("This is their role already."), field="role")
    if membership.role == MembershipRole.REPRESENTATIVE:
        raise DomainError(_("The representative changes by naming a new one."), field="role")
    refuse_representative(role, organisation, actor)
    if role not in ACTING:
        _keep_somebody_acting(membership)
    changed = begin(membership.person, organisation, role)
    record(
        actor,
        "change_role",
        organisation,
        person=membership.person_id,
        before=membership.role,
        now=role,
    )
    _tell_member(changed, "change_role")
    return changed


@operation
def end_membership(membership: Membership, *, actor: Any) -> Membership:
    """The person leaves the body, or is taken out; never the last one acting for it."""
    organisation = lock(membership.organisation)
    membership = lock(membership, "organisation", "person")
    allow(actor, "end_membership", membership)
    if membership.role == MembershipRole.REPRESENTATIVE and not is_officer(actor):
        raise DomainError(_("The representative leaves by naming a new one."))
    _keep_somebody_acting(membership)
    end(membership)
    record(actor, "end_membership", organisation, person=membership.person_id, role=membership.role)
    tell(
        membership.person,
        "end_membership",
        url=path_to(organisation),
        organisation=organisation.name,
    )
    return membership


@operation
def hand_over(membership: Membership, *, actor: Any, email: str) -> Membership:
    """A successor takes the person's place and role: one membership ends as the other begins.

    Work belongs to the body, not to the person, so all that was open goes on under the successor.
    """
    organisation = lock(membership.organisation)
    membership = lock(membership, "organisation", "person")
    allow(actor, "hand_over", membership)
    if membership.role == MembershipRole.REPRESENTATIVE:
        raise DomainError(_("The representative changes by naming a new one."))
    successor = person_with(email)
    if successor == membership.person:
        raise DomainError(_("This is the same person."), field="email")
    running = Membership.objects.filter(
        person=successor, organisation=organisation, ended_at=None
    ).first()
    if running and running.role == MembershipRole.REPRESENTATIVE:
        raise DomainError(_("The representative does not need it handed over."), field="email")
    end(membership)
    taken = begin(successor, organisation, membership.role)
    record(
        actor,
        "hand_over",
        organisation,
        before=membership.person_id,
        now=successor.pk,
        role=membership.role,
    )
    _tell_member(taken, "hand_over", before=str(membership.person))
    return taken


def refuse_representative(role: str, organisation: Organisation, actor: Person) -> None:
    """Only an officer names a first representative; later ones come by a replacement."""
    if role != MembershipRole.REPRESENTATIVE:
        return
    if not is_officer(actor):
        raise DomainError(
            _("A new representative is named by a request with a document."), field="role"
        )
    if Membership.objects.filter(
        organisation=organisation, role=MembershipRole.REPRESENTATIVE, ended_at=None
    ).exists():
        raise Clash(_("It has a legal representative already."), field="role")


def _keep_somebody_acting(membership: Membership) -> None:
    """Refuse what would leave the body with nobody to act for it."""
    if membership.role not in ACTING:
        return
    others = Membership.objects.filter(
        organisation=membership.organisation,
        ended_at=None,
        role__in=sorted(ACTING),
        person__is_active=True,
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise DomainError(
            _("Nobody else acts for this organisation: name somebody first."), field="role"
        )


def _tell_member(membership: Membership, kind: str, **facts: Any) -> None:
    organisation = membership.organisation
    tell(
        membership.person,
        kind,
        url=path_to("organisations:own", organisation.pk),
        organisation=organisation.name,
        role=MembershipRole(membership.role).label,
        **facts,
    )

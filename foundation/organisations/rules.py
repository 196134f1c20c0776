"""Predicates about belonging to organisations that other rooms' laws are built from."""

from __future__ import annotations

from typing import Any

from foundation.organisations.models import Membership, MembershipRole, Organisation

ACTING = frozenset({MembershipRole.REPRESENTATIVE.value, MembershipRole.MANAGER.value})
"""The roles that act for an organisation: the representative (who signs) and its managers."""

SIGNING = frozenset({MembershipRole.REPRESENTATIVE.value})
"""The role that binds an organisation with a signature."""


def roles_of(person: Any) -> dict[int, str]:
    """{organisation id: role} of the person's memberships that run now (one query, cached)."""
    if not (person and person.is_authenticated and person.pk and person.is_active):
        return {}
    version, roles = getattr(person, "_membership_roles", (None, {}))
    if version != Membership.version:
        version = Membership.version
        running = Membership.objects.filter(person=person, ended_at=None)
        roles = dict(running.values_list("organisation_id", "role"))
        person._membership_roles = (version, roles)
    return roles


def belongs_to(person: Any, organisation: Organisation | int | None) -> bool:
    """Is the person in the organisation, in whatever role?"""
    return getattr(organisation, "pk", organisation) in roles_of(person)


def _role(person: Any, organisation: Any) -> str | None:
    return roles_of(person).get(getattr(organisation, "pk", organisation))


def acts_for(person: Any, organisation: Organisation | int | None) -> bool:
    """May the person act for the organisation (its representative or a manager)?"""
    return _role(person, organisation) in ACTING


def signs_for(person: Any, organisation: Organisation | int | None) -> bool:
    """May the person bind the organisation with a signature?"""
    return _role(person, organisation) in SIGNING


def keeps_money_of(person: Any, organisation: Organisation | int | None) -> bool:
    """May the person state the organisation's bank account and invoices?"""
    role = _role(person, organisation)
    return role in ACTING or role == MembershipRole.FINANCE.value

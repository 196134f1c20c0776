"""What is to be known about organisations: who sees which, who acts for whom, the union tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from foundation.organisations.models import (
    Claim,
    Membership,
    Organisation,
    OrganisationKind,
    Replacement,
    Union,
)
from foundation.organisations.rules import ACTING, roles_of
from foundation.organisations.standing import (
    Standing,
    standing_from,
    standing_of,
    standings_of,
)
from foundation.organisations.standing_models import Ban, Proof, RelatedParty
from foundation.organisations.states import OrganisationState, ProofState, RequestState
from foundation.people.models import Person, Role
from foundation.people.rules import is_auditor, is_fund_manager, is_officer
from foundation.permissions import can
from foundation.prepared import Prepared

__all__ = ["Standing", "standing_from", "standing_of", "standings_of"]

PUBLIC = (OrganisationState.VERIFIED, OrganisationState.SUSPENDED, OrganisationState.DISSOLVED)
"""Once verified an organisation's page stays public, whatever becomes of it."""


def reads_all(person: Any) -> bool:
    """May the person see every organisation and its papers (officer, fund manager, auditor)?"""
    return bool(is_officer(person) or is_fund_manager(person) or is_auditor(person))


def organisations_visible_to(person: Any) -> QuerySet[Organisation]:
    """Verified ones for everybody; the others for their own people and the federation's."""
    rows = Organisation.objects.select_related("district")
    if reads_all(person):
        return rows
    return rows.filter(Q(state__in=PUBLIC) | Q(pk__in=list(roles_of(person))))


def organisations_of(person: Any, *, acting: bool = False) -> QuerySet[Organisation]:
    """The organisations the person is in now; with `acting`, only those they may act for."""
    roles = roles_of(person)
    return Organisation.objects.filter(
        pk__in=[pk for pk, role in roles.items() if not acting or role in ACTING]
    ).select_related("district")


def officers_of(organisation: Organisation) -> list[Person]:
    """The people who act for the organisation now: its representative and its managers."""
    return _officers(organisation.pk)


_officers = Prepared(  # nearly every operation tells some body's people
    lambda body: Person.objects.filter(
        is_active=True,
        memberships__organisation=body,
        memberships__ended_at=None,
        memberships__role__in=sorted(ACTING),
    ).order_by("pk")
)


def people_of(organisation: Organisation) -> QuerySet[Person]:
    """Everybody who is in the organisation now, in whatever role."""
    return Person.objects.filter(
        is_active=True, memberships__organisation=organisation, memberships__ended_at=None
    ).order_by("pk")


def memberships_of(organisation: Organisation) -> QuerySet[Membership]:
    """The organisation's memberships that run now, oldest first."""
    return (
        Membership.objects.filter(organisation=organisation, ended_at=None)
        .select_related("person")
        .order_by("began_at", "pk")
    )


def representative_of(organisation: Organisation) -> Person | None:
    """The legal representative as the platform knows them, if there is one."""
    row = memberships_of(organisation).filter(role="representative").first()
    return row.person if row else None


def buyers() -> QuerySet[Organisation]:
    """Union bodies that may buy: verified ones."""
    return Organisation.objects.filter(
        kind=OrganisationKind.UNION, state=OrganisationState.VERIFIED
    )


def buyers_of(person: Any) -> QuerySet[Organisation]:
    """The union bodies the person may buy for."""
    return organisations_of(person, acting=True).filter(
        kind=OrganisationKind.UNION, state=OrganisationState.VERIFIED
    )


def federation() -> Organisation | None:
    """The district federation: the root of the union tree."""
    root = Union.objects.filter(depth=1).select_related("organisation").order_by("path").first()
    return root.organisation if root else None


def unions_under(union: Union | Organisation, *, itself: bool = True) -> QuerySet[Union]:
    """The union bodies below one in the tree, and (unless told otherwise) itself."""
    node = union if isinstance(union, Union) else union.union
    rows = Union.objects.filter(path__startswith=node.path).select_related("organisation")
    return rows if itself else rows.exclude(pk=node.pk)


def memberships_visible_to(person: Any) -> QuerySet[Membership]:
    """One's own organisations' people; the federation's officers and auditors see all."""
    rows = Membership.objects.select_related("person", "organisation")
    return rows if reads_all(person) else rows.filter(organisation__in=list(roles_of(person)))


def proofs_visible_to(person: Any) -> QuerySet[Proof]:
    """The papers behind proofs: for the organisation's people and the federation's."""
    rows = Proof.objects.select_related("organisation", "document")
    return rows if reads_all(person) else rows.filter(organisation__in=list(roles_of(person)))


def bans_visible_to(person: Any) -> QuerySet[Ban]:
    """Bans are public facts."""
    return Ban.objects.select_related("organisation")


def claims_visible_to(person: Any) -> QuerySet[Claim]:
    """One's own claims; officers and auditors see all."""
    rows = Claim.objects.select_related("organisation", "person", "document")
    if reads_all(person):
        return rows
    return rows.filter(person_id=person.pk) if person.pk else rows.none()


def replacements_visible_to(person: Any) -> QuerySet[Replacement]:
    """Changes of representative: for the organisation's people and the federation's."""
    rows = Replacement.objects.select_related("organisation", "successor", "asked_by", "document")
    if reads_all(person):
        return rows
    return rows.filter(Q(organisation__in=list(roles_of(person))) | Q(successor_id=person.pk))


def relations_visible_to(person: Any) -> QuerySet[RelatedParty]:
    """Declared relations: for the declaring organisation's people and the federation's."""
    rows = RelatedParty.objects.select_related("organisation", "other")
    return rows if reads_all(person) else rows.filter(organisation__in=list(roles_of(person)))


def federation_officers() -> QuerySet[Person]:
    """The programme officers, who check what organisations hand in."""
    return Person.objects.filter(
        is_active=True, appointments__role=Role.OFFICER, appointments__ended_at=None
    ).order_by("pk")


def unions_visible_to(person: Any) -> QuerySet[Union]:
    """The union tree is public; dissolved bodies have left it."""
    return Union.objects.select_related("organisation__district").exclude(
        organisation__state=OrganisationState.DISSOLVED
    )


@dataclass(frozen=True)
class Queue:
    """What waits for the federation's officers, oldest first."""

    registered: list[Organisation]
    claims: list[Claim]
    proofs: list[Proof]
    replacements: list[Replacement]

    def __len__(self) -> int:
        return len([*self.registered, *self.claims, *self.proofs, *self.replacements])


def to_check(person: Any) -> dict[str, QuerySet[Any]]:
    """{sort: rows that wait for an officer, oldest first}; nothing for those who read their own."""
    if not reads_all(person):
        return {}
    people = Membership.objects.filter(organisation=OuterRef("pk"), ended_at=None)
    registered = Organisation.objects.filter(Exists(people), state=OrganisationState.REGISTERED)
    return {
        "registered": registered.order_by("registered_at"),
        "claims": claims_visible_to(person).filter(state=RequestState.OPEN),
        "proofs": proofs_visible_to(person)
        .filter(state=ProofState.STATED)
        .exclude(organisation__state=OrganisationState.REGISTERED)
        .order_by("stated_at"),
        "replacements": replacements_visible_to(person).filter(state=RequestState.OPEN),
    }


def queue_for(person: Any, most: int = 50) -> Queue:
    """What waits to be checked (four queries); nothing for those who only read their own."""
    waiting = to_check(person)
    if not waiting:
        return Queue([], [], [], [])
    waiting["proofs"] = waiting["proofs"].select_related("stated_by")
    return Queue(**{sort: list(rows[:most]) for sort, rows in waiting.items()})


def ban_address(person: Any, body: Organisation, reason: str) -> str:
    """Where this person enters a ban that follows from something; "" for whoever may not."""
    if not can(person, "ban_organisation", body):
        return ""
    page = reverse("organisations:ban_organisation", args=[body.pk])
    return f"{page}?{urlencode({'reason': reason})}"

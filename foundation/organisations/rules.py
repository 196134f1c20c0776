"""Who may do what to an organisation; and the predicates other rooms' laws are built from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.organisations.models import (
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
)
from foundation.organisations.states import OrganisationState, ProofState, RequestState
from foundation.people.demands import demands_second_factor
from foundation.people.rules import is_administrator, is_officer
from foundation.permissions import is_signed_in, is_system, may_become, permit

ACTING = frozenset({MembershipRole.REPRESENTATIVE.value, MembershipRole.MANAGER.value})
"""The roles that act for an organisation: the representative (who signs) and its managers."""

SIGNING = frozenset({MembershipRole.REPRESENTATIVE.value})
"""The role that binds an organisation with a signature."""


def places_of(person: Any) -> dict[int, tuple[str, str]]:
    """{organisation id: (role, the organisation's kind)} of what the person is in now.

    One query, kept on the person until a membership changes.
    """
    if not (person and person.is_authenticated and person.pk and person.is_active):
        return {}
    version, places = getattr(person, "_places", (None, {}))
    if version != Membership.version:
        version = Membership.version
        running = Membership.objects.filter(person=person, ended_at=None)
        rows = running.values_list("organisation_id", "role", "organisation__kind")
        places = {pk: (role, kind) for pk, role, kind in rows}
        person._places = (version, places)
    return places


def roles_of(person: Any) -> dict[int, str]:
    """{organisation id: role} of the person's memberships that run now."""
    return {pk: role for pk, (role, _kind) in places_of(person).items()}


def kinds_of(person: Any) -> frozenset[str]:
    """The kinds of organisation the person is in now."""
    return frozenset(kind for _role, kind in places_of(person).values())


@demands_second_factor
def signs_for_any(person: Any) -> bool:
    """Whoever can bind an organisation with a signature signs in with two steps."""
    return not SIGNING.isdisjoint(roles_of(person).values())


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


def _body_of(subject: Any) -> Any:
    """The organisation a subject is, or belongs to (its id)."""
    return subject.pk if isinstance(subject, Organisation) else subject.organisation_id


@predicate
def is_acting(person: Any, subject: Any) -> bool:
    """Acts for the organisation that the subject is, or belongs to."""
    return subject is not None and acts_for(person, _body_of(subject))


@predicate
def is_outside(person: Any, subject: Any) -> bool:
    """Is not in the organisation: nobody checks their own papers."""
    return subject is None or not belongs_to(person, _body_of(subject))


@predicate
def is_oneself(person: Any, subject: Any) -> bool:
    """The membership is the person's own."""
    return getattr(subject, "person_id", None) == person.pk


is_checker = is_officer & is_outside
"""A programme officer who is not in the organisation that is looked at."""

# --- conditions -----------------------------------------------------------------------------


def is_running(subject: Any) -> Any:
    """The organisation has not been dissolved."""
    body = subject if isinstance(subject, Organisation) else subject.organisation
    if body.state == OrganisationState.DISSOLVED:
        return _("This organisation has been dissolved.")
    return None


def is_new(organisation: Organisation) -> Any:
    """It has not been verified before."""
    if organisation.state == OrganisationState.REGISTERED:
        return None
    return _("This is “%(now)s”, so that is not possible now.") % {
        "now": organisation.get_state_display()
    }


def is_suspended(organisation: Organisation) -> Any:
    """It is suspended."""
    if organisation.state == OrganisationState.SUSPENDED:
        return None
    return _("It is not suspended.")


def has_nobody_acting(organisation: Organisation) -> Any:
    """Nobody acts for it on the platform."""
    acting = Membership.objects.filter(
        organisation=organisation, ended_at=None, role__in=sorted(ACTING)
    )
    if acting.exists():
        return _("Somebody acts for this organisation already; ask them for an invitation.")
    return None


def is_no_union(organisation: Organisation) -> Any:
    """Union bodies get their people from the federation, not by claims."""
    if organisation.kind == OrganisationKind.UNION:
        return _("The federation names the people of a union body; ask one of its officers.")
    return None


def is_union(organisation: Organisation | None) -> Any:
    """It stands in the union tree (no parent at all means: the federation itself)."""
    if organisation is None or organisation.kind == OrganisationKind.UNION:
        return None
    return _("This is not a union body.")


def may_have_bodies_below(parent: Organisation | None) -> Any:
    """It is a union body that has not been dissolved (or the tree is still empty)."""
    return is_union(parent) or (is_running(parent) if parent else None)


def still_runs(row: Any) -> Any:
    """The membership or relation has not been ended."""
    return _("This has ended already.") if row.ended_at else None


def is_not_lifted(ban: Any) -> Any:
    """The ban has not been lifted."""
    return _("This ban has been lifted already.") if ban.lifted_at else None


# --- laws -----------------------------------------------------------------------------------

permit(
    "load_districts",
    who=is_system | is_administrator | is_officer,
    meaning=_("Write the table of districts"),
)
permit("register_organisation", who=is_signed_in, meaning=_("Register an organisation"))
permit(
    "let_code_through",
    who=is_officer,
    meaning=_("Enter an organisation whose printed credit code fails the check"),
)
permit(
    "claim_organisation",
    who=is_signed_in,
    when=(is_running, is_no_union, has_nobody_acting),
    meaning=_("Claim an organisation nobody acts for"),
)
permit(
    "accept_claim",
    who=is_checker,
    when=may_become(RequestState.ACCEPTED),
    meaning=_("Accept a claim"),
)
permit(
    "refuse_claim",
    who=is_checker,
    when=may_become(RequestState.REFUSED),
    meaning=_("Refuse a claim"),
)
permit("verify_organisation", who=is_checker, when=is_new, meaning=_("Verify an organisation"))
permit(
    "suspend_organisation",
    who=is_checker,
    when=may_become(OrganisationState.SUSPENDED),
    meaning=_("Suspend an organisation"),
)
permit(
    "reinstate_organisation",
    who=is_checker,
    when=is_suspended,
    meaning=_("Reinstate an organisation"),
)
permit(
    "edit_profile",
    who=is_acting | is_officer,
    when=is_running,
    meaning=_("Edit an organisation's profile"),
)
permit("rename_organisation", who=is_checker, when=is_running, meaning=_("Rename an organisation"))
permit(
    "dissolve_organisation",
    who=is_checker,
    when=may_become(OrganisationState.DISSOLVED),
    meaning=_("Dissolve an organisation"),
)

permit(
    "plant_union",
    who=is_officer,
    when=may_have_bodies_below,
    meaning=_("Enter a union body in the tree"),
)
permit("import_unions", who=is_officer, meaning=_("Import union bodies from a file"))
permit(
    "merge_unions",
    who=is_officer,
    when=(is_union, may_become(OrganisationState.DISSOLVED)),
    meaning=_("Merge a union body into another"),
)
permit(
    "move_union",
    who=is_officer,
    when=(is_union, is_running),
    meaning=_("Move a union body in the tree"),
)

permit("add_member", who=is_acting | is_officer, when=is_running, meaning=_("Add somebody to it"))
permit("invite_member", who=is_acting | is_officer, when=is_running, meaning=_("Invite somebody"))
permit(
    "change_role",
    who=is_acting | is_officer,
    when=(still_runs, is_running),
    meaning=_("Change somebody's role"),
)
permit(
    "end_membership",
    who=is_acting | is_officer | is_oneself,
    when=still_runs,
    meaning=_("End a membership"),
)
permit(
    "hand_over",
    who=is_acting | is_officer,
    when=(still_runs, is_running),
    meaning=_("Hand somebody's work over to a successor"),
)
permit(
    "replace_representative",
    who=is_acting,
    when=is_running,
    meaning=_("Name a new legal representative"),
)
permit(
    "confirm_replacement",
    who=is_checker,
    when=may_become(RequestState.ACCEPTED),
    meaning=_("Confirm a new legal representative"),
)
permit(
    "refuse_replacement",
    who=is_checker,
    when=may_become(RequestState.REFUSED),
    meaning=_("Refuse a new legal representative"),
)

permit("state_proof", who=is_acting, when=is_running, meaning=_("Hand in a proof"))
permit(
    "verify_proof",
    who=is_checker,
    when=may_become(ProofState.VERIFIED),
    meaning=_("Verify a proof"),
)
permit(
    "refuse_proof",
    who=is_checker,
    when=may_become(ProofState.REFUSED),
    meaning=_("Refuse a proof"),
)
permit("require_proof", who=is_officer, meaning=_("Ask a proof of a kind of organisation"))
permit("waive_proof", who=is_officer, meaning=_("Ask a proof no longer"))
permit("ban_organisation", who=is_checker, when=is_running, meaning=_("Ban an organisation"))
permit("lift_ban", who=is_checker, when=is_not_lifted, meaning=_("Lift a ban"))
permit(
    "declare_relation",
    who=is_acting | is_officer,
    when=is_running,
    meaning=_("Declare a related party"),
)
permit(
    "end_relation",
    who=is_officer,
    when=still_runs,
    meaning=_("End a related party's entry"),
)

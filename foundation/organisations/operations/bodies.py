"""Bodies: they register, are verified, suspended, renamed and dissolved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock, uscc
from foundation.audit.operations import record
from foundation.documents.operations import keep_document
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations import papers
from foundation.organisations.codes import checked_code
from foundation.organisations.districts import PUDONG
from foundation.organisations.models import (
    District,
    Membership,
    Organisation,
    OrganisationKind,
)
from foundation.organisations.obligations import obligations_of
from foundation.organisations.queries import federation_officers, people_of
from foundation.organisations.rules import ACTING
from foundation.organisations.standing_models import Proof, ProofKind
from foundation.organisations.states import OrganisationState, ProofState
from foundation.permissions import allow

PROFILE = (
    "name_en",
    "summary",
    "district",
    "address",
    "contact_name",
    "contact_phone",
    "website",
    "founded_on",
)
"""What an organisation says about itself freely; its name and code are an officer's to change."""


@operation
def load_districts(*, actor: Any, table: Iterable[tuple[str, str, str]] = PUDONG) -> list[District]:
    """Write the table of districts (code, name, English name); old rows are brought up to date."""
    allow(actor, "load_districts")
    rows = [District(code=code, name=name, name_en=name_en) for code, name, name_en in table]
    District.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "name_en"]
    )
    for row in rows:
        record(actor, "load_districts", row)
    return rows


@operation
def register_organisation(
    *,
    actor: Any,
    kind: str,
    name: str,
    uscc: str,
    role: str,
    certificate: Any,
    issuer: str,
    issued_on: Any,
    expires_on: Any = None,
    **profile: Any,
) -> Organisation:
    """A signed-in person registers a body they act for; an officer verifies it next."""
    allow(actor, "register_organisation")
    if kind == OrganisationKind.UNION:
        raise DomainError(_("Union bodies are entered by the federation."), field="kind")
    if role not in ACTING:
        raise DomainError(_("Register it as its representative or a manager."), field="role")
    organisation = _enter(kind=kind, name=name, uscc=checked_code(uscc, kind), **profile)
    Membership.objects.create(
        person=actor, organisation=organisation, role=role, began_at=clock.now()
    )
    Proof.objects.create(
        organisation=organisation,
        kind=ProofKind.REGISTRATION,
        issuer=issuer,
        issued_on=issued_on,
        expires_on=expires_on,
        document=keep_document(certificate, purpose=papers.PROOF, actor=actor, field="certificate"),
        stated_by=actor,
        stated_at=clock.now(),
    )
    record(actor, "register_organisation", organisation, kind=kind, uscc=organisation.uscc)
    tell(
        federation_officers(),
        "register_organisation",
        url=path_to("organisations:own", organisation.pk),
        organisation=name,
    )
    return organisation


@operation
def let_code_through(
    *, actor: Any, kind: str, name: str, uscc: str, reason: str, scan: Any, **profile: Any
) -> Organisation:
    """An officer enters a body whose printed code fails the check, with the reason and a scan.

    The body can then be claimed by its people, like any that nobody acts for.
    """
    allow(actor, "let_code_through")
    code = _failing_code(uscc, kind)
    document = keep_document(scan, purpose=papers.SCAN, actor=actor, field="scan")
    organisation = _enter(
        kind=kind, name=name, uscc=code, uscc_exception=reason, uscc_scan=document, **profile
    )
    record(actor, "let_code_through", organisation, uscc=code, reason=reason)
    return organisation


def _failing_code(text: str, kind: str) -> str:
    """The code as printed; refuses one that could not be a code, and one that needs no favour."""
    code = uscc.normalised(text)
    if len(code) != 18 or not code.isascii() or not code.isalnum():
        raise DomainError(_("A credit code has 18 characters."), field="uscc")
    if uscc.fault_of(code, kind) is None:
        raise DomainError(_("This code is valid: it needs no exception."), field="uscc")
    return code


def _enter(**fields: Any) -> Organisation:
    """A new row; a code that is taken is said beside its field."""
    taken = Organisation.objects.filter(uscc=fields["uscc"]).first()
    sentence = _("This code is registered already: %(name)s. Claim it instead.")
    if taken:
        raise Clash(sentence % {"name": taken.name}, field="uscc")
    try:
        with transaction.atomic():
            return Organisation.objects.create(registered_at=clock.now(), **fields)
    except IntegrityError as race:
        raise Clash(sentence % {"name": fields["name"]}, field="uscc") from race


@operation
def verify_organisation(organisation: Organisation, *, actor: Any, note: str = "") -> Organisation:
    """An officer has seen its registration certificate: the body is what it says."""
    organisation = lock(organisation)
    allow(actor, "verify_organisation", organisation)
    proof = (
        Proof.objects.select_for_update()
        .filter(organisation=organisation, kind=ProofKind.REGISTRATION)
        .exclude(state=ProofState.REFUSED)
        .order_by("-pk")
        .first()
    )
    if proof is None or not proof.holds_on(clock.today()):
        raise DomainError(_("There is no registration certificate that is valid today."))
    if proof.state == ProofState.STATED:
        proof.move_to(ProofState.VERIFIED, decided_by=actor, decided_at=clock.now())
    organisation.move_to(OrganisationState.VERIFIED)
    record(actor, "verify_organisation", organisation, note=note, proof=proof.pk)
    _tell_people(organisation, "verify_organisation")
    return organisation


@operation
def suspend_organisation(organisation: Organisation, *, actor: Any, reason: str) -> Organisation:
    """The body may not take part until it is reinstated; its page stays and says so."""
    organisation = lock(organisation)
    allow(actor, "suspend_organisation", organisation)
    organisation.move_to(OrganisationState.SUSPENDED)
    record(actor, "suspend_organisation", organisation, reason=reason)
    _tell_people(organisation, "suspend_organisation", reason=reason)
    return organisation


@operation
def reinstate_organisation(organisation: Organisation, *, actor: Any, reason: str) -> Organisation:
    """The suspension is over."""
    organisation = lock(organisation)
    allow(actor, "reinstate_organisation", organisation)
    organisation.move_to(OrganisationState.VERIFIED)
    record(actor, "reinstate_organisation", organisation, reason=reason)
    _tell_people(organisation, "reinstate_organisation", reason=reason)
    return organisation


@operation
def edit_profile(organisation: Organisation, *, actor: Any, **profile: Any) -> Organisation:
    """What the body says about itself; the trail keeps which fields changed."""
    organisation = lock(organisation)
    allow(actor, "edit_profile", organisation)
    unknown = set(profile) - set(PROFILE)
    if unknown:
        raise TypeError(f"not part of a profile: {sorted(unknown)}")
    changed = [name for name, value in profile.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, profile[name])
    organisation.save(update_fields=changed)
    record(actor, "edit_profile", organisation, changed=sorted(changed))
    return organisation


@operation
def rename_organisation(
    organisation: Organisation, *, actor: Any, name: str, reason: str, name_en: str = ""
) -> Organisation:
    """The body has another name from now on; the trail keeps the old one."""
    organisation = lock(organisation)
    allow(actor, "rename_organisation", organisation)
    before = organisation.name
    if name == before and name_en == organisation.name_en:
        raise DomainError(_("It is called that already."), field="name")
    organisation.name, organisation.name_en = name, name_en
    organisation.save(update_fields=["name", "name_en"])
    record(actor, "rename_organisation", organisation, before=before, now=name, reason=reason)
    _tell_people(organisation, "rename_organisation", before=before, reason=reason)
    return organisation


@operation
def dissolve_organisation(organisation: Organisation, *, actor: Any, reason: str) -> Organisation:
    """The body exists no longer; refused while others hang on it or something is still owed."""
    organisation = lock(organisation)
    allow(actor, "dissolve_organisation", organisation)
    refuse_while_bound(organisation)
    people = list(people_of(organisation))
    organisation.move_to(OrganisationState.DISSOLVED)
    end_all_memberships(organisation)
    record(actor, "dissolve_organisation", organisation, reason=reason, people=len(people))
    tell(
        people,
        "dissolve_organisation",
        url=path_to(organisation),
        organisation=organisation.name,
        reason=reason,
    )
    return organisation


def refuse_while_bound(organisation: Organisation) -> None:
    """Refuse, with every reason, to end a body that has bodies under it or obligations."""
    place = getattr(organisation, "union", None)
    if place is not None and place.get_children_count():
        raise DomainError(_("There are union bodies under it: move or merge them first."))
    sentences = obligations_of(organisation)
    if sentences:
        raise DomainError(" ".join(str(sentence) for sentence in sentences))


def end_all_memberships(organisation: Organisation) -> None:
    """Nobody is in it any longer."""
    for membership in Membership.objects.filter(organisation=organisation, ended_at=None):
        membership.ended_at = clock.now()
        membership.save(update_fields=["ended_at"])


def _tell_people(organisation: Organisation, kind: str, **facts: Any) -> None:
    tell(
        people_of(organisation),
        kind,
        url=path_to("organisations:own", organisation.pk),
        organisation=organisation.name,
        **facts,
    )

"""Standing: proofs handed in and checked, bans, requirements, related parties."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_document
from foundation.due.operations import handles, schedule
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations import papers
from foundation.organisations.models import Organisation
from foundation.organisations.queries import federation_officers, officers_of
from foundation.organisations.standing_models import (
    Ban,
    Proof,
    ProofKind,
    Rating,
    RelatedParty,
    RequiredProof,
)
from foundation.organisations.states import ProofState
from foundation.permissions import allow

RATING_YEARS = 5
WARNING = dt.timedelta(days=30)


@operation
def state_proof(
    organisation: Organisation,
    *,
    actor: Any,
    kind: str,
    issued_on: dt.date,
    document: Any,
    expires_on: dt.date | None = None,
    value: str = "",
    issuer: str = "",
) -> Proof:
    """The body hands in a proof with its document; it counts once an officer has checked it."""
    organisation = lock(organisation)
    allow(actor, "state_proof", organisation)
    expires_on = _sound_dates(kind, issued_on, expires_on)
    if kind == ProofKind.RATING and value not in Rating.values:
        raise DomainError(_("A rating is one of 1A, 2A, 3A, 4A and 5A."), field="value")
    proof = Proof.objects.create(
        organisation=organisation,
        kind=kind,
        value=value,
        issuer=issuer,
        issued_on=issued_on,
        expires_on=expires_on,
        document=keep_document(document, purpose=papers.PROOF, actor=actor, field="document"),
        stated_by=actor,
        stated_at=clock.now(),
    )
    record(actor, "state_proof", organisation, proof=proof.pk, kind=kind, value=value)
    url = path_to("organisations:proof", proof.pk)
    tell(federation_officers(), "state_proof", url=url, **_facts(proof))
    return proof


def _sound_dates(kind: str, issued_on: dt.date, expires_on: dt.date | None) -> dt.date | None:
    """When the proof runs out; refuses dates that cannot be."""
    if issued_on > clock.today():
        raise DomainError(_("This day has not come yet."), field="issued_on")
    if kind == ProofKind.RATING:
        last = _years_after(issued_on, RATING_YEARS)
        expires_on = expires_on or last
        if expires_on > last:
            raise DomainError(_("A rating is valid for five years at most."), field="expires_on")
    if expires_on is None and kind != ProofKind.REGISTRATION:
        raise DomainError(_("Say until when it is valid."), field="expires_on")
    if expires_on is not None and expires_on < issued_on:
        raise DomainError(_("It cannot run out before it was issued."), field="expires_on")
    return expires_on


def _years_after(day: dt.date, years: int) -> dt.date:
    """The last day of so many years that begin on `day`."""
    try:
        anniversary = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        anniversary = dt.date(day.year + years, 3, 1)
    return anniversary - dt.timedelta(days=1)


@operation
def verify_proof(proof: Proof, *, actor: Any) -> Proof:
    """An officer has checked it: it counts until it runs out, with a warning a month before."""
    proof = lock(proof, "organisation")
    allow(actor, "verify_proof", proof)
    proof.move_to(ProofState.VERIFIED, decided_by=actor, decided_at=clock.now())
    if proof.expires_on:
        morning = dt.datetime.combine(proof.expires_on - WARNING, dt.time(9), clock.SHANGHAI)
        schedule("proof_expiring", morning, key=f"proof_expiring:{proof.pk}", proof=proof.pk)
    record(actor, "verify_proof", proof.organisation, proof=proof.pk, kind=proof.kind)
    _tell_acting(proof, "verify_proof")
    return proof


@operation
def refuse_proof(proof: Proof, *, actor: Any, reason: str) -> Proof:
    """It does not count (any longer); the organisation is told why and may hand in another."""
    proof = lock(proof, "organisation")
    allow(actor, "refuse_proof", proof)
    proof.move_to(ProofState.REFUSED, decided_by=actor, decided_at=clock.now(), reason=reason)
    record(actor, "refuse_proof", proof.organisation, proof=proof.pk, reason=reason)
    _tell_acting(proof, "refuse_proof", reason=reason)
    return proof


@handles("proof_expiring")
def warn_of_expiry(proof: int) -> None:
    """A month before a proof runs out, unless a newer one outlasts it, its people are told."""
    row = Proof.objects.select_related("organisation").get(pk=proof)
    newer = Proof.objects.filter(
        organisation=row.organisation, kind=row.kind, state=ProofState.VERIFIED
    ).filter(expires_on__gt=row.expires_on)
    if row.state == ProofState.VERIFIED and not newer.exists():
        _tell_acting(row, "proof_expiring", until_on=row.expires_on)


def _facts(proof: Proof) -> dict[str, Any]:
    return {"organisation": proof.organisation.name, "proof": lazystr(proof)}


def _tell_acting(proof: Proof, kind: str, **facts: Any) -> None:
    url = path_to("organisations:own", proof.organisation_id)
    tell(officers_of(proof.organisation), kind, url=url, **_facts(proof), **facts)


@operation
def require_proof(*, actor: Any, organisation_kind: str, proof_kind: str) -> RequiredProof:
    """From now on organisations of this kind need this proof to be in good standing."""
    allow(actor, "require_proof")
    try:
        with transaction.atomic():
            required = RequiredProof.objects.create(
                organisation_kind=organisation_kind, proof_kind=proof_kind
            )
    except IntegrityError as twice:
        raise Clash(_("This is asked already."), field="proof_kind") from twice
    record(
        actor,
        "require_proof",
        required,
        organisation_kind=organisation_kind,
        proof_kind=proof_kind,
    )
    return required


@operation
def waive_proof(required: RequiredProof, *, actor: Any) -> None:
    """Organisations of this kind no longer need this proof; the trail keeps that they did."""
    required = lock(required)
    allow(actor, "waive_proof", required)
    record(
        actor,
        "waive_proof",
        required,
        organisation_kind=required.organisation_kind,
        proof_kind=required.proof_kind,
    )
    required.delete()


@operation
def ban_organisation(
    organisation: Organisation,
    *,
    actor: Any,
    from_on: dt.date,
    reason: str,
    authority: str,
    until_on: dt.date | None = None,
) -> Ban:
    """The body may not take part from one day to another (or until the ban is lifted)."""
    organisation = lock(organisation)
    allow(actor, "ban_organisation", organisation)
    if until_on is not None and until_on < from_on:
        raise DomainError(_("A ban cannot end before it begins."), field="until_on")
    ban = Ban.objects.create(
        organisation=organisation,
        from_on=from_on,
        until_on=until_on,
        reason=reason,
        authority=authority,
        banned_by=actor,
        banned_at=clock.now(),
    )
    record(actor, "ban_organisation", organisation, ban=ban.pk, until_on=until_on, reason=reason)
    tell(
        officers_of(organisation),
        "ban_organisation",
        url=path_to(organisation),
        organisation=organisation.name,
        authority=authority,
        reason=reason,
    )
    return ban


@operation
def lift_ban(ban: Ban, *, actor: Any, reason: str) -> Ban:
    """The ban forbids nothing from today on; that it was there stays on record."""
    ban = lock(ban, "organisation")
    allow(actor, "lift_ban", ban)
    ban.lifted_at, ban.lifted_by, ban.lifted_reason = clock.now(), actor, reason
    ban.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    record(actor, "lift_ban", ban.organisation, ban=ban.pk, reason=reason)
    tell(
        officers_of(ban.organisation),
        "lift_ban",
        url=path_to(ban.organisation),
        organisation=ban.organisation.name,
        reason=reason,
    )
    return ban


@operation
def declare_relation(
    organisation: Organisation,
    *,
    actor: Any,
    relation: str,
    other: Organisation | None = None,
    person_name: str = "",
    note: str = "",
) -> RelatedParty:
    """The body hangs together with another, or with a person of this name; said once."""
    organisation = lock(organisation)
    allow(actor, "declare_relation", organisation)
    person_name = person_name.strip()
    if (other is None) == (not person_name):
        raise DomainError(_("Name either an organisation or a person."), field="other")
    if other == organisation:
        raise DomainError(_("An organisation is not related to itself."), field="other")
    try:
        with transaction.atomic():
            related = RelatedParty.objects.create(
                organisation=organisation,
                relation=relation,
                other=other,
                person_name=person_name,
                note=note,
                declared_by=actor,
                declared_at=clock.now(),
            )
    except IntegrityError as twice:
        raise Clash(_("This relation is declared already."), field="relation") from twice
    record(
        actor,
        "declare_relation",
        organisation,
        relation=relation,
        other=other.pk if other else None,
    )
    return related


@operation
def end_relation(related: RelatedParty, *, actor: Any) -> RelatedParty:
    """The relation no longer holds; an officer has seen that it does not."""
    related = lock(related, "organisation")
    allow(actor, "end_relation", related)
    related.ended_at = clock.now()
    related.save(update_fields=["ended_at"])
    record(actor, "end_relation", related.organisation, related=related.pk)
    return related

"""Who stands for a body: claims to one nobody acts for, and changes of its representative."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_document
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations import papers
from foundation.organisations.models import (
    Claim,
    Membership,
    MembershipRole,
    Organisation,
    Replacement,
)
from foundation.organisations.queries import federation_officers, officers_of
from foundation.organisations.rules import has_nobody_acting
from foundation.organisations.states import RequestState
from foundation.people.models import Person
from foundation.permissions import allow


@operation
def claim_organisation(
    organisation: Organisation, *, actor: Any, document: Any, note: str = ""
) -> Claim:
    """A person says this body is theirs, with a document; an officer answers."""
    organisation = lock(organisation)
    allow(actor, "claim_organisation", organisation)
    if Claim.objects.filter(
        organisation=organisation, person=actor, state=RequestState.OPEN
    ).exists():
        raise Clash(_("You have claimed it already; an officer will answer."))
    claim = Claim.objects.create(
        organisation=organisation,
        person=actor,
        document=keep_document(document, purpose=papers.CLAIM, actor=actor, field="document"),
        note=note,
        asked_at=clock.now(),
    )
    record(actor, "claim_organisation", organisation, claim=claim.pk)
    tell(
        federation_officers(),
        "claim_organisation",
        url=path_to("organisations:claim", claim.pk),
        organisation=organisation.name,
        person=str(actor),
    )
    return claim


@operation
def accept_claim(claim: Claim, *, actor: Any) -> Claim:
    """The body is theirs: they become its representative; other claims to it fall."""
    organisation = lock(claim.organisation)
    claim = lock(claim, "organisation", "person")
    allow(actor, "accept_claim", claim)
    sentence = has_nobody_acting(organisation)
    if sentence:
        raise Clash(sentence)
    begin(claim.person, organisation, MembershipRole.REPRESENTATIVE)
    _answer(claim, RequestState.ACCEPTED, actor, "")
    record(actor, "accept_claim", organisation, claim=claim.pk, person=claim.person_id)
    _tell_claimer(claim, "accept_claim")
    rivals = Claim.objects.select_for_update().filter(
        organisation=organisation, state=RequestState.OPEN
    )
    for rival in rivals:
        _answer(rival, RequestState.REFUSED, actor, str(_("Another claim was accepted.")))
        _tell_claimer(rival, "refuse_claim", reason=rival.answer)
    return claim


@operation
def refuse_claim(claim: Claim, *, actor: Any, reason: str) -> Claim:
    """The document does not show it; the person is told why and may claim again."""
    claim = lock(claim, "organisation", "person")
    allow(actor, "refuse_claim", claim)
    _answer(claim, RequestState.REFUSED, actor, reason)
    record(actor, "refuse_claim", claim.organisation, claim=claim.pk, reason=reason)
    _tell_claimer(claim, "refuse_claim", reason=reason)
    return claim


def _answer(request: Claim | Replacement, state: str, actor: Any, answer: str) -> None:
    request.move_to(state, answered_at=clock.now(), answered_by=actor, answer=answer)


def _tell_claimer(claim: Claim, kind: str, **facts: Any) -> None:
    url = path_to("organisations:claim", claim.pk)
    tell(claim.person, kind, url=url, organisation=claim.organisation.name, **facts)


@operation
def replace_representative(
    organisation: Organisation, *, actor: Any, email: str, document: Any, note: str = ""
) -> Replacement:
    """The body names its new legal representative, with a document; an officer confirms."""
    organisation = lock(organisation)
    allow(actor, "replace_representative", organisation)
    successor = person_with(email)
    if Membership.objects.filter(
        organisation=organisation,
        person=successor,
        ended_at=None,
        role=MembershipRole.REPRESENTATIVE,
    ).exists():
        raise DomainError(_("This person is the representative already."), field="email")
    if Replacement.objects.filter(organisation=organisation, state=RequestState.OPEN).exists():
        raise Clash(_("A change of representative is waiting for an answer already."))
    replacement = Replacement.objects.create(
        organisation=organisation,
        successor=successor,
        asked_by=actor,
        document=keep_document(document, purpose=papers.REPLACEMENT, actor=actor, field="document"),
        note=note,
        asked_at=clock.now(),
    )
    record(actor, "replace_representative", organisation, successor=successor.pk)
    tell(
        federation_officers(),
        "replace_representative",
        url=path_to("organisations:replacement", replacement.pk),
        organisation=organisation.name,
        person=str(successor),
    )
    return replacement


@operation
def confirm_replacement(replacement: Replacement, *, actor: Any) -> Replacement:
    """From now on the successor binds the body; the one before is in it no longer."""
    organisation = lock(replacement.organisation)
    replacement = lock(replacement, "organisation", "successor")
    allow(actor, "confirm_replacement", replacement)
    before = Membership.objects.filter(
        organisation=organisation, ended_at=None, role=MembershipRole.REPRESENTATIVE
    ).first()
    if before:
        end(before)
    begin(replacement.successor, organisation, MembershipRole.REPRESENTATIVE)
    _answer(replacement, RequestState.ACCEPTED, actor, "")
    record(
        actor,
        "confirm_replacement",
        organisation,
        before=before.person_id if before else None,
        now=replacement.successor_id,
    )
    told = [*officers_of(organisation), *([before.person] if before else [])]
    _tell_both(replacement, "confirm_replacement", told, person=str(replacement.successor))
    return replacement


@operation
def refuse_replacement(replacement: Replacement, *, actor: Any, reason: str) -> Replacement:
    """The document does not show it; everything stays as it was."""
    replacement = lock(replacement, "organisation")
    allow(actor, "refuse_replacement", replacement)
    _answer(replacement, RequestState.REFUSED, actor, reason)
    record(actor, "refuse_replacement", replacement.organisation, reason=reason)
    told = officers_of(replacement.organisation)
    _tell_both(replacement, "refuse_replacement", told, reason=reason)
    return replacement


def _tell_both(replacement: Replacement, kind: str, people: Any, **facts: Any) -> None:
    organisation = replacement.organisation
    url = path_to("organisations:own", organisation.pk)
    tell(people, kind, url=url, organisation=organisation.name, **facts)


def person_with(email: str) -> Person:
    """Who signs in with this address; refuses, beside the field, when nobody does."""
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise DomainError(
            _("Nobody has an account with this address: invite them first."), field="email"
        )
    return person


def begin(person: Person, organisation: Organisation, role: str) -> Membership:
    """The person's place in the body from now on; a place they had before ends.

    The caller holds the organisation's row. Two representatives at once: the second is refused
    by the database, and so by a sentence.
    """
    running = Membership.objects.filter(person=person, organisation=organisation, ended_at=None)
    for membership in running:
        end(membership)
    try:
        with transaction.atomic():
            return Membership.objects.create(
                person=person, organisation=organisation, role=role, began_at=clock.now()
            )
    except IntegrityError as race:
        raise Clash(_("It has a legal representative already."), field="role") from race


def end(membership: Membership) -> None:
    """The place is given up now."""
    membership.ended_at = clock.now()
    membership.save(update_fields=["ended_at"])

"""What can be done with a proposal: draft, edit, attach, hand in, withdraw."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bidding.calls.custody import public_half_of
from bidding.calls.models import Call, Lot
from bidding.proposals import (
    bidders,  # noqa: F401  (whom a change of a call concerns)
    kinds,  # noqa: F401  (the words, always there)
    readers,  # noqa: F401  (who reads attachments)
    rules,  # noqa: F401  (the laws, always there)
)
from bidding.proposals.ceremony import give_share
from bidding.proposals.checks import faults_of
from bidding.proposals.content import Offer, lay_open, must_fit, written
from bidding.proposals.damage import open_damaged_envelope
from bidding.proposals.deadline import held_in_time
from bidding.proposals.drafts import read_draft, seal_draft
from bidding.proposals.envelopes import (
    read_own_envelope,
    says_the_same,
    seal_envelope,
    to_hand_in,
)
from bidding.proposals.models import Attachment, Proposal, Submission
from bidding.proposals.opening import open_envelopes
from bidding.proposals.partners import ask_partner, confirm_partner, drop_partner, refuse_partner
from bidding.proposals.reuse import begun_with, sections_of
from bidding.proposals.sections import FIELDS, Section
from bidding.proposals.states import ProposalState
from bidding.proposals.writing import write_draft
from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_sealed
from foundation.errors import Clash, DomainError, Forbidden
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.organisations.queries import officers_of, standing_of
from foundation.organisations.rules import acts_for
from foundation.permissions import allow

__all__ = [
    "ask_partner",
    "confirm_partner",
    "drop_partner",
    "give_share",
    "open_damaged_envelope",
    "open_envelopes",
    "refuse_partner",
]

MOST_ATTACHMENTS = 20


@operation
def draft_proposal(
    call: Call,
    *,
    lot: Lot,
    organisation: Organisation,
    title: str,
    earlier: Proposal | None = None,
    actor: Any,
) -> Proposal:
    """Begin an organisation's proposal for a lot, empty or from an `earlier` one of its own; it has
    one in a call, which it may withdraw."""
    allow(actor, "draft_proposal", call)
    if not acts_for(actor, organisation):
        raise Forbidden(_("You do not act for this organisation."))
    _must_suit(call, lot, organisation)
    offer, origin = begun_with(title, lot, organisation, earlier)
    must_fit(offer)
    now = clock.now()
    proposal = Proposal(
        call=call,
        lot=lot,
        organisation=organisation,
        serial=_free_serial(call, organisation),
        section_revisions=sections_of(offer) if earlier else {},
        created_by=actor,
        created_at=now,
        changed_at=now,
    )
    seal_draft(proposal, offer, {}, origin=origin)
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError as taken:
        raise Clash(
            _("Your organisation already has a proposal in this call. Go on with that one.")
        ) from taken
    also = {"earlier": earlier.name_on_trail} if earlier else {}
    record(actor, "draft_proposal", proposal, call=call.number, **also)
    return lay_open(proposal, offer, {})


def _must_suit(call: Call, lot: Lot, organisation: Organisation) -> None:
    """Refuse a lot of another call, and an organisation that offers nothing or does not stand."""
    if lot.call_id != call.pk:
        raise DomainError(_("This lot belongs to another call."), field="lot")
    if organisation.kind == OrganisationKind.UNION:
        raise DomainError(
            _("Union bodies buy here; they do not offer projects."), field="organisation"
        )
    must_stand(organisation, field="organisation")


def must_stand(organisation: Organisation, field: str | None = None) -> None:
    """Refuse with every reason why the organisation may not take part now."""
    standing = standing_of(organisation)
    if not standing.allowed:
        raise DomainError(" ".join(str(reason) for reason in standing.reasons), field=field)


def _free_serial(call: Call, organisation: Organisation) -> str:
    """A number without an order: the seventh bidder must not learn that there are six others."""
    taken = set(Proposal.objects.filter(call=call).values_list("serial", flat=True))
    attempt = 0
    while True:
        text = f"{call.number}:{organisation.pk}:{attempt}"
        serial = f"{int(hashlib.sha256(text.encode()).hexdigest(), 16) % 100_000:05d}"
        if serial not in taken:
            return serial
        attempt += 1


@operation
def edit_proposal(
    proposal: Proposal, *, section: str, values: dict[str, Any], revision: int, actor: Any
) -> Proposal:
    """Write one section, unless a colleague has changed it since `revision` was read."""
    proposal = lock(proposal, "call")
    allow(actor, "edit_proposal", proposal)
    _must_be_fresh(proposal, section, revision)
    if set(values) != set(FIELDS[section]):
        raise ValueError(f"{section} holds {FIELDS[section]}, not {sorted(values)}")
    if section == Section.BASICS:
        _must_run_forward(values)
    offer, files = read_draft(proposal)
    offer |= {name: written(name, value) for name, value in values.items()}
    must_fit(offer)
    write_draft(proposal, section, offer, files, actor)
    record(actor, "edit_proposal", proposal, section=section, revision=proposal.revision)
    return lay_open(proposal, offer, files)


def _must_be_fresh(proposal: Proposal, section: str, revision: int) -> None:
    if proposal.section_revisions.get(section, 1) > revision:
        raise Clash(
            _(
                "A colleague changed this section in the meantime. What you typed is kept below "
                "and nothing was overwritten. Compare, then save again to put yours in its place."
            )
        )


def _must_run_forward(values: dict[str, Any]) -> None:
    begin, end = values["starts_on"], values["ends_on"]
    if begin and end and begin >= end:
        raise DomainError(_("The end comes after the beginning."), field="ends_on")


@operation
def attach_document(proposal: Proposal, *, upload: File, label: str, actor: Any) -> Attachment:
    """Put a file into the envelope; it is as sealed as the proposal."""
    proposal = lock(proposal, "call")
    allow(actor, "attach_document", proposal)
    if proposal.attachments.count() >= MOST_ATTACHMENTS:
        raise DomainError(
            _("A proposal has at most %(most)s attachments.") % {"most": MOST_ATTACHMENTS}
        )
    offer, files = read_draft(proposal)
    document, file = keep_sealed(
        upload,
        purpose="proposal_attachment",
        actor=actor,
        field="upload",
        most_pages=proposal.call.attachment_pages,
    )
    attachment = Attachment.objects.create(proposal=proposal, document=document)
    uuid = str(document.uuid)
    files[uuid] = file.stored()
    offer["attachments"].append(
        {"label": label, "document": uuid, "name": file.name, "sha256": file.sha256}
    )
    must_fit(offer)
    write_draft(proposal, Section.ATTACHMENTS, offer, files, actor)
    record(actor, "attach_document", proposal, size=document.size)
    attachment.label = label
    return attachment


@operation
def detach_document(attachment: Attachment, *, actor: Any) -> Proposal:
    """Take a file out of the envelope again (what was handed in before keeps it)."""
    proposal = lock(attachment.proposal, "call")
    allow(actor, "detach_document", proposal)
    offer, files = read_draft(proposal)
    uuid = str(attachment.document.uuid)
    offer["attachments"] = [row for row in offer["attachments"] if row["document"] != uuid]
    files.pop(uuid, None)
    attachment.delete()
    write_draft(proposal, Section.ATTACHMENTS, offer, files, actor)
    record(actor, "detach_document", proposal)
    return lay_open(proposal, offer, files)


@operation
def submit_proposal(proposal: Proposal, *, actor: Any) -> Submission:
    """Hand in the draft as it stands: a new envelope with its own receipt; the last one counts."""
    proposal = held_in_time(proposal, "submit_proposal", "lot", "organisation", actor=actor)
    call = proposal.call
    # both locks are held: this is the moment the receipt says, before the law asks the time
    now = clock.database_now()
    allow(actor, "submit_proposal", proposal)
    must_stand(proposal.organisation)
    offer, files = read_draft(proposal)
    if faults_of(lay_open(proposal, offer, files)):
        raise DomainError(_("Something is still missing: “Check and hand in” lists it."))
    content = to_hand_in(proposal, offer)
    last = proposal.submissions.first()
    if last and proposal.state == ProposalState.SUBMITTED:
        _must_say_something_new(last, content)
    version = last.version + 1 if last else 1
    submission = Submission.objects.create(
        proposal=proposal,
        version=version,
        revision=proposal.revision,
        **seal_envelope(
            proposal,
            content,
            files,
            receipt=f"{call.number}-{proposal.serial}-{version}",
            call_key=public_half_of(call),
        ),
        submitted_by=actor,
        submitted_at=now,
    )
    proposal.move_to(ProposalState.SUBMITTED)
    record(
        actor,
        "submit_proposal",
        proposal,
        receipt=submission.receipt,
        sha256=submission.sha256,
    )
    _tell_receipt(proposal, submission)
    return submission


def _must_say_something_new(last: Submission, content: Offer) -> None:
    if says_the_same(read_own_envelope(last), content):
        raise Clash(
            _("Exactly this has been handed in already: receipt %(receipt)s.")
            % {"receipt": last.receipt}
        )


def _tell_receipt(proposal: Proposal, submission: Submission) -> None:
    """The receipt goes to everybody who acts for the organisation; nothing of the content does."""
    tell(
        officers_of(proposal.organisation),
        "proposal_submitted",
        url=path_to(proposal),
        call=own_words_lazily(proposal.call, "title"),
        receipt=submission.receipt,
        sha256=submission.sha256,
        submitted_at=submission.submitted_at,
    )


@operation
def withdraw_proposal(proposal: Proposal, *, actor: Any) -> Proposal:
    """Take the envelope back; until the call closes it can be handed in again."""
    proposal = held_in_time(proposal, "withdraw_proposal", "organisation", actor=actor)
    allow(actor, "withdraw_proposal", proposal)
    proposal.move_to(ProposalState.WITHDRAWN)
    record(actor, "withdraw_proposal", proposal)
    tell(
        officers_of(proposal.organisation),
        "proposal_withdrawn",
        url=path_to(proposal),
        call=own_words_lazily(proposal.call, "title"),
        closes_at=proposal.call.closes_at,
    )
    return proposal

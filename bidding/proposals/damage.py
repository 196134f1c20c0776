"""An envelope that did not open with the call's key, opened after all: by its fingerprint."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.proposals import kinds, rules  # noqa: F401  (the words and the laws, always there)
from bidding.proposals.content import Files, Offer, columns, put_down
from bidding.proposals.drafts import DraftDamaged, read_draft
from bidding.proposals.envelopes import read_own_envelope, read_own_keys
from bidding.proposals.models import OpenedContent, Proposal, Submission
from bidding.proposals.related import related_bidders
from bidding.proposals.states import ProposalState
from foundation.audit.operations import record
from foundation.audit.queries import history_of
from foundation.documents.sealed import from_stored, open_rows
from foundation.errors import DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import federation_officers
from foundation.permissions import allow
from foundation.seals.chain import sha256_of
from foundation.vault.keyring import KeyLost

LARGEST = 2 * 1024 * 1024
"""What was handed in is text: longer than this it never is."""


@operation
def open_damaged_envelope(
    proposal: Proposal, *, copy: File[Any] | None = None, actor: Any
) -> Proposal:
    """Open it by the organisation's own key, or by the copy it kept of what it handed in.

    Whoever brings it, nothing can be slipped in: its fingerprint has to be the one the trail took
    down when it was handed in. Its files open with the keys the envelope or the draft holds.
    """
    call = lock(Call.objects.get(pk=proposal.call_id))
    proposal = lock(proposal, "organisation")
    proposal.call = call
    allow(actor, "open_damaged_envelope", proposal)
    envelope: Submission = proposal.submissions.all()[0]
    envelope.proposal = proposal
    fingerprint = _on_the_trail(proposal)
    offer, source = _own(envelope), "platform"
    if offer is None or sha256_of(offer) != fingerprint:
        offer, source = _brought(copy, fingerprint), "copy"
    keys = _keys(envelope)
    named = [row for row in offer["attachments"] if row["document"] in keys]
    lost = len(offer["attachments"]) - len(named)
    proposal.move_to(ProposalState.OPENED, sealed=b"", sealed_key=b"", **columns(offer))
    put_down([(proposal, {**offer, "attachments": named})])
    open_rows({row["document"]: from_stored(keys[row["document"]]) for row in named})
    OpenedContent.objects.create(submission=envelope, content=offer)
    record(
        actor,
        "open_damaged_envelope",
        proposal,
        receipt=envelope.receipt,
        sha256=fingerprint,
        source=source,
        files_lost=lost,
        related=[[one.organisation_id for one in group] for group in related_bidders(call)],
    )
    tell(
        federation_officers(),
        "damaged_envelope_opened",
        url=path_to(proposal),
        call=own_words_lazily(call, "title"),
        receipt=envelope.receipt,
        organisation=proposal.organisation.name,
    )
    return proposal


def _on_the_trail(proposal: Proposal) -> str:
    """The fingerprint of what counts, as the trail took it down: rows can be changed, that not."""
    entry = history_of(proposal).filter(action="submit_proposal")[0]
    fingerprint: str = entry.facts["sha256"]
    return fingerprint


def _own(envelope: Submission) -> Offer | None:
    """What the organisation's own key still opens, if it does."""
    try:
        return read_own_envelope(envelope)
    except (DraftDamaged, KeyLost):
        return None


def _brought(copy: File[Any] | None, fingerprint: str) -> Offer:
    """What is in the file that was brought, if it is exactly what was handed in."""
    if copy is None:
        raise DomainError(
            _(
                "The platform's own copy is damaged too. Bring the file “exactly what was handed "
                "in” that you kept, with the fingerprint of your receipt."
            ),
            field="copy",
        )
    offer: Any = None
    if (copy.size or 0) <= LARGEST:
        with suppress(ValueError, RecursionError):  # a file of another kind, or made to trip
            offer = json.loads(copy.read())
    if not isinstance(offer, dict) or sha256_of(offer) != fingerprint:
        raise DomainError(
            _(
                "This is not exactly what was handed in: its fingerprint is not the one of your "
                "receipt. Nothing was opened."
            ),
            field="copy",
        )
    return offer


def _keys(envelope: Submission) -> Files:
    """What opens its files: as the draft holds it, and the envelope itself where it opens."""
    keys: dict[str, Any] = {}
    with suppress(DraftDamaged, KeyLost):
        keys |= read_draft(envelope.proposal)[1]
    with suppress(DraftDamaged, KeyLost):
        keys |= read_own_keys(envelope)
    return keys

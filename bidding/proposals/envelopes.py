"""Envelopes handed in: sealed for the organisation and for the call, with a salted fingerprint."""

from __future__ import annotations

import json
from typing import Any

from bidding.proposals.content import Files, Offer, with_facts
from bidding.proposals.drafts import DraftDamaged, name_of_key, packed
from bidding.proposals.models import Proposal, Submission
from foundation.seals.chain import sha256_of
from foundation.vault import chance
from foundation.vault.boxes import Damaged, lock_up, new_key, receive, send_to, take_out
from foundation.vault.keys import key_of

SALT_BYTES = 16


def to_hand_in(proposal: Proposal, offer: Offer) -> dict[str, Any]:
    """Exactly what is handed in. The salt makes its fingerprint a commitment: who guesses the
    rest still cannot tell whether they guessed right."""
    return {**with_facts(proposal, offer), "salt": chance.token(SALT_BYTES).hex()}


def says_the_same(one: Offer, other: Offer) -> bool:
    """Do two envelopes hold the same, whatever their salt?"""
    return {**one, "salt": ""} == {**other, "salt": ""}


def _about(receipt: str) -> str:
    return f"envelope:{receipt}"


def seal_envelope(
    proposal: Proposal, content: Offer, files: Files, *, receipt: str, call_key: bytes
) -> dict[str, Any]:
    """The columns of a submission that holds `content`: a new key, sealed for both readers."""
    key, about = new_key(), _about(receipt)
    named = {row["document"] for row in content["attachments"]}
    own = key_of(name_of_key(proposal.organisation_id))
    held = {"content": content, "files": {u: f for u, f in files.items() if u in named}}
    return {
        "receipt": receipt,
        "sealed": lock_up(key, packed(held), about),
        "key_for_organisation": lock_up(own, key, about),
        "key_for_call": send_to(call_key, key, about),
        "sha256": sha256_of(content),
    }


def read_own_envelope(submission: Submission) -> Offer:
    """What the organisation handed in, opened with its own key."""
    content: Offer = _own(submission)["content"]
    return content


def read_own_keys(submission: Submission) -> Files:
    """What opens the files of the envelope, by the organisation's own key."""
    files: Files = _own(submission)["files"]
    return files


def _own(submission: Submission) -> dict[str, Any]:
    about = _about(submission.receipt)
    try:
        own = key_of(name_of_key(submission.proposal.organisation_id))
        key = take_out(own, bytes(submission.key_for_organisation), about)
        held: dict[str, Any] = json.loads(take_out(key, bytes(submission.sealed), about))
    except Damaged as fault:
        raise DraftDamaged from fault
    return held


def open_envelope(submission: Submission, call_private: bytes) -> tuple[Offer, Files]:
    """(what was handed in, what opens its files), with the call's private half.

    Damaged where a bit of it was changed, or it is not what its receipt says.
    """
    about = _about(submission.receipt)
    key = receive(call_private, bytes(submission.key_for_call), about)
    held = json.loads(take_out(key, bytes(submission.sealed), about))
    if sha256_of(held["content"]) != submission.sha256:
        raise Damaged(about)
    return held["content"], held["files"]

"""Drafts under lock: written and read with the organisation's own key, by its own doors only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.proposals.content import Files, Offer, lay_open
from bidding.proposals.models import Proposal
from bidding.proposals.states import SEALED
from foundation.errors import DomainError
from foundation.seals.chain import canonical
from foundation.vault.boxes import Damaged, lock_up, new_key, take_out
from foundation.vault.keys import key_of, keys_of, own_key

PAGE = 4096
"""What is sealed is filled up to whole pages: its length tells little of what it says."""


class DraftDamaged(DomainError):
    """The ciphertext of a draft is not what was sealed."""

    def __init__(self) -> None:
        super().__init__(_("This draft cannot be read: what is stored is not what was sealed."))


def name_of_key(organisation_id: int) -> str:
    """What the vault calls an organisation's own key."""
    return f"organisation:{organisation_id}"


def packed(facts: Any) -> bytes:
    """Facts as bytes of whole pages."""
    plain = canonical(facts).encode()
    return plain + b" " * (-len(plain) % PAGE)


def _about(proposal: Proposal) -> str:
    """A draft opens as this draft in this revision only."""
    return (
        f"draft:{proposal.call_id}:{proposal.organisation_id}:{proposal.serial}:{proposal.revision}"
    )


Saves = dict[str, dict[str, str]]
"""Section → `by` whom and `at` what moment it was saved last; as sealed as what they wrote."""


Origin = dict[str, Any]
"""The earlier proposal a draft was begun from (`title`, `call`, `proposal`), and what was
`left_out` of it, each a fact `reuse` says in words."""


def seal_draft(
    proposal: Proposal,
    offer: Offer,
    files: Files,
    saves: Saves | None = None,
    origin: Origin | None = None,
) -> None:
    """Put the draft under a new key that only the organisation's own opens; not saved yet."""
    key, about = new_key(), _about(proposal)
    own = own_key(name_of_key(proposal.organisation_id))
    held = {"offer": offer, "files": files, "saves": saves or {}, "origin": origin}
    proposal.sealed = lock_up(key, packed(held), about)
    proposal.sealed_key = lock_up(own, key, about)


def read_draft(proposal: Proposal, own: bytes | None = None) -> tuple[Offer, dict[str, Any]]:
    """(the offer, what opens its files). Only for whoever may read it: ask before."""
    held = _held(proposal, own)
    return held["offer"], held["files"]


def read_saves(proposal: Proposal) -> Saves:
    """Who saved which section last, and when. Only for whoever may read the draft."""
    saves: Saves = _held(proposal).get("saves", {})  # drafts sealed before it was kept have none
    return saves


def read_history(proposal: Proposal) -> tuple[Saves, Origin | None]:
    """(its saves, the earlier proposal it was begun from). Only for whoever may read the draft."""
    held = _held(proposal)
    return held.get("saves", {}), held.get("origin")  # drafts sealed before it was kept have none


def _held(proposal: Proposal, own: bytes | None = None) -> dict[str, Any]:
    own = own or key_of(name_of_key(proposal.organisation_id))
    about = _about(proposal)
    try:
        key = take_out(own, bytes(proposal.sealed_key), about)
        held: dict[str, Any] = json.loads(take_out(key, bytes(proposal.sealed), about))
    except Damaged as fault:
        raise DraftDamaged from fault
    return held


def open_draft(proposal: Proposal) -> Proposal:
    """The proposal as its organisation reads it: laid open in memory while it is sealed."""
    return lay_open(proposal, *read_draft(proposal)) if proposal.state in SEALED else proposal


def open_titles(proposals: Iterable[Proposal]) -> list[Proposal]:
    """These proposals with their titles, for a list its own organisations read (one query)."""
    rows = list(proposals)
    sealed = [row for row in rows if row.state in SEALED]
    names = {row.pk: name_of_key(row.organisation_id) for row in sealed}
    keys = keys_of(names.values()) if names else {}
    for row in sealed:
        try:
            offer, _files = read_draft(row, keys[names[row.pk]])
            row.title = offer["title"]
        except (DraftDamaged, KeyError):  # a list shows what it can; the draft's page says why
            row.title = _("a draft that cannot be read")  # type: ignore[assignment]  # for showing
    return rows

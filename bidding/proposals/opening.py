"""Opening the envelopes of a call, all together, once its time is over."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection
from typing import Any

from bidding.calls.custody import (
    forget_shares,
    keepers_to_ask,
    private_half_of,
    shares_missing,
)
from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.proposals import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.proposals.content import Offer, columns, put_down
from bidding.proposals.envelopes import open_envelope
from bidding.proposals.models import OpenedContent, Proposal, Submission
from bidding.proposals.queries import envelopes_to_open
from bidding.proposals.related import related_bidders
from bidding.proposals.rules import why_shut
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.operations import record
from foundation.documents.sealed import SealedFile, from_stored, open_rows
from foundation.due.models import DueEvent
from foundation.due.operations import handles, schedule
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import federation_officers, officers_of
from foundation.permissions import SYSTEM, allow, can
from foundation.vault.boxes import Damaged
from foundation.vault.keyring import KeyLost

DAY = dt.timedelta(days=1)
LOOK_AGAIN = dt.timedelta(minutes=1)
AT_ONCE = 100
"""Envelopes that are in memory together: how many a call has must not matter to the machine."""

log = logging.getLogger(__name__)


@operation
def open_envelopes(call: Call, *, actor: Any) -> Call:
    """Open everything that was handed in. What counts is the last envelope of each organisation:
    a draft edited after it was handed in becomes again what was handed in."""
    call = lock(call)
    allow(actor, "open_envelopes", call)
    waiting = list(envelopes_to_open(call).values_list("proposal", flat=True))
    private = private_half_of(call) if waiting else b""
    call.opened_at = clock.database_now()
    call.save(update_fields=["opened_at"])
    proposals, damaged = 0, []
    for start in range(0, len(waiting), AT_ONCE):
        envelopes = _envelopes(call, waiting[start : start + AT_ONCE])
        opened, broken = _open_some(envelopes, private)
        _tell_bidders(call, "proposal_opened", opened)
        _tell_bidders(call, "envelope_damaged", broken)
        proposals += len(opened)
        damaged += [envelope.receipt for envelope in broken]
    forget_shares(call)
    related = [[proposal.organisation_id for proposal in group] for group in related_bidders(call)]
    record(actor, "open_envelopes", call, proposals=proposals, damaged=damaged, related=related)
    _tell_who_is_left(call)
    _tell_officers(call, proposals, len(damaged))
    return call


def _open_some(
    envelopes: list[Submission], private: bytes
) -> tuple[list[Submission], list[Submission]]:
    """(the envelopes that opened, those that do not): their offers become rows, for good.

    One that was tampered with keeps nobody else's shut.
    """
    opened: list[Submission] = []
    damaged: list[Submission] = []
    offers: list[tuple[Proposal, Offer]] = []
    files: dict[str, SealedFile] = {}
    for envelope in envelopes:
        try:
            offer, keys = open_envelope(envelope, private)
        except Damaged:
            damaged.append(envelope)
            envelope.proposal.move_to(ProposalState.DAMAGED)
            continue
        opened.append(envelope)
        offers.append((envelope.proposal, offer))
        files |= {uuid: from_stored(facts) for uuid, facts in keys.items()}
    for proposal, offer in offers:
        proposal.move_to(ProposalState.OPENED, sealed=b"", sealed_key=b"", **columns(offer))
    put_down(offers)
    open_rows(files)
    OpenedContent.objects.bulk_create(
        OpenedContent(submission=envelope, content=offer)
        for envelope, (_proposal, offer) in zip(opened, offers, strict=True)
    )
    return opened, damaged


def _envelopes(call: Call, chosen: Collection[int]) -> list[Submission]:
    """What counts of each of these proposals, the proposal locked."""
    proposals = {
        proposal.pk: proposal
        for proposal in Proposal.objects.select_for_update(of=("self",))
        .filter(pk__in=chosen)
        .defer("sealed")
        .select_related("organisation")
        .order_by("pk")
    }
    envelopes = list(envelopes_to_open(call).filter(proposal__in=chosen))
    for envelope in envelopes:
        envelope.proposal = proposals[envelope.proposal_id]
    return envelopes


def _tell_bidders(call: Call, kind: str, envelopes: list[Submission]) -> None:
    """What became of their envelope, to everybody who acts for each organisation."""
    for envelope in envelopes:
        proposal = envelope.proposal
        tell(
            officers_of(proposal.organisation),
            kind,
            url=path_to(proposal),
            call=own_words_lazily(call, "title"),
            receipt=envelope.receipt,
        )


def _tell_who_is_left(call: Call) -> None:
    """Whoever left a draft behind learns that it did not take part; nobody else does."""
    for draft in Proposal.objects.filter(call=call, state=ProposalState.DRAFT).select_related(
        "organisation"
    ):
        tell(
            officers_of(draft.organisation),
            "draft_left_behind",
            url=path_to(draft),
            call=own_words_lazily(call, "title"),
        )


def _tell_officers(call: Call, proposals: int, damaged: int) -> None:
    """How many there are to be checked, and how many did not open."""
    officers, title = federation_officers(), own_words_lazily(call, "title")
    if damaged:
        url = path_to("proposals:opening", call.number)
        tell(officers, "envelopes_damaged", url=url, call=title, envelopes=damaged)
    url = path_to("evaluation:call", call.number)
    tell(officers, "envelopes_opened", url=url, call=title, proposals=proposals)


def _say_it_stays_shut(call: Call, now: dt.datetime) -> None:
    """Once a day until it is open: ask the keepers who have not given their share; where they are
    too few, or the key is lost, tell the officers."""
    call = lock(call)
    day = (now - call.closes_at) // DAY + 1
    key = f"call:{call.pk}:open:{call.closes_at.isoformat()}:{day}"
    if DueEvent.objects.filter(key=key).exists():  # said today already
        return
    schedule("open_envelopes", call.closes_at + day * DAY, key=key, call=call.pk)
    missing, asked = shares_missing(call), list(keepers_to_ask(call))
    facts = {
        "url": path_to("proposals:opening", call.number),
        "call": own_words_lazily(call, "title"),
    }
    tell(asked, "shares_asked", **facts)
    if not missing or missing > len(asked):
        tell(federation_officers(), "envelopes_stay_shut", **facts)


@handles("open_envelopes")
def open_when_due(call: int) -> None:
    """The closing has come: open. One that was moved has an event of its own; where something
    still keeps the envelopes shut, look again in a minute; if it is the key, it is said daily."""
    found = Call.objects.get(pk=call)
    now = clock.database_now()
    if found.opened_at or found.state != CallState.PUBLISHED or now < found.closes_at:
        return
    if shares_missing(found) and why_shut(found) is None:
        _say_it_stays_shut(found, now)
        return
    if can(SYSTEM, "open_envelopes", found):
        try:
            open_envelopes(found, actor=SYSTEM)
        except KeyLost:
            log.exception("the envelopes of %s stay shut: their key is lost", found.number)
            _say_it_stays_shut(found, now)
        else:
            return
    # a key of its own, as the event that is being worked off is done when this returns; one for
    # each minute, so that two that look again become one
    schedule(
        "open_envelopes",
        now + LOOK_AGAIN,
        key=f"call:{found.pk}:open:again:{now:%Y-%m-%dT%H:%M}",
        call=found.pk,
    )

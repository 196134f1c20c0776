"""Opening the envelopes of a call, all together, once its time is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bidding.calls.custody import forget_shares, private_half_of, shares_missing
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
from foundation.due.operations import handles, schedule
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of
from foundation.people.models import Person, Role
from foundation.permissions import SYSTEM, allow, can
from foundation.vault.boxes import Damaged

LOOK_AGAIN = dt.timedelta(minutes=1)


@operation
def open_envelopes(call: Call, *, actor: Any) -> Call:
    """Open everything that was handed in. What counts is the last envelope of each organisation:
    a draft edited after it was handed in becomes again what was handed in."""
    call = lock(call)
    allow(actor, "open_envelopes", call)
    envelopes = _last_envelopes(call)
    private = private_half_of(call) if envelopes else b""
    call.opened_at = clock.database_now()
    call.save(update_fields=["opened_at"])
    opened, damaged = _open_all(envelopes, private)
    forget_shares(call)
    related = [[proposal.organisation_id for proposal in group] for group in related_bidders(call)]
    record(
        actor,
        "open_envelopes",
        call,
        proposals=len(opened),
        damaged=[envelope.receipt for envelope in damaged],
        related=related,
    )
    _tell_bidders(call, "proposal_opened", opened)
    _tell_bidders(call, "envelope_damaged", damaged)
    _tell_who_is_left(call)
    officers = Person.objects.filter(
        is_active=True, appointments__role=Role.OFFICER, appointments__ended_at=None
    )
    if damaged:
        tell(
            officers,
            "envelopes_damaged",
            url=path_to("proposals:opening", call.number),
            call=own_words_lazily(call, "title"),
            envelopes=len(damaged),
        )
    tell(
        officers,
        "envelopes_opened",
        url=path_to("evaluation:call", call.number),
        call=own_words_lazily(call, "title"),
        proposals=len(opened),
    )
    return call


def _open_all(
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
        (
            OpenedContent(submission=envelope, content=offer)
            for envelope, (_proposal, offer) in zip(opened, offers, strict=True)
        ),
        batch_size=200,
    )
    return opened, damaged


def _last_envelopes(call: Call) -> list[Submission]:
    """What counts of each organisation that handed in, its proposal locked."""
    proposals = {
        proposal.pk: proposal
        for proposal in Proposal.objects.select_for_update(of=("self",))
        .filter(call=call, state=ProposalState.SUBMITTED)
        .select_related("organisation")
        .order_by("pk")
    }
    envelopes = list(envelopes_to_open(call))
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


def _ask_for_shares(call: Call) -> None:
    """It is for its keepers to open the call now."""
    tell(
        Person.objects.filter(is_active=True, keeper_keys__shares__key__call=call).distinct(),
        "shares_asked",
        url=path_to("proposals:opening", call.number),
        call=own_words_lazily(call, "title"),
    )


@handles("open_envelopes")
def open_when_due(call: int) -> None:
    """The closing has come: open. One that was moved has an event of its own; where something
    still keeps the envelopes shut, look again in a minute."""
    found = Call.objects.get(pk=call)
    now = clock.database_now()
    if found.opened_at or found.state != CallState.PUBLISHED or now < found.closes_at:
        return
    if can(SYSTEM, "open_envelopes", found):
        open_envelopes(found, actor=SYSTEM)
        return
    if shares_missing(found) and why_shut(found) is None:
        _ask_for_shares(found)
        return
    # a key of its own: the event that is being worked off is done when this returns
    schedule(
        "open_envelopes",
        now + LOOK_AGAIN,
        key=f"call:{found.pk}:open:again:{now.isoformat()}",
        call=found.pk,
    )

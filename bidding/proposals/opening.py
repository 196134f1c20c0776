"""Opening the envelopes of a call, all together, once its time is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.proposals import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.proposals.content import put_back
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.related import related_bidders
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of
from foundation.people.models import Person, Role
from foundation.permissions import SYSTEM, allow, can

LOOK_AGAIN = dt.timedelta(minutes=1)


@operation
def open_envelopes(call: Call, *, actor: Any) -> Call:
    """Open everything that was handed in. What counts is the last envelope of each organisation:
    a draft edited after it was handed in becomes again what was handed in."""
    call = lock(call)
    allow(actor, "open_envelopes", call)
    call.opened_at = clock.database_now()
    call.save(update_fields=["opened_at"])
    opened = list(
        Proposal.objects.select_for_update(of=("self",))
        .filter(call=call, state=ProposalState.SUBMITTED)
        .select_related("organisation")
        .order_by("pk")
    )
    for proposal in opened:
        _open_one(proposal, call)
    related = [[proposal.organisation_id for proposal in group] for group in related_bidders(call)]
    record(actor, "open_envelopes", call, proposals=len(opened), related=related)
    _tell_who_is_left(call)
    officers = Person.objects.filter(
        is_active=True, appointments__role=Role.OFFICER, appointments__ended_at=None
    )
    tell(
        officers,
        "envelopes_opened",
        url=path_to("evaluation:call", call.number),
        call=own_words_lazily(call, "title"),
        proposals=len(opened),
    )
    return call


def _open_one(proposal: Proposal, call: Call) -> None:
    last = Submission.objects.filter(proposal=proposal).order_by("-version")[0]
    if last.revision != proposal.revision:
        put_back(proposal, last.content)
    proposal.move_to(ProposalState.OPENED)
    tell(
        officers_of(proposal.organisation),
        "proposal_opened",
        url=path_to(proposal),
        call=own_words_lazily(call, "title"),
        receipt=last.receipt,
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
    # a key of its own: the event that is being worked off is done when this returns
    schedule(
        "open_envelopes",
        now + LOOK_AGAIN,
        key=f"call:{found.pk}:open:again:{now.isoformat()}",
        call=found.pk,
    )

"""Putting proposals in order: the ranking computed and frozen, and where an officer departs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, LineRule
from bidding.evaluation import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.evaluation.discussion import must_have_discussed
from bidding.evaluation.inputs import frozen_inputs, must_be_complete
from bidding.evaluation.models import Departure, Panel, Place, Ranking
from bidding.evaluation.queries import (
    decided_order,
    eligible_proposals,
    officers,
)
from bidding.evaluation.ranking import rank
from bidding.evaluation.reliability import reliability
from bidding.evaluation.standing import close_to_line
from bidding.evaluation.states import PanelState
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import schedule
from foundation.errors import DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import allow
from foundation.seals.chain import sha256_of


@operation
def rank_proposals(call: Call, *, actor: Any) -> Ranking:
    """Compute the ranking from all final sheets, freeze its inputs, and close the panel."""
    panel = lock(Panel.objects.get(call=call), "call") if hasattr(call, "panel") else None
    if panel is not None:
        call = panel.call
        call.panel = panel
    allow(actor, "rank_proposals", call)
    assert panel is not None  # the law wants a panel that scores
    must_be_complete(panel)
    must_have_discussed(panel)
    inputs = frozen_inputs(panel)
    sha256 = sha256_of(inputs)
    ranking = Ranking.objects.create(
        call=call,
        policy=call.aggregation,
        inputs=inputs,
        sha256=sha256,
        reliability=_beside(call, inputs, sha256),
        computed_by=actor,
        computed_at=clock.now(),
    )
    places = _placed(ranking)
    panel.move_to(PanelState.CLOSED)
    # what judges are owed is worked out on the floor above, from what they did here
    schedule("panel_closed", clock.now(), key=f"panel_closed:{panel.pk}", call=call.pk)
    key = f"proposals_ranked:{ranking.pk}"  # and buyers' shelves hold what is ranked
    schedule("proposals_ranked", clock.now(), key=key, ranking=ranking.pk)
    told = {"revisions": inputs["discussion"]["revisions"]} if "discussion" in inputs else {}
    record(actor, "rank_proposals", call, sha256=ranking.sha256, proposals=places, **told)
    tell(
        officers(),
        "proposals_ranked",
        url=path_to("evaluation:call", call.number),
        call=own_words_lazily(call, "title"),
        proposals=places,
    )
    return ranking


def _beside(call: Call, inputs: dict[str, Any], sha256: str) -> dict[str, Any]:
    """How sure the ranking is, and between whom a lot decides where the call's rules say so."""
    facts = reliability(inputs, seed=sha256)
    if call.line_rule == LineRule.LOTTERY and (groups := close_to_line(call, inputs, facts)):
        facts["by_lot"] = groups
    return facts


def _placed(ranking: Ranking) -> int:
    """A place for each proposal, as computed; how many there are."""
    proposals = {proposal.serial: proposal for proposal in eligible_proposals(ranking.call)}
    places = rank(ranking.inputs)
    for place in places:
        Place.objects.create(
            ranking=ranking,
            proposal=proposals[place.key],
            rank=place.rank,
            score_ten_thousandths=place.printed,
            judges=len(place.totals),
        )
        proposals[place.key].move_to(ProposalState.RANKED)
    return len(places)


@operation
def move_place(place: Place, *, to_rank: int, reason: str, actor: Any) -> Departure:
    """Depart from the computed order: the proposal takes another rank, those between make room.

    Computed ranks and scores stay as they are; the reason is public with the result.
    """
    call = lock(place.ranking.call)  # as publishing the result does
    ranking = lock(place.ranking)
    place.ranking, ranking.call = ranking, call
    allow(actor, "move_place", place)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is published."), field="reason")
    order = decided_order(ranking)
    if not 1 <= to_rank <= len(order):
        raise DomainError(_("There is no such rank."), field="to_rank")
    before = order.index(place.pk) + 1
    if to_rank == before:
        raise DomainError(_("It has this rank already."), field="to_rank")
    departure = Departure.objects.create(
        ranking=ranking,
        place=place,
        from_rank=before,
        to_rank=to_rank,
        reason=reason.strip(),
        decided_by=actor,
        decided_at=clock.now(),
    )
    record(
        actor,
        "move_place",
        call,
        proposal=place.proposal.serial,
        from_rank=before,
        to_rank=to_rank,
        reason=reason.strip(),
    )
    return departure

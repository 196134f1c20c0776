"""Bidders that hang together: found when the envelopes are open, never before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bidding.calls.models import Call
from bidding.proposals.models import Proposal
from bidding.proposals.states import OPEN
from foundation.organisations.relations import clusters


def related_bidders(
    call: Call, proposals: Iterable[Proposal] | None = None
) -> list[list[Proposal]]:
    """Groups of opened proposals in one lot whose bidders have the same head or a controlling
    relation, as far as the platform's data show."""
    by_lot: dict[int, dict[int, Proposal]] = defaultdict(dict)
    opened = Proposal.objects.filter(call=call, state__in=OPEN).select_related("organisation")
    rows = opened if proposals is None else proposals
    for proposal in sorted(rows, key=lambda row: (row.lot_id, row.serial)):
        by_lot[proposal.lot_id][proposal.organisation_id] = proposal
    bidders = [proposal.organisation for lot in by_lot.values() for proposal in lot.values()]
    together = clusters(bidders)
    groups = [
        [proposal for pk, proposal in lot.items() if pk in cluster]
        for lot in by_lot.values()
        for cluster in together
    ]
    return [group for group in groups if len(group) > 1]

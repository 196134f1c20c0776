"""Bidders that hang together: found when the envelopes are open, never before."""

from __future__ import annotations

from bidding.calls.models import Call
from bidding.proposals.models import Proposal
from bidding.proposals.states import OPEN
from foundation.organisations.models import Membership, MembershipRole
from foundation.organisations.standing_models import RelatedParty, Relation


def related_bidders(call: Call) -> list[list[Proposal]]:
    """Groups of opened proposals in one lot whose bidders have the same head or a controlling
    relation, as far as the platform's data show; three queries."""
    proposals = list(
        Proposal.objects.filter(call=call, state__in=OPEN)
        .select_related("organisation", "lot__category")
        .order_by("serial")
    )
    marks = _marks_of({proposal.organisation_id for proposal in proposals})
    groups: list[list[Proposal]] = []
    for lot in sorted({proposal.lot_id for proposal in proposals}):
        inside = [proposal for proposal in proposals if proposal.lot_id == lot]
        groups += _together(inside, marks)
    return groups


def _marks_of(organisations: set[int]) -> dict[int, set[str]]:
    """Organisation id → what it may share with another: its head, a controlling body or person."""
    marks: dict[int, set[str]] = {pk: {f"body:{pk}"} for pk in organisations}
    heads = Membership.objects.filter(
        organisation__in=organisations, role=MembershipRole.REPRESENTATIVE, ended_at=None
    )
    for organisation, name in heads.values_list("organisation", "person__name"):
        marks[organisation].add(f"person:{name}")
    relations = RelatedParty.objects.filter(ended_at=None, organisation__in=organisations).exclude(
        relation=Relation.KIN
    )
    for row in relations:
        marks[row.organisation_id].add(
            f"body:{row.other_id}" if row.other_id else f"person:{row.person_name}"
        )
    # what is declared about a bidder by somebody who does not bid also ties bidders together
    for row in RelatedParty.objects.filter(ended_at=None, other__in=organisations).exclude(
        relation=Relation.KIN
    ):
        marks[row.other_id].add(f"body:{row.organisation_id}")
    return marks


def _together(proposals: list[Proposal], marks: dict[int, set[str]]) -> list[list[Proposal]]:
    """The groups of two and more that share a mark, directly or through one another."""
    groups: list[tuple[set[str], list[Proposal]]] = []
    for proposal in proposals:
        mine, members = set(marks[proposal.organisation_id]), [proposal]
        apart = []
        for theirs, others in groups:
            if theirs & mine:
                mine |= theirs
                members = others + members
            else:
                apart.append((theirs, others))
        groups = [*apart, (mine, members)]
    return [members for _marks, members in groups if len(members) > 1]

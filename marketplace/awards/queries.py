"""What people want to know about awards."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import override

from bidding.calls.models import Call
from bidding.notices.lines import Line
from foundation.organisations.rules import roles_of
from marketplace.awards.models import Award
from marketplace.awards.states import AwardState
from marketplace.matching.models import AllocationRun
from marketplace.matching.queries import sees_all

HOLDING = (AwardState.PENDING, AwardState.ACTIVE)
"""States in which an award's money stands reserved."""


def awards_visible_to(person: Any) -> QuerySet[Award]:
    """For the federation all; for others those of their organisations, once published."""
    awards = Award.objects.all()
    if sees_all.test(person):
        return awards
    mine = list(roles_of(person))
    return awards.filter(
        Q(proposal__organisation__in=mine) | Q(buyer__in=mine), notice__isnull=False
    )


def lines_of_result(run: AllocationRun) -> list[Line]:
    """What a result's notice says of every ranked proposal, in the order of the ranking.

    A notice is frozen, so its reasons are written once, in Chinese.
    """
    awards = {award.proposal_id: award for award in run.awards.all()}
    refusals = {match.proposal_id: match for match in run.matches.filter(amount_fen=0)}
    places = run.call.ranking.places.select_related(
        "proposal__organisation", "proposal__lot__category"
    )
    lines = []
    with override("zh-hans"):
        for place in places.order_by("rank"):
            proposal = place.proposal
            award, refusal = awards.get(proposal.pk), refusals.get(proposal.pk)
            lines.append(
                Line(
                    proposal=proposal.pk,
                    title=proposal.title,
                    organisation=proposal.organisation.name,
                    category=proposal.lot.category.name,
                    category_en=proposal.lot.category.name_en,
                    awarded=award is not None,
                    amount_fen=award.amount_fen if award else 0,
                    place=place.rank,
                    score=f"{place.score:.2f}",
                    reason=refusal.why_not if refusal else "",
                )
            )
    return lines


def published_results_of(call: Call) -> QuerySet[Award]:
    """The awards of a call, by rank."""
    awards = Award.objects.filter(proposal__call=call)
    return awards.select_related("proposal__organisation", "buyer").order_by("proposal__place")

"""What people want to know about awards."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from bidding.calls.models import Call
from foundation.organisations.rules import roles_of
from marketplace.awards.models import Award
from marketplace.awards.states import AwardState
from marketplace.ledger import accounts
from marketplace.ledger.models import Account
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


def lines_of_result(run: AllocationRun) -> list[dict[str, Any]]:
    """What a result's notice says of every ranked proposal, in the order of the ranking."""
    awards = {award.proposal_id: award for award in run.awards.select_related("buyer")}
    refusals = {match.proposal_id: match for match in run.matches.filter(amount_fen=0)}
    places = run.call.ranking.places.select_related(
        "proposal__organisation", "proposal__lot__category"
    )
    lines = []
    for place in places.order_by("rank"):
        proposal = place.proposal
        award, refusal = awards.get(proposal.pk), refusals.get(proposal.pk)
        lines.append(
            {
                "proposal": proposal.pk,
                "rank": place.rank,
                "title": proposal.title,
                "organisation": proposal.organisation.name,
                "category": proposal.lot.category_id,
                "score": f"{place.score:.4f}",
                "amount_fen": award.amount_fen if award else 0,
                "buyer": award.buyer.name if award else "",
                "why_not": refusal.reason if refusal else "",
                "have_fen": refusal.have_fen if refusal else 0,
                "needed_fen": refusal.needed_fen if refusal else 0,
            }
        )
    return lines


def published_results_of(call: Call) -> QuerySet[Award]:
    """The awards of a call, by rank."""
    awards = Award.objects.filter(proposal__call=call)
    return awards.select_related("proposal__organisation", "buyer").order_by("proposal__place")


def faults_of_reservations() -> list[str]:
    """Awards whose promise is not what stands in their accounts, a sentence each."""
    wrong = []
    held = {
        account.code: account.balance_fen
        for account in Account.objects.filter(place=accounts.RESERVED)
    }
    awards = Award.objects.select_related("fund").prefetch_related("shares")
    for award in awards.iterator(chunk_size=500):
        for share in award.shares.all():
            code = accounts.award_reserved(award.fund, award.pk, share.pocket)
            promised = share.amount_fen if award.state in HOLDING else 0
            if held.pop(code, 0) != promised:
                wrong.append(f"award {award.pk}: {code} does not hold {promised}")
    wrong += [f"{code} holds {fen} for no award" for code, fen in held.items() if fen]
    return wrong

"""From rows to the problem that is computed, and from its groups back to names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bidding.calls.models import Call
from bidding.evaluation.queries import decided_ranks
from bidding.needs.models import Category
from bidding.proposals.models import Proposal
from bidding.proposals.queries import with_asked
from bidding.proposals.states import ProposalState
from foundation.organisations.models import District, Organisation
from marketplace.ledger import accounts
from marketplace.ledger.models import Account, Fund
from marketplace.matching.allocation import (
    Candidate,
    Envelope,
    Limit,
    Problem,
    Promise,
    problem_from_facts,
)
from marketplace.matching.limit_models import Exclusion, GroupLimit
from marketplace.matching.models import AllocationRun, Counted, Pledge
from marketplace.matching.queries import pocket_of
from marketplace.matching.states import PledgeState


def problem_of(call: Call, fund: Fund, *, counted: str = Counted.SCORE) -> Problem:
    """What an allocation of this call out of this fund would be computed from, as it stands now."""
    proposals = with_asked(
        Proposal.objects.filter(call=call, state=ProposalState.RANKED, place__isnull=False)
    )
    proposals = proposals.select_related("place", "lot").prefetch_related("districts")
    ranks = decided_ranks(call)
    seed = accounts.fund_available(fund)
    promises = _promises(call, fund)
    codes = {seed, *(one.pocket for made in promises.values() for one in made)}
    held = dict.fromkeys(codes, 0)
    for account in Account.objects.filter(code__in=codes):
        held[account.code] = account.balance_fen
    limits = GroupLimit.objects.filter(call=call)
    return Problem(
        candidates=tuple(
            _candidate(proposal, ranks[proposal.pk], counted, promises.get(proposal.pk, []))
            for proposal in proposals
        ),
        lots={
            lot.pk: Envelope(lot.ceiling_fen, lot.proposal_ceiling_fen) for lot in call.lots.all()
        },
        pockets=held,
        seed=seed,
        limits=tuple(Limit(one.group, one.floor_fen, one.ceiling_fen) for one in limits),
        exclusions=tuple(Exclusion.objects.filter(call=call).values_list("first", "second")),
    )


def _promises(call: Call, fund: Fund) -> dict[int, list[Promise]]:
    """{proposal: what was promised for it}, in the order it was."""
    promises: dict[int, list[Promise]] = defaultdict(list)
    pledges = Pledge.objects.filter(
        proposal__call=call, fund=fund, state=PledgeState.PROMISED
    ).select_related("buyer")
    for pledge in pledges.order_by("pk"):
        pocket = pocket_of(fund, pledge.buyer, pledge.money)
        promises[pledge.proposal_id].append(
            Promise(pledge.pk, pledge.buyer_id, pocket, pledge.amount_fen)
        )
    return promises


def _candidate(proposal: Any, rank: int, counted: str, promises: list[Promise]) -> Candidate:
    """One proposal: its value is its score in ten-thousandths, times the people where they count;
    whoever scored nothing counts nothing."""
    value = max(proposal.place.score_ten_thousandths, 0)
    if counted == Counted.PEOPLE:
        value *= proposal.headcount or 0
    groups = [f"category:{proposal.lot.category_id}", f"organisation:{proposal.organisation_id}"]
    groups += [f"district:{district.pk}" for district in proposal.districts.all()]
    return Candidate(
        proposal=proposal.pk,
        rank=rank,
        lot=proposal.lot_id,
        asked=proposal.asked_fen,
        least=min(proposal.least_fen or proposal.asked_fen, proposal.asked_fen),
        promises=tuple(promises),
        value=value,
        groups=tuple(sorted(groups)),
    )


def stated_anew(run: AllocationRun) -> Problem:
    """The problem of a run as it would be now, under the limits the run was computed with."""
    frozen = problem_from_facts(run.inputs)
    return replace(
        problem_of(run.call, run.fund, counted=run.counted),
        limits=frozen.limits,
        exclusions=frozen.exclusions,
        needs_buyer=frozen.needs_buyer,
    )


def names_of(groups: Iterable[str]) -> dict[str, Any]:
    """{group: the category, district or organisation it is} (three queries at most)."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        kind, _colon, key = group.partition(":")
        wanted[kind].add(key)
    found: dict[str, Any] = {}
    for kind, model in (
        ("category", Category),
        ("district", District),
        ("organisation", Organisation),
    ):
        if wanted[kind]:
            rows = model._default_manager.filter(pk__in=wanted[kind])
            found |= {f"{kind}:{row.pk}": row for row in rows}
    return found

"""What buyers and officers do before the money is shared out: interest, promises, computations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles
from foundation.errors import DomainError, Forbidden
from foundation.face.values import own_words_lazily
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.organisations.queries import officers_of
from foundation.permissions import SYSTEM, allow
from foundation.seals.chain import sha256_of
from marketplace.ledger.models import Account, Fund
from marketplace.ledger.rules import runs_today
from marketplace.matching import kinds  # noqa: F401  # importing it registers the kinds
from marketplace.matching.allocation import POLICIES, plan_from_facts, problem_as_facts
from marketplace.matching.models import AllocationRun, Counted, Interest, Money, Pledge, Policy
from marketplace.matching.problems import problem_of
from marketplace.matching.queries import free_fen, pocket_of
from marketplace.matching.rules import buying_for
from marketplace.matching.runs import keep_outcome
from marketplace.matching.solving import compute
from marketplace.matching.states import PledgeState, RunState


def _buyer(person: Any, buyer: Organisation) -> None:
    """A person speaks only for a union body they act for."""
    if buyer.pk not in buying_for(person):
        raise Forbidden(_("You do not act for this union body."))


@operation
def show_interest(
    proposal: Proposal, *, buyer: Organisation, note: str = "", actor: Any
) -> Interest:
    """A union body says it wants to talk; saying it again renews the note."""
    proposal = lock(proposal, "organisation")
    allow(actor, "show_interest", proposal)
    _buyer(actor, buyer)
    interest, _created = Interest.objects.update_or_create(
        buyer=buyer,
        proposal=proposal,
        defaults={
            "note": note,
            "shown_by": actor,
            "shown_at": clock.now(),
            "withdrawn_at": None,
        },
    )
    record(actor, "show_interest", proposal, buyer=buyer.pk)
    tell(
        officers_of(proposal.organisation),
        "interest_shown",
        url=path_to("matching:interests"),
        buyer=str(buyer),
        proposal=str(proposal),
        note=note,
    )
    return interest


@operation
def withdraw_interest(interest: Interest, *, actor: Any) -> Interest:
    """A union body takes its interest back."""
    interest = lock(interest, "buyer", "proposal__organisation")
    allow(actor, "withdraw_interest", interest)
    interest.withdrawn_at = clock.now()
    interest.save(update_fields=["withdrawn_at"])
    record(actor, "withdraw_interest", interest.proposal, buyer=interest.buyer_id)
    tell(
        officers_of(interest.proposal.organisation),
        "interest_withdrawn",
        url=path_to("matching:interests"),
        buyer=str(interest.buyer),
        proposal=str(interest.proposal),
    )
    return interest


@operation
def pledge_money(
    proposal: Proposal,
    *,
    buyer: Organisation,
    fund: Fund,
    money: str,
    amount_fen: int,
    actor: Any,
) -> Pledge:
    """A union body promises money it has: allocated to it, or its own that has arrived.

    The buyer's row is locked, so that two promises at once cannot both count the same money;
    its pocket's, so that nobody takes back what is being promised. The fund's comes first, as in
    everything that moves its money: a pledge points to it, and would wait for it in the end.
    """
    fund = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    proposal = lock(proposal, "organisation", "lot")
    allow(actor, "pledge_money", proposal)
    _buyer(actor, buyer)
    _still_runs(fund, field="money")
    buyer = lock(buyer)
    pocket = Account.objects.select_for_update(no_key=True)
    pocket.filter(code=pocket_of(fund, buyer, money)).first()
    _must_be_free(proposal, buyer, fund, money, amount_fen)
    pledge = Pledge.objects.create(
        buyer=buyer,
        proposal=proposal,
        fund=fund,
        money=money,
        amount_fen=amount_fen,
        promised_by=actor,
        promised_at=clock.now(),
    )
    record(actor, "pledge_money", proposal, pledge=pledge.pk, buyer=buyer.pk, fen=amount_fen)
    tell(
        officers_of(proposal.organisation),
        "money_pledged",
        url=path_to("matching:interests"),
        buyer=str(buyer),
        proposal=str(proposal),
        amount_fen=amount_fen,
    )
    return pledge


def _still_runs(fund: Fund, *, field: str) -> None:
    """Nothing new is promised or shared out of a fund that has ended."""
    if sentence := runs_today(fund):
        raise DomainError(sentence, field=field)


def _must_be_free(
    proposal: Proposal, buyer: Organisation, fund: Fund, money: str, amount_fen: int
) -> None:
    """A promise keeps the lot's ceiling, is made once, and of money promised nowhere else."""
    if amount_fen > proposal.lot.proposal_ceiling_fen:
        raise DomainError(
            _("One proposal of this lot may get at most %(ceiling)s.")
            % {"ceiling": yuan(proposal.lot.proposal_ceiling_fen)},
            field="amount_fen",
        )
    standing = Pledge.objects.filter(
        buyer=buyer, proposal=proposal, money=money, state=PledgeState.PROMISED
    )
    if standing.exists():
        raise DomainError(
            _(
                "You have promised this money for this proposal already. Take that promise back "
                "first to change the amount."
            ),
            field="money",
        )
    free = free_fen(fund, buyer, money)
    if amount_fen > free:
        sentence = (
            _("Of your own money, %(free)s has arrived here and is not promised elsewhere.")
            if money == Money.OWN
            else _("Of the money allocated to you, %(free)s is not promised elsewhere.")
        )
        raise DomainError(sentence % {"free": yuan(max(free, 0))}, field="amount_fen")


@operation
def withdraw_pledge(pledge: Pledge, *, actor: Any) -> Pledge:
    """A union body takes its promise back; once the money is shared out it no longer can."""
    pledge = lock(pledge, "buyer", "proposal__organisation")
    allow(actor, "withdraw_pledge", pledge)
    pledge.move_to(PledgeState.WITHDRAWN)
    record(actor, "withdraw_pledge", pledge.proposal, pledge=pledge.pk, fen=pledge.amount_fen)
    tell(
        officers_of(pledge.proposal.organisation),
        "pledge_withdrawn",
        url=path_to("matching:interests"),
        buyer=str(pledge.buyer),
        proposal=str(pledge.proposal),
        amount_fen=pledge.amount_fen,
    )
    return pledge


@handles("call_cancelled")
def _call_cancelled(*, call: int) -> None:
    """A call was cancelled: nothing promised in it waits any longer."""
    release_pledges(Call.objects.get(pk=call), actor=SYSTEM)


@operation
def release_pledges(call: Call, *, actor: Any) -> list[Pledge]:
    """A cancelled call keeps no union's money: every promise in it is free again, and told.

    The proposals are locked first, as promising does: a promise made meanwhile is seen here.
    """
    call = lock(call)
    allow(actor, "release_pledges", call)
    list(Proposal.objects.select_for_update(of=("self",)).filter(call=call).order_by("pk"))
    rows = Pledge.objects.select_for_update(of=("self",)).select_related("buyer", "proposal")
    standing = list(rows.filter(proposal__call=call, state=PledgeState.PROMISED).order_by("pk"))
    for pledge in standing:
        pledge.move_to(PledgeState.RELEASED)
        tell(
            officers_of(pledge.buyer),
            "pledge_released",
            url=path_to(call),
            call=own_words_lazily(call, "title"),
            proposal=str(pledge.proposal),
            amount_fen=pledge.amount_fen,
        )
    if standing:
        record(actor, "release_pledges", call, fen=sum(pledge.amount_fen for pledge in standing))
    return standing


@operation
def compute_allocation(
    call: Call,
    *,
    fund: Fund,
    policy: str = Policy.RANK,
    counted: str = Counted.SCORE,
    needs_buyer: bool = False,
    actor: Any,
) -> AllocationRun:
    """Share the money out on paper: inputs frozen and fingerprinted, the plan checked, kept.

    By the greatest value it is only asked for: the solver has a process of its own (`solver`).
    """
    call = lock(call)
    allow(actor, "compute_allocation", call)
    _still_runs(fund, field="fund")
    if policy not in POLICIES:
        raise DomainError(_("There is no such rule."), field="policies")
    problem = replace(problem_of(call, fund, counted=counted), needs_buyer=needs_buyer)
    inputs = problem_as_facts(problem)
    run = AllocationRun.objects.create(
        call=call,
        fund=fund,
        policy=policy,
        counted=counted,
        inputs=inputs,
        sha256=sha256_of(inputs),
        computed_by=actor,
        computed_at=clock.now(),
    )
    facts: dict[str, Any] = {"run": run.pk, "fund": fund.code, "sha256": run.sha256}
    if policy != Policy.BEST:
        keep_outcome(run, compute(problem, policy))
        granted = plan_from_facts(run.result["plan"]).granted()
        facts |= {"funded": len(granted), "fen": sum(granted.values())}
    record(actor, "compute_allocation", call, policy=policy, **facts)
    return run


@operation
def set_aside_run(run: AllocationRun, *, actor: Any) -> AllocationRun:
    """Put a computed plan aside, or stop computing it; it stays on record."""
    run = lock(run, "call")
    allow(actor, "set_aside_run", run)
    run.move_to(RunState.SET_ASIDE)
    record(actor, "set_aside_run", run.call, run=run.pk)
    return run

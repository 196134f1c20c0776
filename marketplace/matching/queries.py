"""What buyers, organisations and officers want to know before the money is shared out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from bidding.calls.models import Call, Lot
from bidding.calls.states import CallState
from bidding.evaluation.roadshow_models import Roadshow, Turn
from bidding.evaluation.roadshow_queries import boards
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState
from foundation.money import yuan
from foundation.organisations.models import Organisation
from foundation.organisations.rules import acts_for, roles_of
from foundation.people.rules import is_auditor, is_fund_manager, is_officer
from marketplace.ledger import accounts
from marketplace.ledger.models import Account, Fund, Place
from marketplace.ledger.pockets import PLEDGES
from marketplace.ledger.queries import balance, running_funds
from marketplace.matching.limit_models import Exclusion, GroupLimit
from marketplace.matching.models import AllocationRun, Interest, Match, Money, Pledge
from marketplace.matching.rules import buying_for
from marketplace.matching.shelf_models import Note
from marketplace.matching.states import PledgeState, RunState
from marketplace.payments.queries import PROMISES

sees_all = is_officer | is_fund_manager | is_auditor


def shelf_visible_to(person: Any, *, buys: bool | None = None) -> QuerySet[Proposal]:
    """Ranked proposals whose funding is open: for buyers, and for those who run the contest.

    `buys` says whether the person acts for a union body, where that has been asked already.
    """
    shelf = Proposal.objects.filter(
        state=ProposalState.RANKED, place__isnull=False, call__state=CallState.PUBLISHED
    )
    if sees_all.test(person) or (bool(buying_for(person)) if buys is None else buys):
        return shelf
    return shelf.none()


def interests_visible_to(person: Any) -> QuerySet[Interest]:
    """Of one's own union body, in one's own proposals, or all for those who run the contest."""
    if sees_all.test(person):
        return Interest.objects.all()
    mine = list(roles_of(person))
    return Interest.objects.filter(Q(buyer__in=mine) | Q(proposal__organisation__in=mine))


def heard_turns() -> QuerySet[Turn]:
    """What is or was on stage at a roadshow whose board may be watched."""
    return Turn.objects.filter(roadshow__in=boards(), called_at__isnull=False).select_related(
        "roadshow", "proposal"
    )


def interest_on(proposal: Proposal, buyer: Organisation) -> bool:
    """Has the union body said that it wants to talk about the proposal?"""
    return Interest.objects.filter(proposal=proposal, buyer=buyer, withdrawn_at=None).exists()


def wanted_by(buyer: Organisation, roadshow: Roadshow) -> dict[int, Interest]:
    """Proposal id → the union body's interest, in what comes on this stage."""
    rows = Interest.objects.filter(
        buyer=buyer, withdrawn_at=None, proposal__turn__roadshow=roadshow
    )
    return {row.proposal_id: row for row in rows}


def lots_on_shelf() -> list[Lot]:
    """The lots of calls whose ranking stands, with call and category: what a shelf narrows by."""
    rows = Lot.objects.filter(call__ranking__isnull=False, call__state=CallState.PUBLISHED)
    return list(rows.select_related("call", "category").order_by("-call__closes_at", "pk"))


def notes_visible_to(person: Any) -> QuerySet[Note]:
    """Of one's own union bodies: not even those who run the contest read them."""
    mine = [pk for pk in roles_of(person) if acts_for(person, pk)]
    return Note.objects.filter(buyer__in=mine, struck_at=None)


def pledges_visible_to(person: Any) -> QuerySet[Pledge]:
    """Of one's own union body, or all for those who run the contest."""
    if sees_all.test(person):
        return Pledge.objects.all()
    return Pledge.objects.filter(buyer__in=list(roles_of(person)))


def runs_visible_to(person: Any) -> QuerySet[AllocationRun]:
    """For officers, fund managers and auditors; the public sees the result's notice."""
    if sees_all.test(person):
        return AllocationRun.objects.all()
    return AllocationRun.objects.none()


def refusals_visible_to(person: Any) -> QuerySet[Match]:
    """What runs say to those they refuse: for the federation all; for a bidder its own, of the
    run that was confirmed, once the result is public."""
    refusals = Match.objects.filter(amount_fen=0)
    if sees_all.test(person):
        return refusals
    return refusals.filter(
        proposal__organisation__in=list(roles_of(person)),
        run__state=RunState.CONFIRMED,
        run__call__decided_at__isnull=False,
    )


def published_runs() -> QuerySet[AllocationRun]:
    """The runs by which money was shared out in public: anybody may compute them again."""
    return AllocationRun.objects.filter(
        state=RunState.CONFIRMED, call__decided_at__isnull=False, call__state=CallState.PUBLISHED
    )


def limits_visible_to(person: Any) -> QuerySet[GroupLimit]:
    """Floors and ceilings, for those who share money out or watch it."""
    limits = GroupLimit.objects.all()
    return limits if sees_all.test(person) else limits.none()


def exclusions_visible_to(person: Any) -> QuerySet[Exclusion]:
    """Proposals that exclude each other, for those who share money out or watch it."""
    exclusions = Exclusion.objects.all()
    return exclusions if sees_all.test(person) else exclusions.none()


def calls_to_allocate(person: Any) -> QuerySet[Call]:
    """Calls in which a ranking stands, newest first, for those who may see the runs."""
    calls = Call.objects.filter(ranking__isnull=False, state=CallState.PUBLISHED)
    return calls.order_by("-closes_at", "-pk") if sees_all.test(person) else calls.none()


def pocket_of(fund: Fund, buyer: Organisation, money: str) -> str:
    """The account a promise of this buyer draws on."""
    if money == Money.OWN:
        return accounts.buyer_own(fund, buyer)
    return accounts.buyer_available(fund, buyer)


def promised_fen(fund: Fund, buyer: Organisation, money: str) -> int:
    """What the buyer has promised out of this purse and not taken back."""
    pledges = Pledge.objects.filter(fund=fund, buyer=buyer, money=money, state=PledgeState.PROMISED)
    return pledges.aggregate(sum=Sum("amount_fen"))["sum"] or 0


def promised_own(fund: Fund, buyer: Organisation) -> int:
    """What the buyer has promised of its own money: no refund may take it."""
    return promised_fen(fund, buyer, Money.OWN)


PROMISES.append(promised_own)


def pledged_out_of(
    *, funds: Iterable[int] | None = None, organisations: Iterable[int] | None = None
) -> dict[tuple[int, int, str], int]:
    """{(fund, union, place): fen} of the promises that stand, in one query."""
    rows = Pledge.objects.filter(state=PledgeState.PROMISED).order_by()
    if funds is not None:
        rows = rows.filter(fund__in=funds)
    if organisations is not None:
        rows = rows.filter(buyer__in=organisations)
    places = {money: place for place, money in _PURSES.items()}
    summed = rows.values_list("fund", "buyer", "money").annotate(Sum("amount_fen"))
    return {(fund, buyer, places[money]): fen for fund, buyer, money, fen in summed}


PLEDGES.append(pledged_out_of)


def free_fen(fund: Fund, buyer: Organisation, money: str) -> int:
    """What the buyer can still promise out of this purse."""
    return balance(pocket_of(fund, buyer, money)) - promised_fen(fund, buyer, money)


@dataclass(frozen=True)
class Purse:
    """What one buyer has in one purse of one fund, and how much of it is promised."""

    buyer: Organisation
    fund: Fund
    money: str
    balance_fen: int
    promised_fen: int

    @property
    def free_fen(self) -> int:
        """What can still be promised."""
        return self.balance_fen - self.promised_fen

    @property
    def label(self) -> str:
        """The purse's name."""
        return str(Money(self.money).label)

    @property
    def sentence(self) -> str:
        """The purse and what is free in it."""
        return _("%(buyer)s, %(purse)s, %(fund)s: %(free)s free") % {
            "buyer": self.buyer,
            "purse": self.label,
            "fund": self.fund,
            "free": yuan(max(self.free_fen, 0)),
        }


def purses_of(buyers: Iterable[Organisation]) -> list[Purse]:
    """Every purse of these buyers in the funds that still run (one query)."""
    mine = {buyer.pk: buyer for buyer in buyers}
    which = [When(place=place, then=Value(money)) for place, money in _PURSES.items()]
    standing = Pledge.objects.filter(
        buyer=OuterRef("organisation"),
        fund=OuterRef("fund"),
        money=OuterRef("money"),
        state=PledgeState.PROMISED,
    )
    promised = standing.order_by().values("buyer").annotate(fen=Sum("amount_fen")).values("fen")
    pockets = (
        Account.objects.filter(organisation__in=mine, place__in=_PURSES, fund__in=running_funds())
        .annotate(money=Case(*which, output_field=CharField()))
        .annotate(promised_fen=Coalesce(Subquery(promised), 0, output_field=BigIntegerField()))
    )
    return [
        Purse(
            mine[account.organisation_id],
            account.fund,
            account.money,
            account.balance_fen,
            account.promised_fen,
        )
        for account in pockets.select_related("fund").order_by("code")
        if account.organisation_id
    ]


_PURSES: dict[str, str] = {Place.BUYER: Money.ALLOCATED, Place.OWN: Money.OWN}
"""Which purse a pocket of the book is."""


@dataclass(frozen=True)
class Result:
    """What a run says of one proposal: what it gets from where, or why it gets nothing."""

    proposal: Proposal
    lines: list[Match]

    @property
    def granted_fen(self) -> int:
        """All it gets."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def why_not(self) -> str:
        """Why it gets nothing, if so."""
        return self.lines[0].why_not

    @property
    def refusal(self) -> Match:
        """The line that says no."""
        return self.lines[0]


def results_of(run: AllocationRun) -> list[Result]:
    """The run proposal by proposal, in the order of the ranking."""
    matches = run.matches.select_related(
        "proposal__organisation", "proposal__lot__category", "proposal__place", "buyer", "other"
    )
    found: dict[int, Result] = {}
    for match in matches:
        found.setdefault(match.proposal_id, Result(match.proposal, [])).lines.append(match)
    return sorted(found.values(), key=lambda result: result.proposal.place.rank)


@dataclass(frozen=True)
class Change:
    """One change by hand: what the proposal got before, what it gets, who said so and why."""

    proposal: Proposal
    before_fen: int
    amount_fen: int
    reason: str
    by: str
    at: dt.datetime


def changes_of(run: AllocationRun, results: Iterable[Result]) -> list[Change]:
    """Every change by hand since the computed plan, the first one first."""
    proposals = {result.proposal.pk: result.proposal for result in results}
    return [
        Change(
            proposals[one["proposal"]],
            one["before_fen"],
            one["amount_fen"],
            one["reason"],
            one["by"],
            dt.datetime.fromisoformat(one["at"]),
        )
        for one in run.changes
    ]


def confirmed_run(call: Call) -> AllocationRun | None:
    """The run by which the call's money was shared out, if it was."""
    return call.runs.filter(state=RunState.CONFIRMED).first()

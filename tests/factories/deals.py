"""Calls whose ranking stands, and the money and people around them: where deals begin."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from bidding.calls.models import Call, CallKind, Lot
from bidding.calls.states import CallState
from bidding.evaluation.models import Place, Ranking
from bidding.needs.models import Category
from bidding.proposals.content import content_of
from bidding.proposals.models import (
    BudgetLine,
    OpenedContent,
    PlannedMilestone,
    Proposal,
    Submission,
)
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.organisations.models import MembershipRole, Organisation
from foundation.organisations.queries import officers_of
from foundation.people.models import Person, Role
from foundation.seals.chain import sha256_of
from marketplace.agreements.models import Agreement
from marketplace.agreements.operations import draw_up_agreement, offer_agreement, sign_agreement
from marketplace.awards.models import Award
from marketplace.awards.operations import (
    activate_award,
    confirm_allocation,
    morning_after,
    publish_results,
)
from marketplace.delivery.models import Project
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.operations import Line, post
from marketplace.matching.models import Money
from marketplace.matching.operations import compute_allocation, pledge_money
from marketplace.payments.batches import (
    approve_batch,
    confirm_payout,
    make_batch,
    send_batch,
)
from marketplace.payments.models import Payable
from marketplace.payments.operations import (
    enter_invoice,
    record_deposit,
    state_bank_account,
)
from tests.factories.organisations import (
    make_district,
    make_officer,
    make_social,
    make_union,
    member_of,
)
from tests.factories.payments import state_our_account

WAN = 10_000_00
"""Ten thousand yuan, in fen."""


@dataclass
class World:
    """One federation, one street union, one fund with money, one call with its ranking."""

    call: Call
    fund: Fund
    officer: Person
    federation: Organisation
    street: Organisation
    buyer: Person
    lots: dict[str, Lot] = field(default_factory=dict)

    @property
    def signatory(self) -> Person:
        """Who signs for the street union."""
        return self.street.memberships.get(role=MembershipRole.REPRESENTATIVE).person


def make_fund(code: str = "2026-seed", seed_fen: int = 100 * WAN) -> Fund:
    """A fund of this year with so much appropriated."""
    year = clock.today().year
    fund = Fund.objects.create(
        code=code, name="种子资金", starts_on=dt.date(year, 1, 1), ends_on=dt.date(year, 12, 31)
    )
    if seed_fen:
        move("appropriate", fund, accounts.authority(fund), accounts.fund_available(fund), seed_fen)
    return fund


def move(kind: str, fund: Fund, debit: str, credit: str, fen: int) -> None:
    """Post one line, by a fund manager."""
    manager = Person.objects.filter(appointments__role=Role.FUND_MANAGER).first()
    post(
        key=f"test:{kind}:{debit}:{credit}:{fen}",
        kind=kind,
        lines=[Line(debit=debit, credit=credit, amount_fen=fen)],
        reference="test",
        actor=manager or make_officer(Role.FUND_MANAGER),
        fund=fund,
    )


def give(fund: Fund, buyer: Organisation, fen: int, *, own: bool = False) -> None:
    """Money for a union: allocated out of the fund, or its own that arrived."""
    if own:
        record_deposit(
            fund,
            buyer=buyer,
            amount_fen=fen,
            bank_reference=f"D{buyer.pk}-{fen}",
            received_on=clock.today(),
            actor=make_officer(Role.FUND_MANAGER),
        )
    else:
        source = accounts.fund_available(fund)
        move("allocate", fund, source, accounts.buyer_available(fund, buyer), fen)


def make_category(code: str = "life-care") -> Category:
    """One category; the same code gives the same one."""
    position = Category.objects.count() + 1
    return Category.objects.get_or_create(
        code=code, defaults={"position": position, "name": "生活关爱", "name_en": "Life care"}
    )[0]


def make_world(
    seed_fen: int = 100 * WAN,
    lot_fen: int = 60 * WAN,
    *,
    number: str = "2026-01",
    fund: str = "2026-seed",
) -> World:
    """A call opened and ranked (without proposals yet), with the money and people around it."""
    officer = make_officer(name="钱官员")
    federation = make_union(name="浦东新区总工会")
    member_of(federation, MembershipRole.REPRESENTATIVE, name="陈主席")
    street = make_union(federation, name="花木街道总工会", district=make_district("310115104"))
    member_of(street, MembershipRole.REPRESENTATIVE, name="周主席")
    now = clock.now()
    call = Call.objects.create(
        number=number,
        kind=CallKind.CONTEST,
        title="职工服务创投大赛",
        summary="为职工购买服务",
        opens_at=now - dt.timedelta(days=60),
        questions_until=now - dt.timedelta(days=40),
        closes_at=now - dt.timedelta(days=30),
        opened_at=now - dt.timedelta(days=30),
        published_at=now - dt.timedelta(days=61),
        created_by=officer,
        created_at=now - dt.timedelta(days=70),
        state=CallState.PUBLISHED,
    )
    lot = Lot.objects.create(
        call=call,
        category=make_category(),
        ceiling_fen=lot_fen,
        proposal_ceiling_fen=min(20 * WAN, lot_fen),
    )
    inputs = {
        "policy": "mean",
        "criteria": [{"key": "1", "name": "回应需求", "weight": 100}],
        "proposals": [
            {
                "key": f"{rank:03d}",
                "received_at": now.isoformat(),
                "sheets": [{"judge": "1", "points": {"1": 9000 - rank}}],
            }
            for rank in range(1, 31)
        ],
    }
    Ranking.objects.create(
        call=call,
        policy="mean",
        inputs=inputs,
        sha256=sha256_of(inputs),
        computed_by=officer,
        computed_at=now,
    )
    return World(
        call,
        make_fund(fund, seed_fen=seed_fen),
        officer,
        federation,
        street,
        member_of(street, name="采购员"),
        {lot.category_id: lot},
    )


def make_ranked(
    world: World,
    rank: int,
    *,
    asked_fen: int = 10 * WAN,
    least_fen: int | None = None,
    score: float | None = None,
    organisation: Organisation | None = None,
    title: str = "",
    milestones: int = 3,
    **fields: Any,
) -> Proposal:
    """A proposal that was handed in, opened, admitted and ranked, asking for `asked_fen`."""
    organisation = organisation or make_social(f"社会组织{rank}")
    author = officers_of(organisation)[0]
    today = clock.today()
    now = clock.now()
    proposal = Proposal.objects.create(
        call=world.call,
        lot=next(iter(world.lots.values())),
        organisation=organisation,
        serial=f"{rank:03d}",
        title=title or f"项目{rank}",
        summary="为一线职工提供心理关爱",
        audience="一线职工",
        headcount=300,
        starts_on=today + dt.timedelta(days=30),
        ends_on=today + dt.timedelta(days=300),
        goals="服务 300 人",
        plan="十二场讲座",
        least_fen=least_fen,
        created_by=author,
        created_at=now,
        changed_at=now,
        state=ProposalState.RANKED,
        **fields,
    )
    BudgetLine.objects.create(
        proposal=proposal,
        position=1,
        group="activity",
        item="讲座",
        unit="场",
        quantity=1,
        unit_price_fen=asked_fen,
    )
    for number in range(1, milestones + 1):
        PlannedMilestone.objects.create(
            proposal=proposal,
            title=f"节点{number}",
            due_on=today + dt.timedelta(days=30 + 270 * number // milestones),
            measure=f"{100 * number} 人",
        )
    hand_in(proposal, author)
    Place.objects.create(
        ranking=world.call.ranking,
        proposal=proposal,
        rank=rank,
        score_ten_thousandths=int((score if score is not None else 95 - rank) * 10_000),
        judges=3,
    )
    return proposal


def hand_in(proposal: Proposal, author: Any) -> Submission:
    """The envelope of a proposal as it stands."""
    content = content_of(proposal)
    envelope = Submission.objects.create(
        proposal=proposal,
        version=1,
        receipt=f"{proposal.call.number}-{proposal.serial}-1",
        revision=1,
        sha256=sha256_of(content),
        submitted_by=author,
        submitted_at=clock.now(),
    )
    OpenedContent.objects.create(submission=envelope, content=content)
    return envelope


def signatory_of(organisation: Organisation) -> Person:
    """Who signs for an organisation; its person as the database knows them now."""
    member = organisation.memberships.get(role=MembershipRole.REPRESENTATIVE, ended_at=None)
    return Person.objects.get(pk=member.person_id)


def make_award(world: World, *, pledged_fen: int = 6 * WAN, **fields: Any) -> Award:
    """An award that stands: pledged for, shared out, published, its notice over.

    It was published so long ago that nobody may object any more: its agreement can be signed.
    """
    proposal = make_ranked(world, fields.pop("rank", 1), **fields)
    if pledged_fen:
        give(world.fund, world.street, pledged_fen)
        pledge_money(
            proposal,
            buyer=world.street,
            fund=world.fund,
            money=Money.ALLOCATED,
            amount_fen=pledged_fen,
            actor=world.buyer,
        )
    run = compute_allocation(world.call, fund=world.fund, actor=world.officer)
    (award,) = confirm_allocation(run, actor=world.officer)
    with clock.at(clock.now() - dt.timedelta(days=35)):
        publish_results(world.call, actor=world.officer)
    with clock.at(after_notice(award)):
        return activate_award(award, actor=world.officer)


def after_notice(award: Award) -> dt.datetime:
    """The first hour after the last day of the award's notice."""
    award.refresh_from_db()
    assert award.notice is not None
    return morning_after(award.notice.last_day) + dt.timedelta(hours=1)


def make_offered(world: World, **fields: Any) -> Agreement:
    """An agreement that waits for its signatures."""
    award = make_award(world, **fields)
    agreement = draw_up_agreement(award, actor=world.officer)
    return offer_agreement(agreement, actor=world.officer)


def sign_all(agreement: Agreement) -> Agreement:
    """Every side signs."""
    for party in agreement.parties.select_related("organisation"):
        person = signatory_of(party.organisation)
        sign_agreement(party, name=person.name, actor=person)
    return Agreement.objects.get(pk=agreement.pk)


def make_project(world: World, **fields: Any) -> Project:
    """A project that has just begun."""
    return Project.objects.get(agreement=sign_all(make_offered(world, **fields)))


def pay_all(agreement: Agreement) -> None:
    """Everything owed under the agreement is invoiced, batched by two people and paid."""
    organisation = agreement.award.proposal.organisation
    keeper = signatory_of(organisation)
    if not organisation.bank_accounts.exists():
        state_bank_account(
            organisation,
            holder=organisation.name,
            bank="工商银行浦东支行",
            number="6222020200112233445",
            actor=keeper,
        )
    references = [f"tranche:{tranche.pk}" for tranche in agreement.tranches.all()]
    payables = list(Payable.objects.filter(reference__in=references).exclude(state="paid"))
    for payable in payables:
        enter_invoice(
            payable,
            number=f"{payable.pk:08d}",
            issued_on=clock.today(),
            amount_fen=payable.amount_fen,
            seller_uscc=organisation.uscc,
            actor=keeper,
        )
    if not payables:
        return
    state_our_account()
    maker, checker = make_officer(Role.FUND_MANAGER), make_officer(Role.FUND_MANAGER)
    batch = make_batch(agreement.award.fund, payables=payables, actor=maker)
    batch = send_batch(approve_batch(batch, actor=checker), actor=maker)
    for payout in batch.payouts.all():
        confirm_payout(payout, actor=maker)

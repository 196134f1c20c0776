"""The demo's money: funds, budgets, pledges, allocation, awards, notices and agreements."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile

from bidding.calls.models import Call
from bidding.notices.models import Notice
from bidding.notices.operations import answer_objection, file_objection
from bidding.proposals.budget import totals_of
from bidding.proposals.models import Proposal
from cms.demo.town import Town, certificate
from foundation import clock
from foundation.money import yuan
from foundation.organisations.models import Organisation
from foundation.permissions import SYSTEM
from marketplace.agreements.models import Agreement
from marketplace.agreements.operations import draw_up_agreement, offer_agreement, sign_agreement
from marketplace.agreements.rules import first_day_to_sign
from marketplace.awards.models import Award
from marketplace.awards.operations import activate_award, confirm_allocation, publish_results
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.operations import allocate_budget, appropriate_fund, create_fund
from marketplace.ledger.queries import balance
from marketplace.matching.operations import compute_allocation, pledge_money, show_interest

THOUSAND_YUAN = 1_000_00


def set_up_fund(
    town: Town, *, code: str, name: str, name_en: str, begins: dt.date, ends: dt.date
) -> Fund:
    """A seed fund, still without money."""
    return create_fund(
        code=code,
        name=name,
        name_en=name_en,
        starts_on=begins,
        ends_on=ends,
        actor=town["fund"],
    )


def asked_by_rank(call: Call) -> list[tuple[Proposal, int]]:
    """The ranked proposals with what each asks for, best first."""
    ranked = Proposal.objects.filter(call=call, state="ranked").order_by("place__rank")
    return [(p, totals_of(p.budget.all()).asked_fen) for p in ranked.prefetch_related("budget")]


def give_budgets(town: Town, fund: Fund, call: Call, *, winners: int, buyers: int) -> None:
    """A third of what the first `winners` ask for goes to the buyers' own budgets."""
    manager = town["fund"]
    asked = sum(asked for _proposal, asked in asked_by_rank(call)[:winners])
    each = asked // 3 // buyers // THOUSAND_YUAN * THOUSAND_YUAN
    _appropriate(town, fund, each * buyers - balance(accounts.fund_available(fund)))
    for union in town.unions[:buyers]:
        allocate_budget(fund, buyer=union, amount_fen=each, reason="按职工人数分配", actor=manager)


def top_up(town: Town, fund: Fund, call: Call, *, winners: int) -> None:
    """Seed money for what the buyers' promises leave open of the first `winners`."""
    asked = sum(asked for _proposal, asked in asked_by_rank(call)[:winners])
    _appropriate(
        town,
        fund,
        asked - sum(town.pledged.values()) - balance(accounts.fund_available(fund)),
    )


def _appropriate(town: Town, fund: Fund, amount_fen: int) -> None:
    whole = -(-amount_fen // THOUSAND_YUAN) * THOUSAND_YUAN
    if whole > 0:
        paper = certificate(f"Resolution on {fund.name_en}: {yuan(whole)[1:]} yuan")
        appropriate_fund(
            fund,
            amount_fen=whole,
            reason="年度创投种子资金预算批复",
            upload=ContentFile(paper.read(), name="resolution.pdf"),
            actor=town["fund"],
        )


def lay_ready(town: Town, fund: Fund, *, seed_fen: int, each_fen: int, buyers: int) -> None:
    """Money for a contest that is still being judged: some for buyers to pledge, some seed."""
    _appropriate(town, fund, seed_fen + each_fen * buyers)
    for union in town.unions[:buyers]:
        allocate_budget(
            fund, buyer=union, amount_fen=each_fen, reason="本场征集认购额度", actor=town["fund"]
        )


def court(town: Town, fund: Fund, call: Call, *, winners: int, buyers: int) -> None:
    """Each buyer shows interest in its share of the shelf and pledges a third of what is asked."""
    for number, (proposal, asked) in enumerate(asked_by_rank(call)[:winners]):
        union: Organisation = town.unions[number % buyers]
        chair = town.buyer_of(union)
        show_interest(proposal, buyer=union, note="希望在我街镇先行试点。", actor=chair)
        free = balance(accounts.buyer_available(fund, union)) - town.pledged.get(union.pk, 0)
        amount = min(asked // 3, free) // THOUSAND_YUAN * THOUSAND_YUAN
        if amount > 0:
            pledge_money(
                proposal,
                buyer=union,
                fund=fund,
                money="allocated",
                amount_fen=amount,
                actor=chair,
            )
            town.pledged[union.pk] = town.pledged.get(union.pk, 0) + amount


def decide(town: Town, fund: Fund, call: Call) -> Notice:
    """Compute by rank, confirm (the money is reserved at once), publish the result."""
    officer = town["officer"]
    run = compute_allocation(call, fund=fund, actor=officer)
    confirm_allocation(run, actor=officer)
    town.pledged.clear()
    return publish_results(call, actor=officer)


def object_and_answer(town: Town, notice: Notice) -> None:
    """A named citizen objects within the period; the officer answers with reasons."""
    award = Award.objects.filter(notice=notice).order_by("pk").first()
    assert award is not None
    moment = dt.datetime.combine(notice.first_day, dt.time(10), clock.SHANGHAI)
    with clock.at(moment):
        objection = file_objection(
            notice,
            proposal=award.proposal,
            text="该项目负责人的职业资格证书可能已过期，请核查。",
            name="钱国栋",
            contact="021-55550123",
            actor=SYSTEM,
        )
    with clock.at(moment + dt.timedelta(days=2)):
        answer_objection(
            objection,
            upheld=False,
            answer="已核对证书原件，有效期内。异议不成立，感谢监督。",
            actor=town["officer2"],
        )


def activate(notice: Notice) -> dt.datetime:
    """The notice period is over: the awards stand. Returns that moment."""
    moment = dt.datetime.combine(notice.last_day + dt.timedelta(days=1), dt.time(8), clock.SHANGHAI)
    with clock.at(moment):
        for award in Award.objects.filter(notice=notice, state="pending").order_by("pk"):
            activate_award(award, actor=SYSTEM)
    return moment


def agree(town: Town, award: Award, moment: dt.datetime, *, sign: bool = True) -> Agreement:
    """Draw up and offer; both sides sign on the first day on which they may."""
    with clock.at(moment + dt.timedelta(hours=3)):
        agreement = draw_up_agreement(award, actor=town["officer"])
        agreement = offer_agreement(agreement, actor=town["officer"])
    if sign:
        first = first_day_to_sign(award)
        with clock.at(dt.datetime.combine(first, dt.time(8), clock.SHANGHAI)):
            for party in agreement.parties.select_related("organisation").order_by("-side"):
                signer = town.signer_of(party.organisation)
                sign_agreement(party, name=signer.name, actor=signer)
    return agreement

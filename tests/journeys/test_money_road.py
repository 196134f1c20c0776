"""The whole road of a call's money, from ranked proposals to a closed project, books clean."""

import datetime as dt

import pytest

from foundation import clock
from foundation.due.operations import work_off
from marketplace.agreements.models import Agreement
from marketplace.agreements.operations import (
    draw_up_agreement,
    offer_agreement,
    refuse_agreement,
    sign_agreement,
)
from marketplace.agreements.rules import first_day_to_sign
from marketplace.agreements.states import AgreementState
from marketplace.awards.models import Award
from marketplace.awards.operations import (
    confirm_allocation,
    decline_award,
    morning_after,
    publish_results,
)
from marketplace.awards.states import AwardState
from marketplace.delivery.models import Project
from marketplace.delivery.operations import (
    accept_milestone,
    close_project,
    report_milestone,
    return_milestone,
    terminate_project,
)
from marketplace.delivery.states import ProjectState
from marketplace.ledger import accounts
from marketplace.ledger.models import Account
from marketplace.ledger.queries import balance, sums_by_place
from marketplace.ledger.verification import verify_books
from marketplace.matching.models import Money
from marketplace.matching.operations import compute_allocation, pledge_money, show_interest
from tests.factories.deals import (
    WAN,
    after_notice,
    give,
    make_ranked,
    make_world,
    pay_all,
    signatory_of,
)

pytestmark = pytest.mark.django_db


def books_are_clean():
    assert verify_books() == []
    assert sum(account.balance_fen for account in Account.objects.all()) == 0


def report_and_accept(world, milestone, spent):
    provider = signatory_of(milestone.project.organisation)
    report_milestone(milestone, text="完成", served=150, spent_fen=spent, actor=provider)
    books_are_clean()
    accept_milestone(milestone, actor=world.buyer)
    books_are_clean()


def signed(world, award):
    agreement = offer_agreement(draw_up_agreement(award, actor=world.officer), actor=world.officer)
    for party in agreement.parties.select_related("organisation"):
        person = signatory_of(party.organisation)
        sign_agreement(party, name=person.name, actor=person)
        books_are_clean()
    return Agreement.objects.get(pk=agreement.pk)


def test_the_money_of_a_call_from_ranking_to_closed_project():
    world = make_world(seed_fen=100 * WAN, lot_fen=50 * WAN)
    fund, street = world.fund, world.street
    proposals = [make_ranked(world, rank) for rank in range(1, 7)]
    give(fund, street, 8 * WAN)
    give(fund, street, 3 * WAN, own=True)
    books_are_clean()
    for money, fen in ((Money.ALLOCATED, 4 * WAN), (Money.OWN, 3 * WAN)):
        pledge_money(
            proposals[0],
            buyer=street,
            fund=fund,
            money=money,
            amount_fen=fen,
            actor=world.buyer,
        )
    show_interest(proposals[1], buyer=street, actor=world.buyer)

    run = compute_allocation(world.call, fund=fund, actor=world.officer)
    confirm_allocation(run, actor=world.officer)
    books_are_clean()
    assert sums_by_place(fund)["reserved"] == 50 * WAN

    publish_results(world.call, actor=world.officer)
    awards = list(Award.objects.order_by("proposal__place__rank"))
    assert [award.amount_fen for award in awards] == [10 * WAN] * 5
    declined = awards[4]
    decline_award(declined, reason="人手不足", actor=signatory_of(declined.proposal.organisation))
    books_are_clean()
    with clock.at(after_notice(awards[0])):
        work_off()
        for award in awards:
            award.refresh_from_db()
        assert [award.state for award in awards] == [AwardState.ACTIVE] * 4 + [AwardState.DECLINED]

    may_sign = morning_after(first_day_to_sign(awards[0]))
    with clock.at(may_sign):
        first, second = signed(world, awards[0]), signed(world, awards[1])
        refused = offer_agreement(
            draw_up_agreement(awards[2], actor=world.officer), actor=world.officer
        )
        buyer_side = refused.parties.get(side="buyer")
        # seed money alone pays for it, so the federation is its buyer
        assert buyer_side.organisation == world.federation

    project = Project.objects.get(agreement=first)
    one, midterm, final = project.milestones.all()
    report_and_accept(world, one, 3 * WAN)
    provider = signatory_of(project.organisation)
    report_milestone(midterm, text="中期", served=10, spent_fen=1, actor=provider)
    return_milestone(midterm, reason="不完整", actor=world.buyer)
    books_are_clean()
    report_and_accept(world, midterm, 5 * WAN)
    report_and_accept(world, final, 1 * WAN + 5_000_00)
    pay_all(first)
    books_are_clean()
    close_project(project, score_hundredths=9100, lessons="提前排期", actor=world.buyer)
    books_are_clean()
    project.refresh_from_db()
    first.refresh_from_db()
    assert (project.state, project.grade, project.served) == (ProjectState.CLOSED, "A", 450)
    assert first.state == AgreementState.COMPLETED
    # 5,000 yuan were not spent: 40 % the street's budget, 30 % its own money, 30 % seed
    assert balance(accounts.buyer_available(fund, street)) == 4 * WAN + 2_000_00
    assert balance(accounts.buyer_own(fund, street)) == 1_500_00

    broken = Project.objects.get(agreement=second)
    terminate_project(broken, reason="机构停业", actor=world.officer)
    books_are_clean()
    pay_all(second)
    books_are_clean()
    # of 100 seed + 3 own: 9.5 and 5 are paid, 20 still reserved for awards three and four
    held = sums_by_place(fund)
    assert held["paid"] == 14 * WAN + 5_000_00
    assert held["reserved"] == 20 * WAN
    assert held["encumbered"] == held["payable"] == 0
    with clock.at(after_notice(awards[0]) + dt.timedelta(days=60)):
        work_off()
    books_are_clean()
    refused.refresh_from_db()
    assert refused.state == AgreementState.REFUSED
    assert sums_by_place(fund)["reserved"] == 10 * WAN


def test_a_refused_agreement_sends_everything_home():
    world = make_world()
    make_ranked(world, 1)
    run = compute_allocation(world.call, fund=world.fund, actor=world.officer)
    (award,) = confirm_allocation(run, actor=world.officer)
    publish_results(world.call, actor=world.officer)
    with clock.at(after_notice(award)):
        work_off()
        award.refresh_from_db()
        agreement = offer_agreement(
            draw_up_agreement(award, actor=world.officer), actor=world.officer
        )
        party = agreement.parties.get(side="provider")
        refuse_agreement(party, reason="条件变化", actor=signatory_of(party.organisation))
    books_are_clean()
    assert balance(accounts.fund_available(world.fund)) == 100 * WAN

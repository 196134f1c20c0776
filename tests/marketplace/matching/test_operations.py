"""Interest, promises and computations: what is refused changes nothing."""

import datetime as dt

import pytest

from bidding.calls.operations import cancel_call
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.queries import history_of
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.face.values import day_text
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.organisations.queries import officers_of
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.book import Overdrawn
from marketplace.ledger.budgets import pass_on_budget, passed_on, take_back_budget
from marketplace.ledger.operations import lapse_fund, unallocate_budget
from marketplace.ledger.queries import balance
from marketplace.matching.models import AllocationRun, Interest, Match, Money, Pledge
from marketplace.matching.operations import (
    compute_allocation,
    pledge_money,
    release_pledges,
    set_aside_run,
    show_interest,
    withdraw_interest,
    withdraw_pledge,
)
from marketplace.matching.queries import free_fen, purses_of
from marketplace.matching.run_forms import ComputeForm
from marketplace.matching.states import PledgeState, RunState
from tests.at_once import at_once, numbered
from tests.factories.calls import make_call
from tests.factories.deals import WAN, give, make_ranked, make_world
from tests.factories.ledger import image
from tests.factories.organisations import make_officer, make_social, make_union, member_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def world():
    return make_world()


def pledge(world, proposal, fen, *, money=Money.ALLOCATED, actor=None, buyer=None):
    return pledge_money(
        proposal,
        buyer=buyer or world.street,
        fund=world.fund,
        money=money,
        amount_fen=fen,
        actor=actor or world.buyer,
    )


def test_show_interest_tells_the_organisation_and_can_be_renewed_and_withdrawn(world):
    proposal = make_ranked(world, 1)
    interest = show_interest(proposal, buyer=world.street, note="想谈谈", actor=world.buyer)
    told = officers_of(proposal.organisation)[0]
    assert Notification.objects.get(person=told).kind == "interest_shown"
    withdraw_interest(interest, actor=world.buyer)
    with pytest.raises(WrongState):
        withdraw_interest(interest, actor=world.buyer)
    show_interest(proposal, buyer=world.street, note="再谈", actor=world.buyer)
    again = Interest.objects.get()
    assert (again.note, again.withdrawn_at) == ("再谈", None)
    assert [entry.action for entry in history_of(proposal)] == [
        "show_interest",
        "withdraw_interest",
        "show_interest",
    ]


def test_show_interest_is_for_people_who_act_for_a_union(world):
    proposal = make_ranked(world, 1)
    stranger = member_of(make_social())
    plain_member = member_of(world.street, MembershipRole.MEMBER)
    for person in (stranger, plain_member, world.officer):
        with pytest.raises(Forbidden):
            show_interest(proposal, buyer=world.street, actor=person)
    other = make_union(world.federation)
    with pytest.raises(Forbidden):
        show_interest(proposal, buyer=other, actor=world.buyer)
    assert not Interest.objects.exists()


def test_show_interest_needs_a_proposal_whose_fate_is_open(world):
    proposal = make_ranked(world, 1)
    proposal.move_to(ProposalState.UNFUNDED)
    with pytest.raises(WrongState):
        show_interest(proposal, buyer=world.street, actor=world.buyer)
    assert not Interest.objects.exists()


def test_pledge_money_is_checked_against_what_is_allocated_and_not_promised(world):
    first, second = make_ranked(world, 1), make_ranked(world, 2)
    give(world.fund, world.street, 5 * WAN)
    pledge(world, first, 3 * WAN)
    with pytest.raises(DomainError) as refusal:
        pledge(world, second, 2 * WAN + 1)
    assert refusal.value.field == "amount_fen"
    assert "¥20,000.00" in str(refusal.value)
    pledge(world, second, 2 * WAN)
    assert list(Pledge.objects.order_by("pk").values_list("amount_fen", flat=True)) == [
        3 * WAN,
        2 * WAN,
    ]


def test_nothing_is_promised_or_shared_out_of_a_fund_that_has_ended(world):
    proposal = make_ranked(world, 1)
    give(world.fund, world.street, 5 * WAN)
    assert [purse.free_fen for purse in purses_of([world.street])] == [5 * WAN]
    ended = f"The fund ended on {day_text(world.fund.ends_on)}"
    with clock.at(dt.datetime(world.fund.ends_on.year + 1, 1, 2, tzinfo=dt.UTC)):
        with pytest.raises(DomainError, match=ended) as refusal:
            pledge(world, proposal, WAN)
        assert refusal.value.field == "money"
        with pytest.raises(DomainError, match=ended) as refusal:
            compute_allocation(world.call, fund=world.fund, actor=world.officer)
        assert refusal.value.field == "fund"
        assert purses_of([world.street]) == []
        assert list(ComputeForm().fields["fund"].queryset) == []
    assert not Pledge.objects.exists()
    assert not AllocationRun.objects.exists()


def test_pledge_money_of_ones_own_counts_what_has_arrived(world):
    proposal = make_ranked(world, 1)
    with pytest.raises(DomainError):
        pledge(world, proposal, 1, money=Money.OWN)
    give(world.fund, world.street, WAN, own=True)
    assert pledge(world, proposal, WAN, money=Money.OWN).state == PledgeState.PROMISED


def test_pledge_money_refuses_a_second_promise_and_more_than_a_proposal_may_get(world):
    proposal = make_ranked(world, 1)
    give(world.fund, world.street, 50 * WAN)
    pledge(world, proposal, WAN)
    with pytest.raises(DomainError) as refusal:
        pledge(world, proposal, WAN)
    assert refusal.value.field == "money"
    with pytest.raises(DomainError) as refusal:
        pledge(world, make_ranked(world, 2), 20 * WAN + 1)
    assert refusal.value.field == "amount_fen"
    assert Pledge.objects.count() == 1


def test_nobody_buys_from_an_organisation_they_act_for(world):
    organisation = make_social()
    proposal = make_ranked(world, 1, organisation=organisation)
    both = officers_of(organisation)[0]
    from tests.factories.organisations import join

    join(both, world.street)
    give(world.fund, world.street, WAN)
    with pytest.raises(Forbidden):
        pledge(world, proposal, 1, actor=both)
    assert not Pledge.objects.exists()


def test_withdraw_pledge_frees_the_money_and_is_the_buyers_own(world):
    proposal = make_ranked(world, 1)
    give(world.fund, world.street, WAN)
    promise = pledge(world, proposal, WAN)
    with pytest.raises(Forbidden):
        withdraw_pledge(promise, actor=world.officer)
    withdraw_pledge(promise, actor=world.buyer)
    promise.refresh_from_db()
    assert promise.state == PledgeState.WITHDRAWN
    with pytest.raises(WrongState):
        withdraw_pledge(promise, actor=world.buyer)
    pledge(world, proposal, WAN)


def test_a_cancelled_call_takes_no_promise_and_gives_those_it_had_back(world):
    proposal = make_ranked(world, 1)
    give(world.fund, world.street, 10 * WAN)
    kept = pledge(world, proposal, 10 * WAN)
    interest = show_interest(proposal, buyer=world.street, actor=world.buyer)
    free = free_fen(world.fund, world.street, Money.ALLOCATED)
    cancel_call(world.call, reason="经费调整", actor=make_officer())
    assert Notification.objects.filter(person=world.buyer, kind="call_cancelled").count() == 1
    for attempt in (
        lambda: pledge(world, proposal, WAN, money=Money.OWN),
        lambda: show_interest(proposal, buyer=world.street, actor=world.buyer),
        lambda: compute_allocation(world.call, fund=world.fund, actor=world.officer),
    ):
        with pytest.raises(WrongState, match="cancelled"):
            attempt()
    work_off()
    kept.refresh_from_db()
    assert (kept.state, Pledge.objects.count()) == (PledgeState.RELEASED, 1)
    assert free_fen(world.fund, world.street, Money.ALLOCATED) == free + 10 * WAN
    assert Notification.objects.filter(person=world.buyer, kind="pledge_released").count() == 1
    assert release_pledges(world.call, actor=SYSTEM) == []  # twice is harmless
    withdraw_interest(interest, actor=world.buyer)
    with pytest.raises(WrongState):
        release_pledges(make_call(), actor=SYSTEM)


def test_compute_allocation_freezes_inputs_and_explains_every_refusal(world):
    first = make_ranked(world, 1, asked_fen=15 * WAN)
    second = make_ranked(world, 2, asked_fen=20 * WAN)
    third = make_ranked(world, 3, asked_fen=20 * WAN)
    fourth = make_ranked(world, 4, asked_fen=20 * WAN)
    give(world.fund, world.street, 5 * WAN)
    promise = pledge(world, second, 5 * WAN)
    run = compute_allocation(world.call, fund=world.fund, actor=world.officer)
    pocket = accounts.buyer_available(world.fund, world.street)
    seed = accounts.fund_available(world.fund)
    lines = run.matches.filter(amount_fen__gt=0)
    assert list(lines.values_list("proposal", "pocket", "amount_fen", "pledge")) == [
        (first.pk, seed, 15 * WAN, None),
        (second.pk, pocket, 5 * WAN, promise.pk),
        (second.pk, seed, 15 * WAN, None),
        (third.pk, seed, 20 * WAN, None),
    ]
    refused = Match.objects.get(run=run, amount_fen=0)
    assert (refused.proposal, refused.reason) == (fourth, "lot")
    assert (refused.have_fen, refused.needed_fen) == (5 * WAN, 20 * WAN)
    assert "¥50,000.00" in refused.why_not
    again = compute_allocation(world.call, fund=world.fund, actor=world.officer)
    assert again.sha256 == run.sha256
    assert run.inputs["pockets"] == {pocket: 5 * WAN, seed: 95 * WAN}


def test_compute_allocation_is_the_officers_and_needs_a_ranking(world):
    make_ranked(world, 1)
    for person in (world.buyer, make_officer("fund_manager"), make_officer("auditor")):
        with pytest.raises(Forbidden):
            compute_allocation(world.call, fund=world.fund, actor=person)
    assert not AllocationRun.objects.exists()


def test_set_aside_run_keeps_it_on_record(world):
    make_ranked(world, 1)
    run = compute_allocation(world.call, fund=world.fund, actor=world.officer)
    set_aside_run(run, actor=world.officer)
    run.refresh_from_db()
    assert run.state == RunState.SET_ASIDE
    with pytest.raises(WrongState):
        set_aside_run(run, actor=world.officer)


def test_pledged_money_is_neither_taken_back_nor_passed_on_nor_carried_over(world):
    give(world.fund, world.street, 5 * WAN)
    give(world.fund, world.federation, 5 * WAN)
    proposal = make_ranked(world, 1)
    pledge(world, proposal, 3 * WAN)
    manager = make_officer(Role.FUND_MANAGER)
    pocket = accounts.buyer_available(world.fund, world.street)
    chair = world.federation.memberships.get(role=MembershipRole.REPRESENTATIVE).person
    back = {"buyer": world.street, "reason": "收回", "actor": manager}
    before = image()
    with pytest.raises(Overdrawn, match=r"¥20,000\.00 is free there: ¥30,000\.00 is pledged"):
        unallocate_budget(world.fund, amount_fen=3 * WAN, **back)
    down = make_union(world.street)
    with pytest.raises(Overdrawn, match="pledged"):
        pass_on_budget(
            world.street,
            fund=world.fund,
            buyer=down,
            amount_fen=3 * WAN,
            reason="下拨",
            actor=world.signatory,
        )
    year_over = dt.datetime(world.fund.ends_on.year + 1, 1, 5, tzinfo=dt.UTC)
    with clock.at(year_over), pytest.raises(DomainError, match=r"¥30,000\.00"):
        lapse_fund(world.fund, reason="年终", actor=manager)
    assert image() == before
    unallocate_budget(world.fund, amount_fen=2 * WAN, **back)
    assert balance(pocket) == 3 * WAN
    passed = {"fund": world.fund, "buyer": world.street, "reason": "下拨", "actor": chair}
    pass_on_budget(world.federation, amount_fen=WAN, **passed)
    pledge(world, make_ranked(world, 2), WAN)
    [row] = passed_on([world.federation])
    assert (row.fen, row.may_come_back_fen) == (WAN, 0)
    with pytest.raises(Overdrawn, match=r"Only ¥0\.00 is free there"):
        take_back_budget(world.federation, amount_fen=1, **passed)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_pledge_and_a_taking_back_at_once_are_not_both_of_the_same_money():
    world = make_world()
    give(world.fund, world.street, WAN)
    proposal = make_ranked(world, 1)
    manager = make_officer(Role.FUND_MANAGER)

    def act(number):
        if number:
            return pledge(world, proposal, WAN)
        return unallocate_budget(
            world.fund, buyer=world.street, amount_fen=WAN, reason="收回", actor=manager
        )

    results = at_once(*numbered(2, act))
    assert sum(isinstance(result, DomainError) for result in results) == 1, results
    assert (
        balance(accounts.buyer_available(world.fund, world.street)) == WAN * Pledge.objects.count()
    )

"""Sharing out for real: all or nothing, once, from facts that still hold; and giving back."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from bidding.notices.models import Objection
from bidding.notices.operations import answer_objection, file_objection
from bidding.notices.states import ObjectionState
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.permissions import why_not
from marketplace.awards.models import Award, Share
from marketplace.awards.operations import (
    activate_award,
    cancel_award,
    confirm_allocation,
    decline_award,
    publish_results,
)
from marketplace.awards.rules import money_is_reserved
from marketplace.awards.states import AwardState
from marketplace.ledger import accounts
from marketplace.ledger.models import Journal
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.matching.models import Money
from marketplace.matching.operations import compute_allocation, pledge_money, withdraw_pledge
from marketplace.matching.rules import has_open_money
from marketplace.matching.states import PledgeState, RunState
from tests.factories.deals import (
    WAN,
    after_notice,
    give,
    make_award,
    make_ranked,
    make_world,
    signatory_of,
)
from tests.factories.notices import make_objection
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def world():
    """Three proposals; the street promises for the first; the lot carries two."""
    world = make_world(lot_fen=25 * WAN)
    world.proposals = [make_ranked(world, rank) for rank in (1, 2, 3)]
    give(world.fund, world.street, 6 * WAN)
    world.pledge = pledge_money(
        world.proposals[0],
        buyer=world.street,
        fund=world.fund,
        money=Money.ALLOCATED,
        amount_fen=6 * WAN,
        actor=world.buyer,
    )
    return world


def compute(world):
    return compute_allocation(world.call, fund=world.fund, actor=world.officer)


def confirm(world):
    return confirm_allocation(compute(world), actor=world.officer)


def signatory(award):
    return signatory_of(award.proposal.organisation)


def test_confirm_allocation_reserves_every_share_and_settles_everybody(world):
    first, second = confirm(world)
    pocket = accounts.buyer_available(world.fund, world.street)
    seed = accounts.fund_available(world.fund)
    shares = Share.objects.order_by("award", "position")
    assert list(shares.values_list("award", "pocket", "amount_fen")) == [
        (first.pk, pocket, 6 * WAN),
        (first.pk, seed, 4 * WAN),
        (second.pk, seed, 10 * WAN),
    ]
    assert balance(accounts.award_reserved(world.fund, first.pk, pocket)) == 6 * WAN
    assert balance(accounts.award_reserved(world.fund, second.pk, seed)) == 10 * WAN
    assert (balance(pocket), balance(seed)) == (0, 80 * WAN)
    assert (first.buyer, second.buyer) == (world.street, world.federation)
    states = [p.state for p in world.call.proposals.order_by("pk")]
    assert states == [ProposalState.AWARDED, ProposalState.AWARDED, ProposalState.UNFUNDED]
    world.pledge.refresh_from_db()
    assert world.pledge.state == PledgeState.USED
    assert verify_books() == []


def test_confirm_allocation_happens_once_and_sets_other_plans_aside(world):
    run, other = compute(world), compute(world)
    confirm_allocation(run, actor=world.officer)
    for again in (run, other):
        with pytest.raises(WrongState):
            confirm_allocation(again, actor=world.officer)
    other.refresh_from_db()
    assert other.state == RunState.SET_ASIDE
    assert Award.objects.count() == 2
    with pytest.raises(WrongState):
        compute(world)


def nothing_happened(world, journals):
    assert not Award.objects.exists()
    assert Journal.objects.count() == journals
    assert set(world.call.proposals.values_list("state", flat=True)) == {"ranked"}


def test_confirm_allocation_refuses_a_plan_whose_promise_was_taken_back(world):
    run = compute(world)
    withdraw_pledge(world.pledge, actor=world.buyer)
    journals = Journal.objects.count()
    with pytest.raises(DomainError, match="taken back"):
        confirm_allocation(run, actor=world.officer)
    nothing_happened(world, journals)


def test_confirm_allocation_refuses_a_plan_after_money_moved(world):
    run = compute(world)
    give(world.fund, world.federation, 1)
    journals = Journal.objects.count()
    with pytest.raises(DomainError, match="Money moved"):
        confirm_allocation(run, actor=world.officer)
    nothing_happened(world, journals)


def test_confirm_allocation_is_the_officers(world):
    run = compute(world)
    with pytest.raises(Forbidden):
        confirm_allocation(run, actor=world.buyer)
    assert not Award.objects.exists()


def test_publish_results_puts_every_ranked_proposal_on_notice_once(world):
    confirm(world)
    notice = publish_results(world.call, actor=world.officer)
    lines = [(line["place"], line["awarded"], line["amount_fen"]) for line in notice.body["lines"]]
    assert lines == [(1, True, 10 * WAN), (2, True, 10 * WAN), (3, False, 0)]
    assert "¥50,000.00" in notice.body["lines"][2]["reason"]
    world.call.refresh_from_db()
    assert world.call.decided_at is not None
    assert set(Award.objects.values_list("notice", flat=True)) == {notice.pk}
    settled = Notification.objects.filter(kind="pledge_settled")
    assert list(settled.values_list("facts__used_fen", flat=True)) == [6 * WAN] * settled.count()
    with pytest.raises(WrongState):
        publish_results(world.call, actor=world.officer)


def test_publish_results_needs_money_shared_out(world):
    with pytest.raises(WrongState):
        publish_results(world.call, actor=world.officer)
    world.call.refresh_from_db()
    assert world.call.decided_at is None


def test_awards_stand_by_themselves_after_the_notice_unless_an_objection_does(world):
    first, second = confirm(world)
    notice = publish_results(world.call, actor=world.officer)
    objection = Objection.objects.create(
        notice=notice,
        proposal=second.proposal,
        name="张三",
        contact="1",
        text="有误",
        state=ObjectionState.OPEN,
        filed_at=clock.now(),
    )
    with pytest.raises(WrongState):
        activate_award(first, actor=world.officer)
    with clock.at(after_notice(first)):
        work_off()
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == (AwardState.ACTIVE, AwardState.PENDING)
        with pytest.raises(WrongState):
            activate_award(second, actor=world.officer)
    objection.move_to(
        ObjectionState.UPHELD, answer="属实", answered_by=world.officer, answered_at=clock.now()
    )
    with clock.at(after_notice(first) + dt.timedelta(days=1, minutes=1)):
        work_off()
    second.refresh_from_db()
    assert second.state == AwardState.CANCELLED
    assert balance(accounts.fund_available(world.fund)) == 90 * WAN
    assert verify_books() == []


def test_an_objection_found_right_ends_its_award_at_once_and_nothing_else(world):
    first, second = confirm(world)
    notice = publish_results(world.call, actor=world.officer)
    objection = file_objection(
        notice,
        proposal=first.proposal,
        text="有误",
        name="张三",
        contact="13800000000",
        actor=AnonymousUser(),
    )
    answer_objection(objection, upheld=True, answer="属实", actor=world.officer)
    work_off()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (AwardState.CANCELLED, AwardState.PENDING)
    third = world.proposals[2]
    told = Notification.objects.filter(kind="award_next").values_list("person", flat=True)
    assert set(told) == {world.officer.pk, third.created_by_id}
    assert verify_books() == []
    late = make_objection(notice, proposal=second.proposal, state=ObjectionState.DISMISSED)
    with clock.at(after_notice(second)):
        activate_award(second, actor=world.officer)
        Objection.objects.filter(pk=late.pk).update(state=ObjectionState.COMPLAINED)
        second.refresh_from_db()
        refusal = why_not(world.officer, "draw_up_agreement", second)
    assert "has not been answered yet" in str(refusal)


def test_cancel_award_sends_every_fen_back_and_frees_the_promise(world):
    first, _second = confirm(world)
    with pytest.raises(Forbidden):
        cancel_award(first, reason="x", actor=world.buyer)
    cancel_award(first, reason="违规", actor=world.officer)
    first.refresh_from_db()
    world.pledge.refresh_from_db()
    assert (first.state, first.reason) == (AwardState.CANCELLED, "违规")
    assert world.pledge.state == PledgeState.RELEASED
    assert balance(accounts.buyer_available(world.fund, world.street)) == 6 * WAN
    assert balance(accounts.fund_available(world.fund)) == 84 * WAN
    assert first.proposal.__class__.objects.get(pk=first.proposal_id).state == "unfunded"
    with pytest.raises(WrongState):
        cancel_award(first, reason="x", actor=world.officer)
    assert verify_books() == []


def test_decline_award_is_its_signatorys(world):
    first, second = confirm(world)
    with pytest.raises(Forbidden):
        decline_award(first, reason="x", actor=signatory(second))
    decline_award(first, reason="人手不足", actor=signatory(first))
    first.refresh_from_db()
    assert first.state == AwardState.DECLINED
    assert verify_books() == []


def test_a_call_for_whose_awards_money_is_reserved_is_not_cancelled():
    award = make_award(make_world())
    call = award.proposal.call
    assert money_is_reserved(call)
    Award.objects.update(state=AwardState.CANCELLED)
    assert money_is_reserved(call) is None
    call.state = "cancelled"
    assert has_open_money(call)

"""The way back: claims, refunds, charge-backs, and what becomes of a lapsed fund's money."""

import datetime as dt

import pytest
from django.db import transaction

from foundation import clock
from foundation.errors import DomainError, WrongState
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, Overdrawn, post, undo
from marketplace.ledger.models import Journal
from marketplace.ledger.operations import allocate_budget, carry_over_fund, lapse_fund
from marketplace.ledger.queries import balance, budget_against_actual, came_in, sums_by_place
from marketplace.ledger.returns import (
    charge_back_lines,
    claim_lines,
    deposit_lines,
    homeward,
    recover_lines,
    refund_lines,
    waive_lines,
)
from marketplace.ledger.verification import own_faults
from tests.factories.ledger import bind, fund_manager, give, image, make_fund
from tests.factories.organisations import make_organisation, make_union

pytestmark = pytest.mark.django_db

AFTER = dt.datetime(2027, 1, 10, tzinfo=dt.UTC)


def _post(fund, key, kind, lines):
    return post(key=key, kind=kind, lines=lines, reference="t", actor=SYSTEM, fund=fund)


def _deposit(fund, buyer, fen, key="d"):
    return _post(fund, f"receive:{key}", "receive", deposit_lines(fund, buyer, fen))


def _refused(refusal, call, /, *args, **facts):
    before = image()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert image() == before
    return str(raised.value)


def _spent(fund, buyer, provider):
    """An agreement over 300 fen: 100 of the fund's, 200 of the union's; 90 are owed and paid."""
    seed, theirs = accounts.fund_available(fund), accounts.buyer_available(fund, buyer)
    bound = bind(fund, {seed: 100, theirs: 200})
    owed = accounts.payable(fund, provider)
    _post(fund, "expend", "expend", [Line(bound[0], owed, 30), Line(bound[1], owed, 60)])
    _post(fund, "pay", "pay", [Line(owed, accounts.paid(fund), 90)])
    return seed, theirs


def _ended(**more):
    """A fund that ends with 2026, with 700 left over, 300 of them a union's."""
    fund = make_fund(1000, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31), **more)
    return fund, give(fund, 300)


def test_a_claim_stands_with_the_organisation_and_comes_home_to_the_fen():
    fund, provider = make_fund(1000), make_organisation("social")
    buyer = give(fund, 500)
    seed, theirs = _spent(fund, buyer, provider)
    before = {code: balance(code) for code in (seed, theirs)}
    _post(fund, "claim", "claim", claim_lines(fund, provider, 1, 50))
    assert balance(accounts.receivable(fund, provider, 1, seed)) == 17
    assert balance(accounts.receivable(fund, provider, 1, theirs)) == 33
    assert balance(accounts.paid(fund)) == 40
    assert {code: balance(code) for code in before} == before
    _post(fund, "recover:1", "recover", recover_lines(fund, provider, 1, 20))
    _post(fund, "waive", "waive", waive_lines(fund, provider, 1, 9))
    _post(fund, "recover:2", "recover", recover_lines(fund, provider, 1, 21))
    assert balance(accounts.receivable(fund, provider, 1, seed)) == 0
    assert balance(accounts.receivable(fund, provider, 1, theirs)) == 0
    assert sum(balance(code) - before[code] for code in before) == 41
    assert balance(accounts.paid(fund)) == 49
    assert own_faults() == []


def test_no_more_is_claimed_than_was_spent_and_no_more_comes_home_than_was_claimed():
    fund, provider = make_fund(1000), make_organisation("social")
    _spent(fund, give(fund, 500), provider)
    _refused(Overdrawn, claim_lines, fund, provider, 1, 91)
    _post(fund, "claim", "claim", claim_lines(fund, provider, 1, 90))
    _refused(Overdrawn, claim_lines, fund, provider, 1, 1)
    _refused(Overdrawn, recover_lines, fund, provider, 1, 91)
    _refused(Overdrawn, recover_lines, fund, provider, 2, 1)


def test_what_is_owed_and_not_paid_yet_is_not_claimed_back():
    fund, provider = make_fund(1000), make_organisation("social")
    _spent(fund, give(fund, 500), provider)
    [bound] = bind(fund, {accounts.fund_available(fund): 50}, award=2, agreement=2)
    owed = accounts.payable(fund, provider)
    post(
        key="expend:2", kind="expend", lines=[Line(bound, owed, 50)], reference="t2",
        actor=SYSTEM, fund=fund,
    )  # fmt: skip
    assert "¥0.00" in _refused(Overdrawn, claim_lines, fund, provider, 2, 1)
    facts = {"kind": "pay", "reference": "t2", "actor": SYSTEM, "fund": fund}
    paid = post(key="pay:2", lines=[Line(owed, accounts.paid(fund), 50)], **facts)
    assert sum(line.amount_fen for line in claim_lines(fund, provider, 2, 50)) == 50
    undo(paid, key="undo:pay:2", actor=SYSTEM)
    _refused(Overdrawn, claim_lines, fund, provider, 2, 1)


def test_budget_against_actual_knows_what_is_to_come_back():
    fund, provider = make_fund(1000), make_organisation("social")
    buyer = give(fund, 500)
    _seed, theirs = _spent(fund, buyer, provider)
    _post(fund, "claim", "claim", claim_lines(fund, provider, 1, 45))
    [row] = budget_against_actual(fund.accounts.filter(code=theirs))
    assert (row.given_fen, row.free_fen, row.encumbered_fen) == (500, 300, 140)
    assert (row.spent_fen, row.owed_back_fen) == (30, 30)
    _post(fund, "recover", "recover", recover_lines(fund, provider, 1, 45))
    [row] = budget_against_actual(fund.accounts.filter(code=theirs))
    assert (row.given_fen, row.free_fen, row.spent_fen, row.owed_back_fen) == (500, 330, 30, 0)


def test_own_money_is_refunded_as_long_as_it_is_free():
    fund, buyer = make_fund(), make_union()
    _deposit(fund, buyer, 100)
    _post(fund, "refund", "refund", refund_lines(fund, buyer, 40))
    assert balance(accounts.buyer_own(fund, buyer)) == 60
    assert balance(accounts.deposit_clearing(fund)) == -60
    assert "¥0.60" in _refused(Overdrawn, refund_lines, fund, buyer, 61)
    assert own_faults() == []


def test_a_deposit_charged_back_after_it_was_spent_is_owed_and_paid_first():
    fund, buyer = make_fund(), make_union()
    own, short = accounts.buyer_own(fund, buyer), accounts.deposit_shortfall(fund, buyer)
    _deposit(fund, buyer, 100)
    bind(fund, {own: 70})
    _post(fund, "back", "charge_back", charge_back_lines(fund, buyer, 100))
    assert (balance(own), balance(short), balance(accounts.deposit_clearing(fund))) == (0, -70, 0)
    assert came_in(sums_by_place(fund)) == 70
    _deposit(fund, buyer, 50, "again")
    assert (balance(own), balance(short)) == (0, -20)
    _deposit(fund, buyer, 50, "and again")
    assert (balance(own), balance(short)) == (30, 0)
    assert own_faults() == []


def test_nobody_pays_back_more_than_is_owed():
    fund, buyer = make_fund(), make_union()
    step = Line(accounts.deposit_clearing(fund), accounts.deposit_shortfall(fund, buyer), 1)
    assert "More would come back" in _refused(DomainError, _post, fund, "x", "receive", [step])


def test_a_lapsed_fund_gives_back_what_is_left_and_what_is_released_later():
    fund, buyer = _ended()
    own = accounts.buyer_own(fund, buyer)
    _deposit(fund, buyer, 60)
    theirs = accounts.buyer_available(fund, buyer)
    bound = bind(fund, {theirs: 100, own: 50})
    _refused(WrongState, lapse_fund, fund, reason="年终", actor=fund_manager())
    with clock.at(AFTER):
        lapse_fund(fund, reason="年终", actor=fund_manager())
        assert balance(accounts.authority(fund)) == -100
        assert (balance(theirs), balance(own)) == (0, 10)
        home = homeward(fund, [Line(bound[0], theirs, 100), Line(bound[1], own, 50)])
        _post(fund, "home", "unencumber", home)
        assert (balance(accounts.authority(fund)), balance(own)) == (0, 60)
        _refused(WrongState, lapse_fund, fund, reason="年终", actor=fund_manager())
    assert own_faults() == []


def test_the_database_lets_nothing_into_a_lapsed_pocket():
    fund, buyer = _ended()
    theirs = accounts.buyer_available(fund, buyer)
    [bound] = bind(fund, {theirs: 100})
    with clock.at(AFTER):
        lapse_fund(fund, reason="年终", actor=fund_manager())
    refused = _refused(DomainError, _post, fund, "x", "unencumber", [Line(bound, theirs, 1)])
    assert "closed" in refused


def test_carrying_over_keeps_every_pocket_and_both_funds_in_balance():
    fund, buyer = _ended()
    following = make_fund(code="2027-next", name="2027")
    own = accounts.buyer_own(fund, buyer)
    _deposit(fund, buyer, 60)
    theirs = accounts.buyer_available(fund, buyer)
    [bound] = bind(fund, {theirs: 100})
    with clock.at(AFTER):
        carry_over_fund(fund, successor=following, reason="结转", actor=fund_manager())
        expected = {
            accounts.fund_available(following): 700,
            accounts.buyer_available(following, buyer): 200,
            accounts.buyer_own(following, buyer): 60,
            accounts.carried(fund, following): 960,
            accounts.carried(following, fund): -960,
            theirs: 0,
            own: 0,
        }
        assert {code: balance(code) for code in expected} == expected
        _post(fund, "home", "unencumber", homeward(fund, [Line(bound, theirs, 40)]))
        assert balance(accounts.buyer_available(following, buyer)) == 240
        _deposit(fund, buyer, 5, "late")
        assert balance(accounts.buyer_own(following, buyer)) == 65
        _post(fund, "back", "charge_back", charge_back_lines(fund, buyer, 70))
        assert balance(accounts.buyer_own(following, buyer)) == 0
        assert balance(accounts.deposit_shortfall(fund, buyer)) == -5
    for one in (fund, following):
        assert sum(sums_by_place(one).values()) == 0
    assert own_faults() == []


def test_money_follows_through_several_years():
    first, buyer = _ended()
    theirs = accounts.buyer_available(first, buyer)
    [bound] = bind(first, {theirs: 100})
    second = make_fund(ends_on=dt.date(2027, 1, 31))
    third = make_fund()
    actor = fund_manager()
    with clock.at(AFTER):
        carry_over_fund(first, successor=second, reason="结转", actor=actor)
    with clock.at(AFTER + dt.timedelta(days=60)):
        carry_over_fund(second, successor=third, reason="结转", actor=actor)
        _post(first, "home", "unencumber", homeward(first, [Line(bound, theirs, 100)]))
    assert balance(accounts.buyer_available(third, buyer)) == 300
    assert own_faults() == []


@pytest.mark.parametrize("wrong", ["over", "itself", "lapsed", "currency"])
def test_the_next_fund_has_to_run(wrong):
    fund, _buyer = _ended()
    following = {
        "over": lambda: make_fund(starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2026, 1, 1)),
        "itself": lambda: fund,
        "lapsed": make_fund,
        "currency": make_fund,
    }[wrong]()
    if wrong == "lapsed":
        type(fund).objects.filter(pk=following.pk).update(lapsed_on=dt.date(2026, 1, 1))
    if wrong == "currency":
        type(fund).objects.filter(pk=following.pk).update(currency="USD")
    with clock.at(AFTER):
        _refused(
            DomainError,
            carry_over_fund,
            fund,
            successor=following,
            reason="结转",
            actor=fund_manager(),
        )


def test_nothing_is_given_out_of_an_ended_fund():
    fund, buyer = _ended()
    facts = {"buyer": buyer, "amount_fen": 1, "reason": "x", "actor": fund_manager()}
    with clock.at(AFTER):
        _refused(WrongState, allocate_budget, fund, **facts)
    assert Journal.objects.filter(kind="allocate").count() == 1

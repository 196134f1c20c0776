"""Stripe's balance against our rows, by the real SDK and the stand-in."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation import clock
from foundation.due.operations import work_off
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.queries import balance
from marketplace.payments.deposit_models import Deposit, Dispute, Refund
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.events import take_in_event
from marketplace.payments.gateway import Told
from marketplace.payments.refunds import refund_deposit
from marketplace.reconciliation.models import Difference
from marketplace.reconciliation.results import said_sides
from tests.factories.comparing import compare, standing
from tests.factories.incoming import at_stripe, hear, make_paid, make_remittance, pay
from tests.factories.ledger import fund_manager

pytestmark = pytest.mark.django_db


def _compare():
    """What has only just happened is compared later."""
    with clock.at(clock.now() + dt.timedelta(minutes=10)):
        return compare()


def _stripe():
    return next(side for side in said_sides(_compare()) if side["side"] == "stripe")


def _charge(stripe, deposit):
    intent = stripe.account.find("payment_intent", deposit.bank_reference)
    return stripe.account.find("charge", intent["latest_charge"])


def test_without_stripe_the_rest_is_compared_and_that_is_said(settings):
    settings.STRIPE_SECRET_KEY = ""
    side = _stripe()
    assert "not set up" in str(side["note"])
    assert standing() == []


def test_a_whole_life_agrees_line_by_line(stripe):
    deposit, other = make_paid(stripe, 50_000), make_paid(stripe, 30_000)
    refund_deposit(deposit, amount_fen=20_000, reason="多缴", actor=fund_manager())
    stripe.account.refunds_take_time = True
    late = refund_deposit(other, amount_fen=10_000, reason="多缴", actor=fund_manager())
    hear(stripe)
    late.refresh_from_db()
    stripe.account.settle_refund(stripe.account.find("refund", late.number), "failed")
    dispute = stripe.account.dispute(_charge(stripe, other))
    stripe.account.close_dispute(dispute, "won")
    hear(stripe)
    side = _stripe()
    assert standing() == []
    sums = {row["what"]: (row["ours"], row["ours_fen"], row["theirs_fen"]) for row in side["sums"]}
    assert sums == {
        "payments": (2, 80_000, 80_000),
        "refunds": (2, 30_000, 30_000),
        "failed_refunds": (1, 10_000, 10_000),
        "disputes": (1, 30_000, 30_000),
        "reinstated": (1, 30_000, 30_000),
        "fees": (0, 0, 2_720),
    }


def test_news_that_never_came_are_fetched_and_worked_off(stripe):
    remittance, keeper = make_remittance(50_000)
    charge = pay(stripe, at_stripe(remittance, keeper))
    stripe.account.create_refund({"charge": charge["id"], "amount": 20_000})
    late, stripe.post.waiting = stripe.post.waiting, []
    run = _stripe()
    assert (run["cured"], standing()) == (2, [])
    assert balance(accounts.buyer_own(remittance.fund, remittance.buyer)) == 30_000
    assert (Deposit.objects.get().state, Refund.objects.get().state) == ("part_refunded", "arrived")
    assert _stripe()["cured"] == 0
    stripe.post.waiting = late
    hear(stripe)
    assert StripeEvent.objects.filter(state="done").count() == 5
    assert Deposit.objects.count() == Refund.objects.count() == 1


def test_a_payment_nobody_here_knows_waits_for_a_person(stripe):
    session = stripe.account.create_session(
        {
            "mode": "payment",
            "success_url": "http://x.test/",
            "line_items": [
                {"price_data": {"unit_amount": 5, "currency": "cny", "product_data": {}}}
            ],
        }
    )
    stripe.account.pay(session)
    _compare()
    assert standing() == [("missing_here", "open")]
    [difference] = Difference.objects.all()
    assert (difference.ours_fen, difference.theirs_fen) == (None, 5)
    assert difference.facts["number"] == session["payment_intent"]


def test_other_amounts_currencies_and_states_are_found(stripe):
    first, second, third = (make_paid(stripe, fen) for fen in (50_000, 30_000, 20_000))
    lines = stripe.account.things["balance_transaction"].values()
    for line, change in zip(lines, ({"amount": 49_999}, {"currency": "usd"}), strict=False):
        line.update(change)
    refund = refund_deposit(third, amount_fen=100, reason="多缴", actor=fund_manager())
    hear(stripe)
    refund.refresh_from_db()
    stripe.account.moved("refund_failure", stripe.account.find("refund", refund.number), 100)
    stripe.account.moved("strange", stripe.account.find("refund", refund.number), 7)
    _compare()
    kinds = {kind for kind, _state in standing()}
    assert kinds == {"amount_differs", "foreign_currency", "state_differs", "unknown_movement"}
    wrong = Difference.objects.get(kind="amount_differs")
    assert (wrong.ours_fen, wrong.theirs_fen) == (50_000, 49_999)
    assert (wrong.about_type, wrong.about_id) == ("marketplace.deposit", str(first.pk))
    assert second.amount_fen == 30_000


def test_what_stripe_does_not_know_is_found(stripe):
    deposit, disputed = make_paid(stripe, 50_000), make_paid(stripe, 30_000)
    refund = refund_deposit(deposit, amount_fen=100, reason="多缴", actor=fund_manager())
    stripe.account.dispute(_charge(stripe, disputed))
    hear(stripe)
    assert Dispute.objects.get().taken_at
    stripe.account.things["balance_transaction"].clear()
    _compare()
    assert standing() == [("missing_there", "open")] * 4
    abouts = set(Difference.objects.values_list("about_type", flat=True))
    assert abouts == {"marketplace.deposit", "marketplace.refund", "marketplace.dispute"}
    refund.refresh_from_db()
    assert refund.state == "arrived"


def test_silence_closes_nothing(stripe):
    make_paid(stripe, 50_000)
    stripe.account.things["balance_transaction"].clear()
    _compare()
    stripe.down = 99
    run = _compare()
    assert standing() == [("missing_there", "open"), ("unreachable", "open")]
    assert run.gone == 0
    stripe.down = 0
    _compare()
    assert standing() == [("missing_there", "open"), ("unreachable", "gone")]


def test_what_is_stuck_on_the_way_is_found(stripe):
    deposit, manager = make_paid(stripe, 50_000), fund_manager()
    told = Told("evt_x", "refund.created", clock.now(), {})
    body = '{"data": {"object": {"id": "re_x", "payment_intent": "pi_none", "status": "failed"}}}'
    take_in_event(told, body=body, actor=SYSTEM)
    stripe.down = 99
    refund_deposit(deposit, amount_fen=100, reason="多缴", actor=manager)
    work_off()
    stripe.down = 0
    with clock.at(clock.now() + dt.timedelta(hours=3)):
        compare()
        assert sorted(standing()) == [("event_stuck", "open"), ("not_sent", "open")]
        hear(stripe)
        _compare()
    assert sorted(standing())[1] == ("not_sent", "gone")

"""Paying in online: the real SDK against the stand-in, told in any order, as badly as can be."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from marketplace.ledger import accounts
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.payments.checkout import (
    announce_remittance,
    cancel_remittance,
    expire_checkout,
    settle_checkout,
    start_checkout,
)
from marketplace.payments.deposit_models import (
    Checkout,
    Deposit,
    Remittance,
)
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.events import set_aside_event, work_off_event
from marketplace.payments.settings_check import unsafe_settings
from tests.factories.incoming import (
    at_stripe,
    hear,
    make_paid,
    make_payer,
    make_remittance,
    pay,
    through,
)
from tests.factories.ledger import fund_manager, image, make_fund
from tests.factories.organisations import make_organisation, make_person, member_of
from tests.stripe_standin.postman import signature

pytestmark = pytest.mark.django_db


def _state():
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (Remittance, Checkout, Deposit, StripeEvent)
    ]
    return image(), rows, Entry.objects.count(), Notification.objects.count()


def _refused(refusal, call, /, *args, **facts):
    before = _state()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert _state() == before
    return raised.value


def _own(remittance):
    return balance(accounts.buyer_own(remittance.fund, remittance.buyer))


def test_what_is_paid_online_becomes_the_unions_own_money(stripe):
    remittance, keeper = make_remittance(50_000)
    checkout = at_stripe(remittance, keeper)
    session = stripe.account.find("checkout.session", checkout.number)
    assert session["amount_total"] == 50_000
    assert session["payment_method_types"] == ["card", "alipay", "wechat_pay"]
    pay(stripe, checkout, way="alipay")
    assert _own(remittance) == 0
    hear(stripe)
    assert _own(remittance) == 50_000
    remittance.refresh_from_db()
    checkout.refresh_from_db()
    deposit = checkout.deposit
    assert (remittance.state, checkout.state, deposit.state) == ("paid", "paid", "arrived")
    assert (deposit.source, deposit.entered_by) == ("stripe", None)
    assert deposit.bank_reference == session["payment_intent"]
    assert Notification.objects.get(person=keeper).kind == "deposit_recorded"
    assert set(StripeEvent.objects.values_list("state", flat=True)) == {"done"}
    assert verify_books() == []


def test_twice_pressed_is_one_page(stripe):
    remittance, keeper = make_remittance()
    first, second = at_stripe(remittance, keeper), at_stripe(remittance, keeper)
    assert first == second
    assert len(stripe.account.things["checkout.session"]) == 1


def test_a_lost_answer_is_asked_for_again_under_the_same_key(stripe):
    remittance, keeper = make_remittance()
    stripe.down = 9
    with pytest.raises(DomainError, match="cannot be reached"):
        at_stripe(remittance, keeper)
    stripe.down = 0
    checkout = at_stripe(remittance, keeper)
    assert Checkout.objects.count() == 1
    assert checkout.state == "open"


@pytest.mark.parametrize(
    ("copies", "shuffled", "lost"), [(3, False, 0), (1, True, 0), (2, True, 4), (1, False, 5)]
)
def test_bad_post_changes_nothing(stripe, copies, shuffled, lost):
    stripe.post.copies, stripe.post.shuffled, stripe.post.lost = copies, shuffled, lost
    deposit = make_paid(stripe, 70_000)
    assert Deposit.objects.count() == 1
    assert balance(accounts.buyer_own(deposit.fund, deposit.buyer)) == 70_000
    assert StripeEvent.objects.count() == 3
    assert verify_books() == []


def test_an_event_worked_off_again_by_a_copy_of_itself_is_refused(stripe):
    make_paid(stripe)
    event = StripeEvent.objects.get(kind="checkout.session.completed")
    _refused(WrongState, work_off_event, event, actor=fund_manager())


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"amount": 49_999}, "Stripe took ¥499.99, we asked for ¥500.00."),
        ({"currency": "usd"}, "It was paid in USD, not in yuan."),
    ],
)
def test_another_sum_than_asked_for_is_held_for_a_person(stripe, other, said):
    manager = fund_manager()
    remittance, keeper = make_remittance(50_000)
    checkout = at_stripe(remittance, keeper)
    pay(stripe, checkout, **other)
    hear(stripe)
    event = StripeEvent.objects.get(kind="checkout.session.completed")
    assert (event.state, event.error) == ("held", said)
    assert (_own(remittance), Deposit.objects.count()) == (0, 0)
    assert Notification.objects.get(person=manager).kind == "event_held"
    work_off_event(event, actor=manager)
    event.refresh_from_db()
    assert (event.state, event.error) == ("held", said)
    set_aside_event(event, note="已联系付款人", actor=manager)
    _refused(WrongState, set_aside_event, event, note="again", actor=manager)


def test_what_nobody_here_knows_waits_then_is_held(stripe):
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
    manager = fund_manager()
    hear(stripe)
    event = StripeEvent.objects.get(kind="checkout.session.completed")
    assert (event.state, event.tries) == ("waiting", 1)
    for _try in range(5):
        work_off_event(event, actor=manager)
    event.refresh_from_db()
    assert (event.state, event.tries) == ("held", 6)
    assert "No payment of ours" in event.error
    assert Notification.objects.filter(person=manager, kind="event_held").count() == 1


def test_news_that_come_before_we_kept_the_page_find_it(stripe, monkeypatch):
    remittance, keeper = make_remittance()
    checkout = start_checkout(remittance, actor=keeper)
    from marketplace.payments import gateway

    page = gateway.open_page(
        amount_fen=checkout.amount_fen, title="x", reference=checkout.reference,
        key=checkout.reference, expires_at=checkout.expires_at, back_to="http://x.test/",
        language="en",
    )  # fmt: skip
    stripe.account.pay(stripe.account.find("checkout.session", page.number))
    hear(stripe)
    checkout.refresh_from_db()
    assert (checkout.state, checkout.number) == ("paid", page.number)


def test_a_page_that_ran_out_can_be_opened_anew(stripe):
    remittance, keeper = make_remittance()
    first = at_stripe(remittance, keeper)
    stripe.account.expire(stripe.account.find("checkout.session", first.number))
    hear(stripe)
    first.refresh_from_db()
    assert first.state == "expired"
    second = at_stripe(remittance, keeper)
    assert second.number != first.number
    pay(stripe, second)
    hear(stripe)
    assert _own(remittance) == 50_000


def test_what_was_paid_is_paid_even_if_it_is_heard_after_the_end(stripe):
    remittance, keeper = make_remittance()
    checkout = at_stripe(remittance, keeper)
    from foundation.permissions import SYSTEM

    expire_checkout(checkout, actor=SYSTEM)
    pay(stripe, checkout)
    hear(stripe)
    assert _own(remittance) == 50_000


def test_a_sum_called_off_closes_its_page(stripe):
    remittance, keeper = make_remittance()
    checkout = at_stripe(remittance, keeper)
    cancel_remittance(remittance, actor=keeper)
    work_off()
    assert stripe.account.find("checkout.session", checkout.number)["status"] == "expired"
    hear(stripe)
    checkout.refresh_from_db()
    assert checkout.state == "expired"
    _refused(WrongState, start_checkout, remittance, actor=keeper)


def test_only_whoever_keeps_the_unions_money_pays_in(stripe):
    remittance, keeper = make_remittance()
    union, fund = remittance.buyer, remittance.fund
    strangers = [
        make_payer()[1],
        member_of(union, MembershipRole.MEMBER),
        make_person("", Role.OFFICER),
        make_person("", Role.AUDITOR),
    ]
    for person in strangers:
        facts = {"fund": fund, "amount_fen": 1, "actor": person}
        _refused(Forbidden, announce_remittance, union, **facts)
        _refused(Forbidden, cancel_remittance, remittance, actor=person)
        _refused(Forbidden, start_checkout, remittance, actor=person)
    _refused(Forbidden, start_checkout, remittance, actor=fund_manager())
    checkout = at_stripe(remittance, keeper)
    facts = {
        "number": checkout.number, "payment": "pi_1", "amount_fen": 50_000, "currency": "cny",
        "paid_on": remittance.announced_at.date(),
    }  # fmt: skip
    _refused(Forbidden, settle_checkout, checkout, **facts, actor=keeper)


def test_what_cannot_be_announced():
    union, keeper = make_payer()
    fund = make_fund()
    for amount in (0, -5, 2**53 + 1):
        facts = {"fund": fund, "amount_fen": amount, "actor": keeper}
        assert _refused(DomainError, announce_remittance, union, **facts).field == "amount_fen"
    social = make_organisation("social")
    facts = {"fund": fund, "amount_fen": 1, "actor": fund_manager()}
    assert _refused(DomainError, announce_remittance, social, **facts).field == "buyer"


def test_too_much_for_stripe_goes_by_bank(stripe):
    remittance, keeper = make_remittance(100_000_000)
    assert "bank transfer" in str(_refused(WrongState, start_checkout, remittance, actor=keeper))


def test_without_an_account_at_stripe_there_is_the_bank(settings):
    remittance, keeper = make_remittance()
    assert "bank transfer" in str(_refused(WrongState, start_checkout, remittance, actor=keeper))
    assert Client().post(reverse("payments:stripe_webhook")).status_code == 404


@pytest.mark.parametrize("fault", ["secret", "age", "nothing", "body"])
def test_what_stripe_did_not_sign_just_now_is_not_kept(stripe, fault):
    body = json.dumps({"id": "evt_1", "object": "event", "type": "x", "created": 1,
                       "data": {"object": {"id": "x"}}}).encode()  # fmt: skip
    import time

    moment = int(time.time()) - (301 if fault == "age" else 0)
    secret = "whsec_other" if fault == "secret" else stripe.post.secret
    headers = {"Stripe-Signature": signature(body, secret, moment)}
    if fault == "nothing":
        headers = {"Stripe-Signature": ""}
    before = _state()
    sent = b"{}" if fault == "body" else body
    assert through(Client())("/payments/stripe/", sent, headers) == 400
    assert _state() == before


def test_the_door_needs_no_token_and_takes_nothing_but_post(stripe):
    strict = Client(enforce_csrf_checks=True)
    stripe.post.send = through(strict)
    make_paid(stripe)
    assert strict.get(reverse("payments:stripe_webhook")).status_code == 405


@pytest.mark.parametrize(
    ("key", "secret", "base", "debug", "said"),
    [
        ("", "", "", False, []),
        ("sk_live_1", "whsec_1", "", False, []),
        ("sk_test_1", "whsec_1", "", True, []),
        ("sk_test_1", "whsec_1", "http://127.0.0.1:1", True, []),
        ("sk_live_1", "", "", False, ["without STRIPE_WEBHOOK_SECRET"]),
        ("", "whsec_1", "", False, ["without STRIPE_SECRET_KEY"]),
        ("pk_live_1", "whsec_1", "", False, ["no secret key"]),
        ("sk_live_1", "secret", "", False, ["no signing secret"]),
        ("sk_live_1", "whsec_1", "", True, ["live key"]),
        ("sk_test_1", "whsec_1", "", False, ["test key"]),
        ("sk_test_1", "whsec_1", "https://example.org", True, ["on this machine only"]),
        ("sk_live_1", "whsec_1", "http://127.0.0.1:1", False, ["must not be sent there"]),
    ],
)  # fmt: skip
def test_unsafe_settings_are_said(settings, key, secret, base, debug, said):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = key, secret
    settings.STRIPE_API_BASE, settings.DEBUG, settings.DEMO = base, debug, False
    faults = unsafe_settings()
    assert len(faults) >= len(said)
    assert bool(faults) == bool(said)
    assert all(any(word in fault for fault in faults) for word in said)

"""The stand-in answers the real SDK as Stripe would."""

from __future__ import annotations

import json

import pytest
import stripe

from tests.stripe_standin import StandIn, standing_in

ASKED = {
    "mode": "payment",
    "line_items": [
        {
            "quantity": 1,
            "price_data": {
                "currency": "cny",
                "unit_amount": 50_000,
                "product_data": {"name": "工会缴款"},
            },
        }
    ],
    "success_url": "http://house.test/?at={CHECKOUT_SESSION_ID}",
}


@pytest.fixture
def standin():
    with standing_in() as found:
        yield found


@pytest.fixture
def client(standin: StandIn):
    return stripe.StripeClient(
        standin.key, base_addresses={"api": standin.address}, max_network_retries=0
    )


def _ask(client, key="once", **changes):
    asked = {name: value for name, value in {**ASKED, **changes}.items() if value is not None}
    return client.v1.checkout.sessions.create(asked, {"idempotency_key": key})


@pytest.fixture
def charge(client, standin):
    session = standin.account.find("checkout.session", _ask(client).id)
    return standin.account.pay(session)


def test_a_session_is_opened_paid_and_read(client, standin):
    session = _ask(client)
    assert (session.status, session.amount_total, session.currency) == ("open", 50_000, "cny")
    charge = standin.account.pay(standin.account.find("checkout.session", session.id), "alipay")
    again = client.v1.checkout.sessions.retrieve(session.id)
    assert (again.status, again.payment_status) == ("complete", "paid")
    assert again.payment_intent == charge["payment_intent"]
    assert client.v1.payment_intents.retrieve(again.payment_intent).latest_charge == charge["id"]
    assert [event.type for event in client.v1.events.list().data] == [
        "checkout.session.completed",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"colour": "red"}, "colour"),
        ({"payment_method_types": ["card"]}, "payment_method_types"),  # gone since 2026-09-30
        ({"mode": "gift"}, "mode"),
        ({"mode": None}, "mode"),
        ({"success_url": None}, "success_url"),
        ({"allowed_payment_method_types": ["cash"]}, "allowed_payment_method_types[0]"),
        ({"payment_method_options": {"wechat_pay": {"app_id": "x"}}},
         "payment_method_options[wechat_pay][client]"),
        ({"expires_at": 5}, "expires_at"),
        ({"line_items": [{"quantity": "two"}]}, "line_items[0][quantity]"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_sdks_own_classes_is_refused(client, changes, param):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        _ask(client, **changes)
    assert (refusal.value.http_status, refusal.value.param) == (400, param)


def test_a_key_answers_once(client):
    first = _ask(client)
    assert _ask(client).id == first.id
    assert _ask(client, key="another").id != first.id
    with pytest.raises(stripe.IdempotencyError) as refusal:
        _ask(client, success_url="http://elsewhere.test/")
    assert refusal.value.http_status == 400


def test_a_wrong_key_of_the_account_is_refused(standin):
    stranger = stripe.StripeClient("sk_test_other", base_addresses={"api": standin.address})
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.events.list()


def test_refunds_go_as_far_as_the_charge(client, charge):
    give = client.v1.refunds.create
    first = give({"charge": charge["id"], "amount": 20_000}, {"idempotency_key": "a"})
    assert first.status == "succeeded"
    again = give({"charge": charge["id"], "amount": 20_000}, {"idempotency_key": "a"})
    assert again.id == first.id
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        give({"charge": charge["id"], "amount": 30_001})
    give({"payment_intent": charge["payment_intent"]})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        give({"charge": charge["id"]})
    assert refusal.value.code == "charge_already_refunded"
    lines = client.v1.balance_transactions.list({"limit": 1, "expand": ["data.source"]})
    found = [(line.type, line.amount, line.source.object) for line in lines.auto_paging_iter()]
    assert found == [
        ("refund", -30_000, "refund"),
        ("refund", -20_000, "refund"),
        ("charge", 50_000, "charge"),
    ]


def test_disputed_money_leaves_and_comes_back(client, standin, charge):
    dispute = standin.account.dispute(charge)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"charge": charge["id"]})
    assert refusal.value.code == "charge_disputed"
    standin.account.close_dispute(dispute, "won")
    assert client.v1.refunds.create({"charge": charge["id"]}).amount == 50_000


def test_money_goes_to_connected_accounts_as_far_as_there_is_some(client, charge, standin):
    wish = {"type": "express", "country": "HK", "capabilities": {"transfers": {"requested": True}}}
    account = client.v1.accounts.create(wish)
    send = client.v1.transfers.create
    asked = {"amount": 10_000, "currency": "cny", "destination": account.id}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        send(asked)
    assert refusal.value.code == "insufficient_capabilities_for_transfer"
    back = {"refresh_url": "http://x.test/", "return_url": "http://x.test/"}
    link = client.v1.account_links.create(
        {"account": account.id, "type": "account_onboarding", **back}
    )
    assert account.id in link.url
    standin.account.onboard(standin.account.find("account", account.id))
    assert client.v1.accounts.retrieve(account.id).capabilities.transfers == "active"
    assert send(asked, {"idempotency_key": "t"}).id == send(asked, {"idempotency_key": "t"}).id
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        send({**asked, "amount": 50_000})
    assert refusal.value.code == "balance_insufficient"
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        send({**asked, "destination": "acct_none"})
    assert refusal.value.code == "resource_missing"
    [made] = client.v1.transfers.list({"destination": account.id}).data
    client.v1.transfers.reversals.create(made.id, {"amount": 4_000})
    client.v1.transfers.reversals.create(made.id)
    assert client.v1.transfers.retrieve(made.id).reversed is True
    with pytest.raises(stripe.InvalidRequestError, match="fully reversed"):
        client.v1.transfers.reversals.create(made.id)


def test_a_page_expires(client, standin):
    session = _ask(client)
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    late = _ask(client, key="late")
    standin.account.late_by = 2 * 86_400
    with pytest.raises(Exception, match="no longer there"):
        standin.account.pay(standin.account.find("checkout.session", late.id))
    kinds = [event["type"] for event in standin.post.waiting]
    assert kinds == ["checkout.session.expired", "checkout.session.expired"]


def test_events_are_delivered_signed_and_as_badly_as_asked(standin, charge):
    heard = []

    def send(address: str, body: bytes, headers: dict[str, str]) -> int:
        event = stripe.Webhook.construct_event(
            body, headers["Stripe-Signature"], standin.post.secret
        )
        assert event.id == json.loads(body)["id"]
        heard.append(event.type)
        return 500 if len(heard) == 1 else 200

    standin.post.address, standin.post.send = "http://house.test/", send
    standin.post.lost, standin.post.copies, standin.post.shuffled = 3, 2, True
    assert standin.post.deliver() == [0, 0, 0, 500, 200, 200]
    standin.post.deliver_all()
    assert set(heard) == {
        "payment_intent.succeeded", "charge.succeeded", "checkout.session.completed",
    }  # fmt: skip
    assert standin.post.waiting == []

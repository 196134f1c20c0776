"""Desk pages of money on its way in: the journey by pressing buttons, and who sees what."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.people.models import Role
from foundation.waiting import find
from marketplace.payments.deposit_models import (
    Deposit,
    Refund,
    Remittance,
)
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.waiting import looks_for
from tests.factories.incoming import hear, make_paid, make_payer, make_remittance
from tests.factories.ledger import fund_manager, make_fund
from tests.factories.organisations import make_person, make_union
from tests.marketplace.money_pages import as_person
from tests.stripe_standin import standing_in

pytestmark = pytest.mark.django_db


def _announce(client, union, fund, amount="500"):
    typed = {"buyer": union.pk, "fund": fund.pk, "amount_fen": amount, "purpose": "心理关爱"}
    client.post(reverse("payments:announce_remittance"), typed)
    return Remittance.objects.get(buyer=union)


def test_a_union_pays_online_and_sees_its_money(stripe):
    fund = make_fund()
    union, keeper = make_payer()
    theirs = as_person(keeper)
    remittance = _announce(theirs, union, fund)
    page = reverse("payments:remittance", args=[remittance.pk])
    shown = theirs.get(page)
    assert shown.context["may_pay"] is True
    theirs.post(reverse("payments:start_checkout", args=[remittance.pk]))
    url = theirs.get(page).context["open_page"].url
    assert url.startswith(stripe.address)
    stripe.account.pay(
        stripe.account.find("checkout.session", url.rpartition("/")[2]), "wechat_pay"
    )
    hear(stripe)
    shown = theirs.get(page)
    assert [deposit.amount_fen for deposit in shown.context["deposits"]] == [50_000]
    budget = theirs.get(reverse("ledger:budget", args=[union.pk]))
    assert "¥500.00" in budget.content.decode()
    assert (
        theirs.get(reverse("payments:deposit", args=[Deposit.objects.get().pk])).status_code == 200
    )


def test_without_stripe_only_the_bank_is_offered():
    remittance, keeper = make_remittance()
    shown = as_person(keeper).get(reverse("payments:remittance", args=[remittance.pk]))
    assert (shown.context["stripe"], shown.context["may_pay"]) == (False, False)
    assert reverse("payments:start_checkout", args=[remittance.pk]) not in shown.content.decode()


def test_a_refund_is_asked_twice(stripe):
    deposit, client = make_paid(stripe), as_person(fund_manager())
    url = reverse("payments:refund_deposit", args=[deposit.pk])
    typed = {"amount_fen": "100", "reason": "多缴"}
    asked = client.post(url, typed)
    assert asked.templates[0].name == "payments/sure.html"
    assert Refund.objects.count() == 0
    assert client.post(url, {**typed, "sure": "1"}).status_code == 302
    assert Refund.objects.get().amount_fen == 10_000
    wrong = client.post(url, {**typed, "amount_fen": "400.01", "sure": "1"})
    assert list(wrong.context["form"].errors) == ["amount_fen"]


def test_what_is_held_waits_for_fund_managers_and_is_set_aside(stripe):
    manager = fund_manager()
    remittance, keeper = make_remittance()
    from tests.factories.incoming import at_stripe, pay

    pay(stripe, at_stripe(remittance, keeper), amount=1)
    hear(stripe)
    event = StripeEvent.objects.get(state="held")
    page = reverse("payments:event", args=[event.pk])
    assert page in [waiting.url for waiting in find(looks_for(manager))]
    client = as_person(manager)
    assert client.get(page).context["may_set_aside"] is True
    client.post(reverse("payments:work_off_event", args=[event.pk]))
    aside = reverse("payments:set_aside_event", args=[event.pk])
    assert list(client.post(aside, {}).context["form"].errors) == ["note"]
    client.post(aside, {"note": "已退回付款人"})
    assert find(looks_for(manager)) == []


def test_others_see_nothing_of_it(stripe):
    deposit = make_paid(stripe)
    remittance, event = deposit.remittance, StripeEvent.objects.first()
    stranger = as_person(make_payer()[1])
    for name, pk in (("remittance", remittance.pk), ("deposit", deposit.pk)):
        assert stranger.get(reverse(f"payments:{name}", args=[pk])).status_code == 404
    for person in (make_payer()[1], make_person("", Role.OFFICER)):
        client = as_person(person)
        assert client.get(reverse("payments:events")).status_code == 403
        assert client.get(reverse("payments:event", args=[event.pk])).status_code == 404
    auditor = as_person(make_person("", Role.AUDITOR))
    assert auditor.get(reverse("payments:events")).status_code == 200
    assert auditor.get(reverse("payments:event", args=[event.pk])).status_code == 200
    url = reverse("payments:refund_deposit", args=[deposit.pk])
    assert auditor.get(url).status_code == 403


def test_the_fund_manager_states_where_unions_pay(stripe):
    federation = make_union(name="浦东新区总工会")
    client = as_person(fund_manager())
    url = reverse("payments:state_bank_account", args=[federation.pk])
    typed = {"holder": "浦东新区总工会", "bank": "工商银行", "number": "1001 2233 4455"}
    assert client.post(url, typed).status_code == 302
    remittance, _keeper = make_remittance(payer=(make_union(federation), fund_manager()))
    shown = client.get(reverse("payments:remittance", args=[remittance.pk]))
    assert shown.context["account"].number == "100122334455"
    other = reverse("payments:state_bank_account", args=[make_union(federation).pk])
    assert client.get(other).status_code == 403


def test_lists_cost_the_same_with_one_row_and_with_three(stripe):
    client = as_person(fund_manager())
    deposit = make_paid(stripe)
    urls = [
        reverse("payments:deposits"),
        reverse("payments:events"),
        reverse("payments:deposit", args=[deposit.pk]),
        reverse("payments:remittance", args=[deposit.remittance_id]),
    ]

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    one = [cost(url) for url in urls]
    for _more in range(2):
        make_paid(stripe)
        make_remittance()
    assert [cost(url) for url in urls][1:] == one[1:]
    assert cost(urls[0]) == one[0]
    assert max(one) <= 12


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_over_real_sockets(live_server, settings):
    webhook = live_server.url + reverse("payments:stripe_webhook")
    with standing_in(webhook) as stripe:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = stripe.key, stripe.post.secret
        settings.STRIPE_API_BASE = stripe.address
        stripe.post.copies, stripe.post.lost = 2, 2
        deposit = make_paid(stripe, 12_345)
        assert (deposit.amount_fen, deposit.state) == (12_345, "arrived")
        assert {status for _kind, status in stripe.post.answers} == {0, 200}
    assert Client().get("/").status_code < 500

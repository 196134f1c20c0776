"""Paid through Stripe: the organisation's account, the transfer, and its way back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from foundation import clock
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.queries import balance
from marketplace.payments import book_checks, gateway
from marketplace.payments.batches import (
    approve_batch,
    confirm_payout,
    make_batch,
    return_payout,
    send_batch,
)
from marketplace.payments.connect import (
    _take_back,
    _transfer,
    follow_account,
    go_to_onboarding,
    recall_payout,
    start_account,
)
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.events import owe_part, work_off_event
from marketplace.payments.models import Batch, Payable, Payout
from marketplace.payments.settings_check import unsafe_settings
from marketplace.reconciliation import operations as comparing
from marketplace.reconciliation.models import Difference
from tests.factories.comparing import compare
from tests.factories.incoming import hear, make_paid, make_payer
from tests.factories.ledger import fund_manager, image, make_fund
from tests.factories.organisations import make_person, member_of
from tests.factories.payments import (
    invoice_for,
    make_paid_organisation,
    make_payable,
    state_our_account,
)
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db
BACK = "http://house.test/desk/"


@pytest.fixture
def connected(stripe, settings, monkeypatch):
    settings.STRIPE_CONNECT_COUNTRY = "HK"
    settings.STRIPE_CONNECT_WEBHOOK_SECRET = "whsec_of_accounts"
    monkeypatch.setattr(comparing, "one_moment", transaction.atomic)  # the test's has begun
    return stripe


def _account(stripe, *, ready=True):
    organisation, keeper = make_paid_organisation()
    go_to_onboarding(organisation, back_to=BACK, actor=keeper)
    account = ConnectedAccount.objects.get(organisation=organisation)
    if ready:
        stripe.account.onboard(stripe.account.find("account", account.number))
        hear(stripe)
        account.refresh_from_db()
    return account, keeper


def _batch(account, keeper):
    fund = make_fund(1_000_000)
    payable = invoice_for(make_payable(account.organisation, fund=fund), keeper)
    batch = make_batch(fund, payables=[payable], way="stripe", actor=fund_manager())
    return approve_batch(batch, actor=fund_manager())


def _sent(stripe):
    """A transfer that was asked for, and our account at Stripe with money in it."""
    make_paid(stripe, 200_000)
    batch = send_batch(_batch(*_account(stripe)), actor=fund_manager())
    return batch.payouts.get()


def _refused(refusal, call, /, *args, **facts):
    def state():
        rows = [list(m.objects.order_by("pk").values()) for m in (Payout, Payable, Batch)]
        return image(), rows, ConnectedAccount.objects.count()

    before = state()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert state() == before
    return raised.value


def _now(payout):
    payout.refresh_from_db()
    payout.payable.refresh_from_db()
    return payout.result, payout.payable.state


def _compare_later():
    with clock.at(clock.now() + dt.timedelta(minutes=10)):
        return compare()


def test_an_organisation_opens_its_account_and_stripe_says_when_it_is_ready(connected):
    organisation, keeper = make_paid_organisation()
    link = go_to_onboarding(organisation, back_to=BACK, actor=keeper)
    again = go_to_onboarding(organisation, back_to=BACK, actor=keeper)
    [thing] = connected.account.things["account"].values()
    account = ConnectedAccount.objects.get()
    assert link == again == f"{connected.address}/onboarding/{account.number}"
    assert (account.state, thing["metadata"]) == ("open", {"reference": account.reference})
    connected.account.onboard(thing)
    connected.post.copies, connected.post.secret = 3, "whsec_of_accounts"
    hear(connected)
    account.refresh_from_db()
    assert account.state == "ready"
    connected.account.onboard(thing, ready=False)
    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        hear(connected)
    account.refresh_from_db()
    assert account.state == "restricted"
    kinds = Notification.objects.filter(person=keeper).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["account_ready", "account_restricted"]


def test_old_news_of_an_account_do_not_undo_newer_ones(connected):
    account, _keeper = _account(connected)
    thing = connected.account.find("account", account.number)
    stale = {**thing, "payouts_enabled": False, "capabilities": {"transfers": "inactive"}}
    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        follow_account(account, ready=True, actor=SYSTEM)
        connected.account.happened("account.updated", stale)
        hear(connected)
    account.refresh_from_db()
    assert account.state == "ready"


def test_only_its_own_people_open_it_and_only_where_it_is_offered(connected, settings):
    organisation, keeper = make_paid_organisation()
    union, theirs = make_payer()
    for person in (fund_manager(), theirs, member_of(organisation, MembershipRole.MEMBER)):
        _refused(Forbidden, start_account, organisation, actor=person)
    assert "pay in" in str(_refused(WrongState, start_account, union, actor=theirs))
    account = start_account(organisation, actor=keeper)
    _refused(Forbidden, follow_account, account, ready=True, actor=keeper)
    settings.STRIPE_CONNECT_COUNTRY = ""
    assert "bank transfer" in str(_refused(WrongState, start_account, organisation, actor=keeper))


def test_a_transfer_goes_the_same_road_with_two_people_and_is_compared(connected):
    payout = _sent(connected)
    assert _now(payout) == ("waiting", "batched")
    _refused(DomainError, confirm_payout, payout, actor=fund_manager())
    hear(connected)
    assert _now(payout) == ("paid", "paid")
    _refused(DomainError, return_payout, payout, note="x", actor=fund_manager())
    [made] = connected.account.things["transfer"].values()
    assert (made["amount"], made["currency"], payout.number) == (50_000, "cny", made["id"])
    assert made["transfer_group"] == payout.reference
    payout.batch.refresh_from_db()
    assert (payout.batch.state, payout.batch.document) == ("confirmed", None)
    assert balance(accounts.paid(payout.payable.fund)) == 50_000
    assert book_checks.faults() == []
    assert set(StripeEvent.objects.values_list("state", flat=True)) == {"done"}
    assert _compare_later().state == "agreed"


def test_a_lost_answer_makes_no_second_transfer(connected):
    payout = _sent(connected)
    facts = {"to": payout.connected_account.number, "amount_fen": 50_000}
    facts |= {"reference": payout.reference, "key": f"payout:{payout.pk}"}
    first = gateway.send_money(**facts)  # and the answer got lost
    connected.answered.clear()  # a day later Stripe has forgotten the key
    _transfer(payout=payout.pk)
    _transfer(payout=payout.pk)
    connected.post.copies, connected.post.shuffled = 2, True
    hear(connected)
    assert (_now(payout), payout.number) == (("paid", "paid"), first)
    assert len(connected.account.things["transfer"]) == 1


def test_news_that_come_before_the_answer_confirm_it_once(connected):
    payout = _sent(connected)
    gateway.send_money(
        to=payout.connected_account.number, amount_fen=50_000, reference=payout.reference,
        key=f"payout:{payout.pk}",
    )  # fmt: skip
    hear(connected)
    assert _now(payout) == ("paid", "paid")
    assert len(connected.account.things["transfer"]) == 1


def test_what_stripe_refuses_waits_for_another_batch_and_may_go_by_bank(connected):
    account, keeper = _account(connected)
    batch = send_batch(_batch(account, keeper), actor=fund_manager())  # nobody has paid in
    payout = batch.payouts.get()
    connected.down = 2
    work_off()
    assert _now(payout) == ("waiting", "batched")
    connected.down = 0
    _transfer(payout=payout.pk)
    assert _now(payout) == ("failed", "invoiced")
    assert "insufficient" in payout.note
    again = make_batch(batch.fund, payables=[payout.payable], actor=fund_manager())
    assert again.payouts.get().bank_account is not None
    assert book_checks.faults() == []


def test_only_accounts_that_are_ready_are_paid(connected):
    account, keeper = _account(connected, ready=False)
    fund = make_fund(1_000_000)
    payable = invoice_for(make_payable(account.organisation, fund=fund), keeper)
    refusal = _refused(
        DomainError, make_batch, fund, payables=[payable], way="stripe", actor=fund_manager()
    )
    assert refusal.field == "payables"


def test_a_transfer_is_taken_back_and_owed_again(connected):
    payout, manager = _sent(connected), fund_manager()
    hear(connected)
    payout.refresh_from_db()
    for person in (make_person("", Role.AUDITOR), make_person("", Role.OFFICER)):
        _refused(Forbidden, recall_payout, payout, reason="付错了", actor=person)
    recall_payout(payout, reason="付错了", actor=manager)
    _refused(WrongState, recall_payout, payout, reason="付错了", actor=manager)
    hear(connected)
    _take_back(payout=payout.pk)
    assert _now(payout) == ("returned", "invoiced")
    assert len(connected.account.things["transfer_reversal"]) == 1
    assert payout.note == "付错了"
    assert balance(accounts.paid(payout.payable.fund)) == 0
    assert book_checks.faults() == []
    run = _compare_later()
    assert run.state == "agreed"
    rows = {row["what"]: row["theirs_fen"] for row in run.results["sides"][0]["sums"]}
    assert (rows["transfers"], rows["transfer_reversals"]) == (50_000, 50_000)


def test_a_person_has_the_part_owed_again_that_stripe_took_back(connected):
    payout, manager = _sent(connected), fund_manager()
    hear(connected)
    thing = connected.account.find("transfer", Payout.objects.get(pk=payout.pk).number)
    connected.account.reverse_transfer(thing, {"amount": 20_000})
    hear(connected)
    held = StripeEvent.objects.get(kind="transfer.reversed")
    assert held.state == "held"
    client, page = as_person(manager), reverse("payments:event", args=[held.pk])
    owe = reverse("payments:owe_part", args=[held.pk])
    shown = client.get(page).content.decode()
    assert owe in shown
    assert reverse("payments:recall_payout", args=[payout.pk]) in shown
    says = client.get(owe).content.decode()
    assert "¥200.00 of ¥500.00" in says
    assert "¥300.00 stays paid" in says
    for person in (make_person("", Role.AUDITOR), make_person("", Role.OFFICER)):
        _refused(Forbidden, owe_part, held, actor=person)
    client.post(owe)
    held.refresh_from_db()
    part = payout.parts.get()
    assert (held.state, part.amount_fen, _now(payout)) == ("done", 20_000, ("paid", "paid"))
    _refused(WrongState, owe_part, held, actor=manager)
    assert client.get(owe).status_code == 302  # to what became of it
    fund = payout.payable.fund
    assert (balance(accounts.paid(fund)), book_checks.faults()) == (30_000, [])
    assert _compare_later().state == "agreed"
    connected.account.reverse_transfer(thing, {"amount": 10_000})  # one more part, at Stripe
    hear(connected)
    second = StripeEvent.objects.get(kind="transfer.reversed", state="held")
    assert "¥100.00 of" in second.error
    recall_payout(Payout.objects.get(pk=payout.pk), reason="余款一并收回", actor=manager)
    work_off()  # the rest: with what nobody had entered, it is owed as one more part
    assert [one.amount_fen for one in payout.parts.order_by("pk")] == [20_000, 30_000]
    hear(connected)
    assert work_off_event(second, actor=manager).state == "done"
    assert (balance(accounts.paid(fund)), book_checks.faults()) == (0, [])
    assert _compare_later().state == "agreed"


def test_a_transfer_taken_back_at_stripe_is_followed_but_not_in_part(connected):
    payout = _sent(connected)
    hear(connected)
    thing = connected.account.find("transfer", Payout.objects.get(pk=payout.pk).number)
    connected.account.reverse_transfer(thing, {"amount": 1})
    hear(connected)
    assert _now(payout) == ("paid", "paid")
    held = StripeEvent.objects.get(kind="transfer.reversed")
    assert held.state == "held"
    assert "¥0.01 of" in held.error
    assert payout.batch.number in held.error
    recall_payout(Payout.objects.get(pk=payout.pk), reason="余款一并收回", actor=fund_manager())
    work_off()  # as the sentence says: the rest is taken back, and the whole is owed again
    assert _now(payout) == ("returned", "invoiced")
    assert balance(accounts.paid(payout.payable.fund)) == 0
    hear(connected)
    assert work_off_event(held, actor=fund_manager()).state == "done"
    assert set(StripeEvent.objects.values_list("state", flat=True)) == {"done"}


def test_what_cannot_be_taken_back_stays_paid(connected):
    payout, manager = _sent(connected), fund_manager()
    hear(connected)
    payout.refresh_from_db()
    del connected.account.things["transfer"][payout.number]
    recall_payout(payout, reason="付错了", actor=manager)
    work_off()
    assert _now(payout) == ("paid", "paid")
    assert payout.recalled_at is None
    assert Notification.objects.filter(person=manager, kind="recall_refused").count() == 1


def test_the_comparison_hears_of_accounts_and_finds_a_lost_transfer(connected):
    account, _keeper = _account(connected, ready=False)
    connected.account.onboard(connected.account.find("account", account.number))
    connected.post.waiting.clear()
    payout = _sent(connected)
    hear(connected)
    lines = connected.account.things["balance_transaction"]
    for number in [n for n, line in lines.items() if line["type"] == "transfer"]:
        del lines[number]
    _compare_later()
    account.refresh_from_db()
    assert account.state == "ready"
    lost = Difference.objects.get()
    assert (lost.kind, lost.ours_fen, lost.about_id) == ("missing_there", 50_000, str(payout.pk))


def test_the_desk_walks_the_road(connected):
    organisation, keeper = make_paid_organisation()
    theirs = as_person(keeper)
    start = reverse("payments:start_account", args=[organisation.pk])
    assert start in theirs.get(reverse("payments:desk")).content.decode()
    assert theirs.get(start).status_code == 200
    assert f"{connected.address}/onboarding/" in theirs.post(start).content.decode()
    account = ConnectedAccount.objects.get()
    assert 'data-tone="warn"' in theirs.get(start).content.decode()  # something is left to do
    connected.account.onboard(connected.account.find("account", account.number))
    make_paid(connected, 200_000)
    fund = make_fund(1_000_000)
    payable = invoice_for(make_payable(organisation, fund=fund), keeper)
    maker, checker = as_person(fund_manager()), as_person(fund_manager())
    make = reverse("payments:make_batch", args=[fund.code])
    assert 'name="way"' in maker.get(make).content.decode()
    ours = state_our_account().pk
    maker.post(make, {"payables": [payable.pk], "way": "stripe", "account": ours})
    batch = Batch.objects.get()
    assert batch.way == "stripe"
    approve = reverse("payments:approve_batch", args=[batch.number])
    assert maker.post(approve).status_code == 403
    checker.post(approve)
    maker.post(reverse("payments:send_batch", args=[batch.number]), {})
    hear(connected)
    payout = batch.payouts.get()
    recall = reverse("payments:recall_payout", args=[payout.pk])
    page = maker.get(reverse("payments:batch", args=[batch.number])).content.decode()
    assert recall in page
    assert theirs.get(reverse("payments:payable", args=[payable.pk])).status_code == 200
    assert theirs.get(reverse("payments:advice", args=[payout.pk])).status_code == 200
    maker.post(recall, {"reason": "付错了"})
    work_off()
    assert _now(payout) == ("returned", "invoiced")


@pytest.mark.parametrize(
    ("country", "secret", "faults"),
    [("", "", 0), ("HK", "whsec_2", 0), ("HK", "", 1), ("", "whsec_2", 1), ("hk", "x", 2)],
)
def test_settings_of_the_second_door_go_together(connected, settings, country, secret, faults):
    settings.STRIPE_CONNECT_COUNTRY, settings.STRIPE_CONNECT_WEBHOOK_SECRET = country, secret
    settings.DEBUG = True
    assert len(unsafe_settings()) == faults

"""Money that goes back: refunds asked for here or at Stripe, and what banks take back."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse

from foundation import clock
from foundation.due.operations import work_off
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.desk.gathering import waiting_for
from marketplace.ledger import accounts
from marketplace.ledger.models import Journal
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.payments import queries
from marketplace.payments.checkout import announce_remittance
from marketplace.payments.deposit_forms import RemittanceForm
from marketplace.payments.deposit_models import (
    Deposit,
    Dispute,
    Refund,
)
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.events import work_off_event
from marketplace.payments.operations import record_deposit
from marketplace.payments.refunds import (
    _ask_stripe,
    close_dispute,
    confirm_refund,
    fail_refund,
    open_dispute,
    refund_deposit,
    reinstate_dispute,
    send_refund,
    take_in_refund,
    withdraw_dispute,
)
from tests.factories.incoming import hear, make_paid, make_payer
from tests.factories.ledger import bind, fund_manager, image, make_fund
from tests.factories.organisations import make_person
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


def _own(deposit):
    return balance(accounts.buyer_own(deposit.fund, deposit.buyer))


def _short(deposit):
    return balance(accounts.deposit_shortfall(deposit.fund, deposit.buyer))


def _spend(deposit, fen):
    bind(deposit.fund, {accounts.buyer_own(deposit.fund, deposit.buyer): fen})


def _faults():
    """The books' faults, but that no agreement stands behind what `_spend` bound."""
    return [fault for fault in verify_books() if "for no agreement" not in fault]


def _charge(stripe, deposit):
    intent = stripe.account.find("payment_intent", deposit.bank_reference)
    return stripe.account.find("charge", intent["latest_charge"])


def _refused(refusal, call, /, *args, **facts):
    before = image(), Refund.objects.count(), Dispute.objects.count()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert (image(), Refund.objects.count(), Dispute.objects.count()) == before
    return raised.value


def _now(thing):
    thing.refresh_from_db()
    return thing.state


def test_a_part_and_then_the_rest_goes_back(stripe):
    deposit, manager = make_paid(stripe, 50_000), fund_manager()
    first = refund_deposit(deposit, amount_fen=20_000, reason="多缴", actor=manager)
    assert (_own(deposit), first.state, _now(deposit)) == (30_000, "asked", "part_refunded")
    work_off()
    assert _now(first) == "arrived"
    assert first.number.startswith("re_")
    hear(stripe)
    refusal = _refused(
        DomainError, refund_deposit, deposit, amount_fen=30_001, reason="x", actor=manager
    )
    assert refusal.field == "amount_fen"
    refund_deposit(deposit, amount_fen=30_000, reason="退出", actor=manager)
    hear(stripe)
    assert (_own(deposit), _now(deposit)) == (0, "refunded")
    assert _charge(stripe, deposit)["refunded"] is True
    assert list(Refund.objects.values_list("state", flat=True)) == ["arrived", "arrived"]
    _refused(WrongState, refund_deposit, deposit, amount_fen=1, reason="x", actor=manager)
    assert _faults() == []


def test_a_refund_asked_for_twice_is_made_once(stripe):
    deposit = make_paid(stripe, 50_000)
    refund = refund_deposit(deposit, amount_fen=20_000, reason="x", actor=fund_manager())
    stripe.down = 3
    work_off()
    assert _now(refund) == "asked"
    stripe.down = 0
    stripe.answered.clear()  # a day later Stripe has forgotten the key
    _ask_stripe(refund=refund.pk)
    _ask_stripe(refund=refund.pk)
    assert len(stripe.account.things["refund"]) == 1
    assert _now(refund) == "arrived"


def test_what_stripe_will_not_give_back_stays_the_unions(stripe):
    deposit = make_paid(stripe, 50_000)
    stripe.account.create_refund({"payment_intent": deposit.bank_reference})
    refund = refund_deposit(deposit, amount_fen=20_000, reason="x", actor=fund_manager())
    work_off()
    assert _now(refund) == "failed"
    assert "already been refunded" in refund.note
    assert _own(deposit) == 50_000
    hear(stripe)  # and now we hear that it was given back there
    assert (_own(deposit), _now(deposit)) == (0, "refunded")
    assert _faults() == []


def test_a_refund_that_takes_time_may_still_fail(stripe):
    deposit = make_paid(stripe, 50_000)
    stripe.account.refunds_take_time = True
    refund = refund_deposit(deposit, amount_fen=20_000, reason="x", actor=fund_manager())
    hear(stripe)
    assert (_now(refund), _own(deposit)) == ("sent", 30_000)
    stripe.account.settle_refund(stripe.account.find("refund", refund.number), "failed")
    hear(stripe)
    assert (_now(refund), _own(deposit), _now(deposit)) == ("failed", 50_000, "arrived")
    assert _faults() == []


def test_a_refund_made_at_stripes_own_pages_is_followed(stripe):
    deposit = make_paid(stripe, 50_000)
    _spend(deposit, 40_000)
    charge = _charge(stripe, deposit)
    stripe.account.create_refund({"charge": charge["id"], "amount": 25_000})
    stripe.post.copies, stripe.post.shuffled = 2, True
    hear(stripe)
    refund = Refund.objects.get()
    assert (refund.state, refund.asked_by, refund.amount_fen) == ("arrived", None, 25_000)
    assert (_own(deposit), _short(deposit), _now(deposit)) == (0, -15_000, "part_refunded")
    assert _faults() == []


def test_promised_and_spent_money_is_not_given_back(stripe, monkeypatch):
    deposit = make_paid(stripe, 50_000)
    _spend(deposit, 10_000)
    monkeypatch.setattr(queries, "PROMISES", [lambda fund, buyer: 15_000])
    facts = {"reason": "x", "actor": fund_manager()}
    refusal = _refused(DomainError, refund_deposit, deposit, amount_fen=25_001, **facts)
    assert "At most ¥250.00" in str(refusal)
    refund_deposit(deposit, amount_fen=25_000, **facts)


def test_a_dispute_takes_what_is_there_and_the_rest_is_owed(stripe):
    deposit, manager = make_paid(stripe, 50_000), fund_manager()
    _spend(deposit, 40_000)
    dispute = stripe.account.dispute(_charge(stripe, deposit))
    hear(stripe)
    ours = Dispute.objects.get()
    assert (ours.state, ours.owed_fen, _now(deposit)) == ("open", 40_000, "disputed")
    assert (_own(deposit), _short(deposit)) == (0, -40_000)
    told = set(Notification.objects.filter(person=manager).values_list("kind", flat=True))
    assert told == {"dispute_opened", "deposit_short"}
    _refused(WrongState, refund_deposit, deposit, amount_fen=1, reason="x", actor=manager)
    stripe.account.close_dispute(dispute, "lost")
    hear(stripe)
    assert (_now(ours), _now(deposit)) == ("lost", "charged_back")
    assert _faults() == []
    _shown_to(manager, _keeper(deposit), deposit)
    # what the union pays in next settles what it owes first
    again = make_paid(stripe, 45_000, fund=deposit.fund, payer=(deposit.buyer, _keeper(deposit)))
    assert (_own(again), _short(again)) == (5_000, 0)
    assert _faults() == []
    page = as_person(manager).get(reverse("payments:shortfalls"))
    assert page.context["rows"] == []


def _shown_to(manager, keeper, deposit):
    """A page of its own says who owes how much and what to do, to those whose business it is."""
    url = reverse("payments:shortfalls")
    stranger = make_payer()[1]
    shown = {}
    for person in (manager, keeper, stranger):
        client = as_person(person)
        page = client.get(url)
        shown[person.pk] = [(row.owed_fen, row.deposits) for row in page.context["rows"]]
        waits = [one for one in waiting_for(person) if one.url == url]
        link = url in client.get(reverse("payments:deposits")).content.decode()
        assert (len(waits), link) == (len(shown[person.pk]), bool(shown[person.pk]))
    assert shown == {manager.pk: [(40_000, [deposit])], keeper.pk: [(40_000, [deposit])],
                     stranger.pk: []}  # fmt: skip
    [row] = as_person(keeper).get(url).context["rows"]
    filled = reverse("payments:announce_remittance") + "?" + row.announcement
    form = as_person(keeper).get(filled).context["form"]
    given = {name: str(form[name].value()) for name in ("buyer", "fund", "amount_fen")}
    assert given == {
        "buyer": str(deposit.buyer_id),
        "fund": str(deposit.fund_id),
        "amount_fen": "400.00",
    }


def test_what_is_owed_can_be_announced_beside_a_fund_that_has_ended(stripe):
    deposit = make_paid(stripe, 50_000)
    _spend(deposit, 50_000)
    after = dt.datetime.combine(deposit.fund.ends_on, dt.time(12), dt.UTC) + dt.timedelta(days=1)
    with clock.at(after):
        facts = {"fund": deposit.fund, "amount_fen": 50_000, "actor": _keeper(deposit)}
        refusal = _refused(DomainError, announce_remittance, deposit.buyer, **facts)
        assert "has ended" in str(refusal)
        stripe.account.dispute(_charge(stripe, deposit))
        hear(stripe)
        form = RemittanceForm(person=_keeper(deposit))
        assert deposit.fund in form.fields["fund"].queryset
        assert announce_remittance(deposit.buyer, **facts).amount_fen == 50_000


def _keeper(deposit):
    return queries.keepers_of(deposit.buyer).get()


def test_a_dispute_decided_for_us_brings_everything_back(stripe):
    deposit = make_paid(stripe, 50_000)
    _spend(deposit, 40_000)
    dispute = stripe.account.dispute(_charge(stripe, deposit))
    stripe.account.close_dispute(dispute, "won")
    stripe.post.copies, stripe.post.shuffled, stripe.post.lost = 3, True, 2
    hear(stripe)
    for _round in range(3):
        for event in StripeEvent.objects.filter(state="waiting"):
            work_off_event(event, actor=SYSTEM)
    ours = Dispute.objects.get()
    assert (ours.state, _now(deposit)) == ("won", "arrived")
    assert (_own(deposit), _short(deposit)) == (10_000, 0)
    assert _faults() == []


def test_a_deposit_by_bank_is_paid_back_by_hand():
    fund, manager = make_fund(), fund_manager()
    union, _keeper = make_payer()
    deposit = record_deposit(
        fund, buyer=union, amount_fen=30_000, bank_reference="ICBC-9",
        received_on=fund.starts_on, actor=manager,
    )  # fmt: skip
    first = refund_deposit(deposit, amount_fen=10_000, reason="多缴", actor=manager)
    assert work_off() == 0
    confirm_refund(first, number="OUT-1", actor=manager)
    second = refund_deposit(deposit, amount_fen=5_000, reason="多缴", actor=manager)
    taken = _refused(Clash, confirm_refund, second, number="OUT-1", actor=manager)
    assert taken.field == "number"
    fail_refund(second, note="户名不符", actor=manager)
    assert (_now(deposit), _own(deposit)) == ("part_refunded", 20_000)
    assert _faults() == []


def test_each_step_is_for_its_own_people(stripe):
    deposit = make_paid(stripe, 50_000)
    keeper = _keeper(deposit)
    others = [keeper, make_person("", Role.OFFICER), make_person("", Role.AUDITOR)]
    for person in others:
        facts = {"amount_fen": 1, "reason": "x", "actor": person}
        _refused(Forbidden, refund_deposit, deposit, **facts)
    refund = refund_deposit(deposit, amount_fen=1, reason="x", actor=fund_manager())
    dispute = open_dispute(deposit, number="dp_1", amount_fen=1, actor=SYSTEM)
    for person in [*others, fund_manager()]:
        _refused(Forbidden, send_refund, refund, number="re_1", actor=person)
        _refused(Forbidden, take_in_refund, deposit, number="x", amount_fen=1, actor=person)
        _refused(Forbidden, open_dispute, deposit, number="dp_2", amount_fen=1, actor=person)
        _refused(Forbidden, withdraw_dispute, dispute, actor=person)
        _refused(Forbidden, reinstate_dispute, dispute, actor=person)
        _refused(Forbidden, close_dispute, dispute, won=True, actor=person)
    for person in others:
        _refused(Forbidden, confirm_refund, refund, actor=person)
        _refused(Forbidden, fail_refund, refund, note="x", actor=person)


def test_more_given_back_at_stripe_than_there_was_is_held(stripe):
    deposit = make_paid(stripe, 50_000)
    refusal = _refused(
        DomainError, take_in_refund, deposit, number="re_9", amount_fen=50_001, actor=SYSTEM
    )
    assert "only ¥500.00 is left" in str(refusal)


def test_a_deposit_that_differs_from_the_book_is_found(stripe):
    deposit = make_paid(stripe, 50_000)
    Deposit.objects.filter(pk=deposit.pk).update(amount_fen=50_001)
    assert verify_books() == [f"deposit:{deposit.pk}: 50000 fen in the book, 50001 by its deposits"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_press_refund_at_once():
    fund, union = make_fund(), make_payer()[0]
    deposit = record_deposit(
        fund, buyer=union, amount_fen=30_000, bank_reference="ICBC-9",
        received_on=fund.starts_on, actor=fund_manager(),
    )  # fmt: skip
    managers, results = [fund_manager(), fund_manager()], []
    start = threading.Barrier(2)

    def press(person):
        try:
            start.wait()
            refund_deposit(deposit, amount_fen=20_000, reason="x", actor=person)
            results.append("given")
        except DomainError as refusal:
            results.append(str(refusal.field))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in managers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["amount_fen", "given"]
    assert _own(deposit) == 10_000
    assert Journal.objects.filter(kind="refund").count() == 1
    assert _faults() == []

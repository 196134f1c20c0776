"""Desk pages of payments: the whole road by pressing buttons; who sees what."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from foundation.waiting import find
from marketplace.payments.deposit_models import Deposit
from marketplace.payments.models import (
    Batch,
)
from marketplace.payments.waiting import looks_for
from tests.factories.ledger import fund_manager, make_fund
from tests.factories.organisations import make_organisation, make_person, make_union, member_of
from tests.factories.payments import (
    invoice_for,
    make_paid_organisation,
    make_payable,
    make_sent_batch,
    state_our_account,
)
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


def test_the_road_is_walked_on_the_desk():
    fund = make_fund(1_000_000)
    organisation = make_organisation("social")
    keeper = member_of(organisation, MembershipRole.FINANCE)
    payable = make_payable(organisation, 50_000, fund=fund)
    theirs, maker, checker = as_person(keeper), fund_manager(), fund_manager()
    assert (
        reverse("payments:state_bank_account", args=[organisation.pk])
        in theirs.get(reverse("payments:desk")).content.decode()
    )
    typed = {"holder": organisation.name, "bank": "工行", "number": "62220202 00112233"}
    theirs.post(reverse("payments:state_bank_account", args=[organisation.pk]), typed)
    typed = {
        "number": "12345678",
        "issued_on": clock.today().isoformat(),
        "amount_fen": "500.00",
        "seller_uscc": organisation.uscc,
    }
    enter = reverse("payments:enter_invoice", args=[payable.pk])
    assert [w.url for w in find(looks_for(keeper))] == [enter]
    wrong = theirs.post(enter, {**typed, "amount_fen": "499"})
    assert list(wrong.context["form"].errors) == ["amount_fen"]
    assert theirs.post(enter, typed).status_code == 302
    assert find(looks_for(keeper)) == []

    making, checking = as_person(maker), as_person(checker)
    make = reverse("payments:make_batch", args=[fund.code])
    assert list(making.post(make, {}).context["form"].errors) == ["payables"]
    ours = state_our_account()
    making.post(make, {"payables": [payable.pk], "account": ours.pk})
    batch = Batch.objects.get()
    page = reverse("payments:batch", args=[batch.number])
    approve = reverse("payments:approve_batch", args=[batch.number])
    assert [w.url for w in find(looks_for(checker))] == [page]
    assert find(looks_for(maker)) == []
    assert making.get(approve).status_code == making.post(approve).status_code == 403
    assert "伍佰元整" in checking.get(approve).content.decode()
    session = checking.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 301}]
    session.save()
    for asked_again in (checking.get(approve), checking.post(approve)):
        assert asked_again["Location"].startswith(reverse("mfa_reauthenticate"))
    batch.refresh_from_db()
    assert batch.state == "made"
    checking.force_login(checker)
    checking.post(approve)
    making.post(reverse("payments:send_batch", args=[batch.number]), {"encoding": "utf-8"})
    batch.refresh_from_db()
    file = reverse("documents:document", args=[batch.document.uuid])
    assert making.get(file).status_code == 200
    assert theirs.get(file).status_code == 404
    making.post(reverse("payments:confirm_payout", args=[batch.payouts.get().pk]))
    payable.refresh_from_db()
    assert payable.state == "paid"
    assert theirs.get(reverse("payments:payable", args=[payable.pk])).status_code == 200


def test_failing_and_taking_apart_ask_why():
    batch = make_sent_batch()
    client = as_person(fund_manager())
    fail = reverse("payments:fail_payout", args=[batch.payouts.get().pk])
    assert list(client.post(fail, {}).context["form"].errors) == ["note"]
    client.post(fail, {"note": "户名不符"})
    assert batch.payouts.get().note == "户名不符"
    cancel = reverse("payments:cancel_batch", args=[batch.number])
    late = client.post(cancel, {"reason": "x"})
    assert late.context["form"].non_field_errors()


def test_an_organisation_sees_its_own_only():
    batch = make_sent_batch(2)
    first, second = (payout.payable for payout in batch.payouts.order_by("pk"))
    keeper = member_of(first.organisation, MembershipRole.FINANCE)
    client = as_person(keeper)
    page = client.get(reverse("payments:desk"))
    assert [payable.pk for payable in page.context["page"]] == [first.pk]
    assert client.get(reverse("payments:payable", args=[second.pk])).status_code == 404
    assert client.get(reverse("payments:batch", args=[batch.number])).status_code == 404
    assert list(client.get(reverse("payments:batches")).context["page"]) == []
    assert client.get(reverse("payments:record_deposit")).status_code == 403
    assert client.get(reverse("payments:make_batch", args=[batch.fund.code])).status_code == 403
    payout = batch.payouts.get(payable=first)
    assert client.post(reverse("payments:confirm_payout", args=[payout.pk])).status_code == 403
    member = as_person(member_of(first.organisation, MembershipRole.MEMBER))
    assert member.get(reverse("payments:payable", args=[first.pk])).status_code == 404


def test_the_auditor_reads_everything_and_changes_nothing():
    batch = make_sent_batch()
    payout = batch.payouts.get()
    client = as_person(make_person("", Role.AUDITOR))
    for url in (
        reverse("payments:desk"),
        reverse("payments:batches"),
        reverse("payments:batch", args=[batch.number]),
        reverse("payments:payable", args=[payout.payable_id]),
        reverse("payments:deposits"),
        reverse("documents:document", args=[batch.document.uuid]),
    ):
        assert client.get(url).status_code == 200, url
    for url in (
        reverse("payments:confirm_payout", args=[payout.pk]),
        reverse("payments:approve_batch", args=[batch.number]),
    ):
        assert client.post(url).status_code == 403, url


def test_a_deposit_is_entered_on_the_desk():
    fund, union = make_fund(), make_union()
    client = as_person(fund_manager())
    typed = {
        "fund": fund.pk,
        "buyer": union.pk,
        "amount_fen": "300",
        "bank_reference": "ICBC-1",
        "received_on": clock.today().isoformat(),
    }
    url = reverse("payments:record_deposit")
    assert client.post(url, typed).status_code == 302
    assert list(client.post(url, typed).context["form"].errors) == ["bank_reference"]
    assert Deposit.objects.get().amount_fen == 30_000


def test_lists_cost_the_same_with_one_row_and_with_three():
    client = as_person(fund_manager())
    batch = make_sent_batch()
    urls = [reverse("payments:desk"), reverse("payments:batches"), reverse("payments:deposits")]

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    organisation, keeper = make_paid_organisation()
    invoice_for(make_payable(organisation, fund=batch.fund), keeper)
    make = reverse("payments:make_batch", args=[batch.fund.code])
    one = [cost(url) for url in [*urls, make]]
    make_sent_batch(2)
    for _ in range(2):
        invoice_for(make_payable(organisation, fund=batch.fund), keeper)
    assert [cost(url) for url in [*urls, make]] == one
    assert max(one) <= 12
    page = reverse("payments:batch", args=[batch.number])
    bigger = reverse("payments:batch", args=[make_sent_batch(3).number])
    assert cost(page) == cost(bigger) <= 12

"""The payment advice: what it says, who has it, and amounts written out."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.urls import reverse

from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from marketplace.payments.advice import facts_of
from marketplace.payments.batches import confirm_payout, return_payout
from tests.factories.ledger import fund_manager
from tests.factories.organisations import make_person, member_of
from tests.factories.payments import make_sent_batch
from tests.marketplace.money_pages import as_person


@pytest.mark.django_db
def test_payee_and_fund_manager_have_the_advice_once_it_is_paid():
    batch = make_sent_batch(2)
    payout, other = batch.payouts.order_by("pk")
    keeper = member_of(payout.payable.organisation, MembershipRole.FINANCE)
    url = reverse("payments:advice", args=[payout.pk])
    theirs = as_person(keeper)
    assert theirs.get(url).status_code == 404
    confirm_payout(payout, actor=fund_manager())
    told = Notification.objects.filter(kind="payout_confirmed", person=keeper).get()
    assert url.removeprefix("/en") in theirs.get(told.url).content.decode()
    body = theirs.get(url)
    assert body["Content-Type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(body.content)).pages[0].extract_text()
    for said in (payout.reference, "¥500.00", "伍佰元整", payout.bank_account.number):
        assert said in text.replace("\n", "")
    assert theirs.get(reverse("payments:advice", args=[other.pk])).status_code == 404
    assert as_person(make_person("", Role.AUDITOR)).get(url).status_code == 200
    stranger = member_of(other.payable.organisation, MembershipRole.FINANCE)
    assert as_person(stranger).get(url).status_code == 404


@pytest.mark.django_db
def test_an_advice_of_what_came_back_says_so():
    payout = confirm_payout(make_sent_batch().payouts.get(), actor=fund_manager())
    return_payout(payout, note="户名不符", actor=fund_manager())
    payout.refresh_from_db()
    facts = facts_of(payout, None)
    assert facts["returned"] is True
    assert "户名不符" in facts["rows"][-1][1]

"""Money that has to come back: claimed by a person, arrived or given up, each fen where it was."""

import pytest
from django.urls import reverse

from foundation.errors import DomainError, Forbidden
from foundation.notifications.models import Notification
from marketplace.agreements import claims
from marketplace.agreements.money import pockets_of
from marketplace.agreements.queries import claimed_fen, open_claims
from marketplace.ledger.book import Overdrawn
from marketplace.ledger.queries import balances
from marketplace.ledger.verification import verify_books
from tests.factories.deals import make_project, make_world, pay_all
from tests.factories.ledger import fund_manager, image

pytestmark = pytest.mark.django_db


def test_money_is_claimed_back_arrives_and_is_given_up_on_the_screens(client):
    agreement = make_project(make_world()).agreement
    manager = fund_manager()
    with pytest.raises(Overdrawn):  # owed, but not paid: nobody has it to give back
        claims.claim_back(agreement, amount_fen=100, reason="not spent", actor=manager)
    pay_all(agreement)
    before = balances(pocket for pocket, _code in pockets_of(agreement))
    client.force_login(manager)
    at = {
        verb: reverse(f"agreements:{verb}", args=[agreement.pk])
        for verb in ("claim_back", "recover_claim", "waive_claim")
    }
    page = reverse("agreements:agreement", args=[agreement.pk])

    once = "6a1f4d8c-6a5b-4f0c-9a55-0f2f6f8f0a01"
    said = {"amount_fen": "100.01", "reason": "没有按约定使用", "once": once}
    for _twice in range(2):  # a doubled click is one claim
        assert client.post(at["claim_back"], said).status_code == 302
    assert claimed_fen(agreement) == 10001
    assert list(open_claims()) == [agreement]
    debtor = agreement.award.proposal.organisation
    told = Notification.objects.filter(kind="claim_back")
    assert {n.person for n in told} == {m.person for m in debtor.memberships.all()}
    assert b"claim_back" in client.get(page).content

    answer = client.post(at["recover_claim"], {"amount_fen": "100.02", "reason": "银行流水"})
    assert "¥100.01" in answer.content.decode()  # more than is owed
    assert claimed_fen(agreement) == 10001
    client.post(at["recover_claim"], {"amount_fen": "60", "reason": "银行流水 0017"})
    client.post(at["waive_claim"], {"amount_fen": "40.01", "reason": "法院裁定"})
    assert claimed_fen(agreement) == 0
    assert not open_claims().exists()
    after = balances(pocket for pocket, _code in pockets_of(agreement))
    assert sum(after.values()) - sum(before.values()) == 6000
    assert verify_books() == []

    stands = image()
    with pytest.raises(Forbidden):
        claims.claim_back(agreement, amount_fen=1, reason="x", actor=agreement.drawn_up_by)
    with pytest.raises(DomainError):
        claims.claim_back(agreement, amount_fen=1, reason=" ", actor=manager)
    assert image() == stands

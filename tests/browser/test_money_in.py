"""A union's own money comes in, clicked through: by bank slip and statement, and by card.

In Chinese with scripts; the book is whole at the end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page

from cms.demo.people import PASSWORD, address_of, make_account
from foundation import clock
from foundation.organisations.models import MembershipRole, Organisation
from foundation.people.models import Appointment
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.queries import balance
from marketplace.payments.deposit_models import Remittance
from marketplace.payments.statement_models import StatementLine
from tests.browser.stage import SharedTime, Stage, books_are_clean
from tests.factories.incoming import hear, through
from tests.factories.ledger import make_fund
from tests.factories.organisations import join, make_union
from tests.factories.statements import icbc
from tests.stripe_standin import StandIn, standing_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(  # its operations are tried on both databases, its pages need only one
        connection.vendor == "postgresql", reason="the operations are tried on both; pages on one"
    ),
]


@pytest.fixture
def stage(browser: Browser, live_server: Any, time: SharedTime) -> Any:
    stage = Stage(browser, live_server.url, time, language="zh-hans", script=True)
    hashed = make_password(PASSWORD)
    keeper = make_account("fund", "林振华", hashed)
    Appointment.objects.create(person=keeper, role="fund_manager", began_at=clock.now())
    federation = make_union(name="浦东新区总工会")
    hub = make_union(federation, name="陆家嘴街道总工会")
    join(make_account("buyer", "周文杰", hashed), hub, MembershipRole.FINANCE)
    make_fund(code="2026-seed", name="2026年种子资金", manager=keeper)
    yield stage
    stage.close()


@pytest.fixture
def stripe(settings: Any, live_server: Any) -> Any:
    with standing_in("/payments/stripe/", send=through(Client())) as standin:
        settings.BASE_URL = live_server.url
        settings.STRIPE_SECRET_KEY = standin.key
        settings.STRIPE_WEBHOOK_SECRET = standin.post.secret
        settings.STRIPE_API_BASE = standin.address
        yield standin


def announce(stage: Stage, page: Page, yuan: str) -> Remittance:
    """The union says what it will pay in, and gets its slip."""
    stage.go(page, "/desk/payments/announced/new/")
    stage.fill(page, amount_fen=yuan, purpose="职工心理服务")
    stage.send(page, "amount_fen")
    return Remittance.objects.latest("pk")


def test_own_money_comes_in_by_bank_slip_and_by_card(
    stage: Stage, stripe: StandIn, tmp_path: Path
) -> None:
    hub = Organisation.objects.get(name="陆家嘴街道总工会")
    own = accounts.buyer_own(Fund.objects.get(), hub)
    buyer, fund = stage.page(address_of("buyer")), stage.page(address_of("fund"))

    slip = announce(stage, buyer, "5,000")
    stage.check(buyer)
    assert slip.reference in buyer.locator("main").inner_text()
    day = clock.today().isoformat()  # Stripe's stand-in lives today, so everybody does
    rows = [
        (f"{day} 10:00:00", "", "5,000.00", hub.name, f"缴款 {slip.reference}", "S001"),
        (f"{day} 10:05:00", "", "12.34", "某人", "不明", "S002"),
    ]
    file = tmp_path / "statement.csv"
    file.write_bytes(icbc(rows).encode("gb18030"))
    stage.go(fund, "/desk/payments/lines/read-in/")
    stage.fill(fund, upload=str(file))
    stage.send(fund, "upload")
    assert [line.state for line in StatementLine.objects.order_by("row")] == ["matched", "waiting"]
    assert balance(own) == 5_000_00
    stage.go(fund, "/desk/payments/lines/?state=waiting")
    stage.check(fund)
    assert "¥12.34" in stage.said(fund)

    card = announce(stage, buyer, "300")
    stage.press(buyer, f"/announced/{card.pk}/online/")
    buyer.locator(f'main a[href^="{stripe.address}/pay/"]').click()
    buyer.locator('button[value="card"]').click()
    buyer.wait_for_url(f"{stage.address}/**", timeout=20_000)
    hear(stripe)
    stage.go(buyer, urlsplit(buyer.url).path)
    assert "¥300.00" in stage.said(buyer)
    assert balance(own) == 5_300_00
    stage.go(buyer, f"/desk/ledger/budgets/{hub.pk}/")
    stage.check(buyer)
    assert "¥5,300.00" in stage.said(buyer)
    books_are_clean()

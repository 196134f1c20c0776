"""Desk pages of the book: who sees what, forms, exports, constant queries."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.documents.models import Document
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from marketplace.ledger import accounts
from marketplace.ledger.models import Account, Fund, Journal
from marketplace.ledger.queries import balance, statement, whole_statement
from tests.factories.ledger import bind, fund_manager, give, image, make_fund
from tests.factories.organisations import (
    make_organisation,
    make_person,
    make_union,
    make_upload,
    member_of,
)
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


def _world(unions=1):
    fund = make_fund(1_000_000)
    return fund, [give(fund, 10_000) for _ in range(unions)]


def _queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_book_is_read_by_the_federation_and_nobody_else():
    fund, [union] = _world()
    account = Account.objects.get(code=accounts.buyer_available(fund, union))
    pages = [
        reverse("ledger:fund", args=[fund.code]),
        reverse("ledger:accounts", args=[fund.code]),
        reverse("ledger:trial_balance_csv", args=[fund.code]),
        reverse("ledger:account", args=[account.pk]),
        reverse("ledger:statement_csv", args=[account.pk]),
        reverse("ledger:journal", args=[Journal.objects.first().pk]),
    ]
    for role in (Role.OFFICER, Role.FUND_MANAGER, Role.AUDITOR):
        client = as_person(make_person("", role))
        assert client.get(reverse("ledger:desk")).status_code == 200
        assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    stranger = as_person(member_of(make_organisation("social")))
    assert stranger.get(reverse("ledger:desk")).status_code == 403
    assert [stranger.get(page).status_code for page in pages] == [404] * len(pages)


def test_a_union_reads_its_own_budget_and_no_other():
    fund, [union] = _world()
    bind(fund, {accounts.buyer_available(fund, union): 4_000})
    client = as_person(member_of(union, MembershipRole.FINANCE))
    budget = reverse("ledger:budget", args=[union.pk])
    assert client.get(reverse("ledger:budgets")).url == budget
    assert "¥10,000.00" not in client.get(budget).content.decode()
    assert "¥100.00" in client.get(budget).content.decode()
    own = Account.objects.get(code=accounts.buyer_available(fund, union))
    assert client.get(reverse("ledger:account", args=[own.pk])).status_code == 200
    journal = Journal.objects.get(kind="allocate")
    assert client.get(reverse("ledger:journal", args=[journal.pk])).status_code == 200
    other = Account.objects.get(code=accounts.authority(fund))
    assert client.get(reverse("ledger:account", args=[other.pk])).status_code == 404
    assert client.get(reverse("ledger:budget", args=[make_union().pk])).status_code == 403
    member = as_person(member_of(union, MembershipRole.MEMBER))
    assert member.get(budget).status_code == 403


def test_allocating_says_what_is_left_and_keeps_what_was_typed():
    fund, [union] = _world()
    manager = fund_manager()
    client = as_person(manager)
    url = reverse("ledger:allocate_budget", args=[fund.code])
    assert "¥9,900.00" in client.get(url).content.decode()
    typed = {"buyer": union.pk, "amount_fen": "9,900.01", "reason": "增补", "once": uuid.uuid4()}
    page = client.post(url, typed, headers={"accept-language": "en"})
    assert page.context["form"].errors["amount_fen"][0] in (
        "There is only ¥9,900.00 left there.",
        "那里只剩 ¥9,900.00。",
    )
    assert "增补" in page.content.decode()
    assert Journal.objects.filter(kind="allocate").count() == 1
    typed["amount_fen"] = "9,900"
    for _click in range(2):
        assert client.post(url, typed).status_code == 302
    assert balance(accounts.buyer_available(fund, union)) == 1_000_000
    assert Journal.objects.filter(kind="allocate").count() == 2


def test_an_amount_that_cannot_be_is_refused_in_words_and_kept_as_typed():
    fund, [union] = _world()
    client = as_person(fund_manager())
    url = reverse("ledger:allocate_budget", args=[fund.code])
    before, shape = image(), "Write an amount in yuan, such as 1,300.50."
    for typed, said in (
        ("0", "At least ¥0.01."),
        ("-1", shape),
        ("0.001", shape),
        ("USD 5", shape),
        ("90,071,992,547,409.93", "At most ¥90,071,992,547,409.92."),
        ("9,900.01", "There is only ¥9,900.00 left there."),
    ):
        page = client.post(url, {"buyer": union.pk, "amount_fen": typed, "reason": "增补"})
        assert page.context["form"].errors == {"amount_fen": [said]}
        assert f'value="{typed}"' in page.content.decode()
    assert image() == before


def test_a_fund_is_opened_filled_and_taken_back_from_on_the_desk():
    client = as_person(fund_manager())
    union = make_union()
    typed = {
        "name": "种子资金",
        "code": "2026-seed",
        "starts_on": "2014-01-01",
        "ends_on": "2099-12-31",
    }
    client.post(reverse("ledger:create_fund"), typed)
    fund = Fund.objects.get(code="2026-seed")
    for law, facts in (
        ("appropriate_fund", {"amount_fen": "100", "upload": make_upload()}),
        ("allocate_budget", {"amount_fen": "60", "buyer": union.pk}),
        ("unallocate_budget", {"amount_fen": "10", "buyer": union.pk}),
    ):
        page = client.post(reverse(f"ledger:{law}", args=[fund.code]), {"reason": "依据", **facts})
        assert page.status_code == 302, law
    assert balance(accounts.fund_available(fund)) == 5_000
    again = client.post(reverse("ledger:create_fund"), typed)
    assert list(again.context["form"].errors) == ["code"]
    auditor = as_person(make_person("", Role.AUDITOR))
    assert auditor.get(reverse("ledger:create_fund")).status_code == 403
    assert auditor.get(reverse("ledger:allocate_budget", args=[fund.code])).status_code == 403


def test_a_doubled_click_on_appropriating_is_one_act():
    fund, client = make_fund(), as_person(fund_manager())
    url = reverse("ledger:appropriate_fund", args=[fund.code])
    once = uuid.uuid4()

    def click(upload, amount="100"):
        typed = {"amount_fen": amount, "reason": "拨款", "once": once, "upload": upload}
        return client.post(url, typed)

    assert [click(make_upload()).status_code for _click in range(2)] == [302, 302]
    assert balance(accounts.fund_available(fund)) == 10_000
    assert Document.objects.filter(purpose="resolution").count() == 1
    assert Entry.objects.filter(action="appropriate_fund").count() == 1
    assert click(make_upload(), "101").status_code == 200  # another sum under the same press
    assert (balance(accounts.fund_available(fund)), Document.objects.count()) == (10_000, 1)


def test_checking_the_books_shows_the_result():
    _world()
    client = as_person(make_person("", Role.AUDITOR))
    assert client.post(reverse("ledger:check_books")).status_code == 302
    assert client.get(reverse("ledger:desk")).context["verification"].faults == []
    officer = as_person(make_person("", Role.OFFICER))
    assert officer.post(reverse("ledger:check_books")).status_code == 403
    assert client.get(reverse("ledger:check_books")).status_code == 405


def test_lists_cost_the_same_with_one_row_and_with_three():
    client = as_person(fund_manager())
    fund, _unions = _world()
    urls = [reverse("ledger:desk"), reverse("ledger:fund", args=[fund.code])]
    urls.append(reverse("ledger:accounts", args=[fund.code]))
    account = Account.objects.get(code=accounts.fund_available(fund))
    urls.append(reverse("ledger:account", args=[account.pk]))
    one = [_queries(client, url) for url in urls]
    for _ in range(2):
        give(fund, 100)
        _world()
    assert [_queries(client, url) for url in urls] == one
    assert max(one) <= 12


def test_a_statement_is_paged_with_its_running_balance():
    fund, _unions = _world(unions=7)
    account = Account.objects.get(code=accounts.fund_available(fund))
    first = statement(account, size=3)
    second = statement(account, size=3, after=first.older)
    third = statement(account, size=3, after=second.older)
    rows = [*first.rows, *second.rows, *third.rows]
    assert [row.balance_fen for row in rows] == [930_000 + 10_000 * n for n in range(8)]
    assert third.older is None
    assert rows == list(whole_statement(account))
    forged = statement(account, size=3, after="x" + first.older)
    assert forged.rows == first.rows
    other = Account.objects.get(code=accounts.authority(fund))
    assert statement(other, size=3, after=first.older).rows[0].balance_fen == -1_000_000


def test_exports_are_safe_in_a_spreadsheet():
    fund = make_fund(1_000)
    client = as_person(fund_manager())
    union = make_union()
    client.post(
        reverse("ledger:allocate_budget", args=[fund.code]),
        {"buyer": union.pk, "amount_fen": "1", "reason": '=HYPERLINK("x")'},
    )
    account = Account.objects.get(code=accounts.buyer_available(fund, union))
    body = client.get(reverse("ledger:statement_csv", args=[account.pk])).getvalue().decode()
    assert body.startswith("\ufeff")
    assert "'=HYPERLINK" in body
    assert ",1.00,,1.00" in body
    sheet = client.get(reverse("ledger:trial_balance_csv", args=[fund.code])).getvalue().decode()
    assert sheet.splitlines()[-1].endswith("11.00,11.00,0.00")

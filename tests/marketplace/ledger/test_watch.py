"""Warnings before a budget runs dry: once at each crossing, to those who keep the money."""

import pytest
from django.db import transaction
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, post
from marketplace.ledger.flow import returns_of
from marketplace.ledger.models import Shortage
from marketplace.ledger.watch import levels_of, set_warning, watch_fund, watch_funds
from tests.factories.ledger import fund_manager, give, make_fund
from tests.factories.organisations import make_person, member_of
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


def _reserve(fund, pocket, fen, award=1):
    reserved = accounts.award_reserved(fund, award, pocket)
    _post(fund, f"reserve:{award}", "reserve", Line(pocket, reserved, fen))
    return reserved


def _post(fund, key, kind, line):
    post(key=key, kind=kind, lines=[line], reference="award:1", actor=SYSTEM, fund=fund)


def _told(kind):
    return Notification.objects.filter(kind=kind).count()


def test_a_budget_is_warned_of_once_at_each_crossing():
    manager = fund_manager()
    fund = make_fund(100_000, manager=manager)
    union = give(fund, 10_000)
    keeper = member_of(union, MembershipRole.FINANCE)
    assert watch_fund(fund, actor=SYSTEM) == 0
    pocket = accounts.buyer_available(fund, union)
    reserved = _reserve(fund, pocket, 9_000)
    assert watch_fund(fund, actor=SYSTEM) == 0  # a tenth is left, and a tenth is asked for
    _reserve(fund, pocket, 1, award=2)
    assert [watch_fund(fund, actor=SYSTEM) for _again in range(3)] == [1, 0, 0]
    [shortage] = Shortage.objects.all()
    assert (shortage.organisation, shortage.free_fen, shortage.given_fen) == (union, 999, 10_000)
    for person in (manager, keeper):
        assert Notification.objects.filter(person=person, kind="budget_runs_low").count() == 1
    assert Entry.objects.filter(action="watch_fund").count() == 1
    _post(fund, "release", "release", Line(reserved, pocket, 9_000))
    assert watch_fund(fund, actor=SYSTEM) == 0
    shortage.refresh_from_db()
    assert shortage.ended_at
    _reserve(fund, pocket, 9_999, award=3)
    assert watch_fund(fund, actor=SYSTEM) == 1
    assert Notification.objects.filter(person=keeper, kind="budget_runs_low").count() == 2


def test_a_fund_is_low_when_little_of_all_its_money_is_free():
    fund = make_fund(1_000)
    union = give(fund, 1_000)
    assert [level.free_fen for level in levels_of(fund).values()] == [1_000, 1_000]
    assert watch_funds() == 0  # given out, but not promised to anything
    _reserve(fund, accounts.buyer_available(fund, union), 901)
    assert watch_funds() == 2
    assert (_told("fund_runs_low"), _told("budget_runs_low")) == (2, 2)  # both fund managers
    assert watch_funds() == 0
    empty = make_fund()
    assert watch_fund(empty, actor=SYSTEM) == 0


def test_the_share_to_warn_at_is_set_with_a_reason_by_the_fund_manager():
    fund = make_fund(1_000)
    union = give(fund, 500)
    _reserve(fund, accounts.buyer_available(fund, union), 300)
    manager = fund_manager()
    for actor in (make_person("", Role.OFFICER), member_of(union)):
        with pytest.raises(Forbidden), transaction.atomic():
            set_warning(fund, percent=50, reason="r", actor=actor)
    for percent in (-1, 101):
        with pytest.raises(DomainError), transaction.atomic():
            set_warning(fund, percent=percent, reason="r", actor=manager)
    fund.refresh_from_db()
    assert fund.warn_percent == 10
    client = as_person(manager)
    url = reverse("ledger:set_warning", args=[fund.code])
    assert client.post(url, {"percent": "50"}).context["form"].errors.keys() == {"reason"}
    assert client.post(url, {"percent": "50", "reason": "年底"}).status_code == 302
    assert Entry.objects.get(action="set_warning").facts == {
        "percent": 50,
        "before": 10,
        "reason": "年底",
    }
    assert watch_funds() == 1
    set_warning(fund, percent=0, reason="r", actor=manager)
    assert watch_funds() == 0
    assert Shortage.objects.filter(ended_at=None).count() == 0


def test_a_low_budget_is_seen_on_the_desk_the_fund_and_the_budget():
    fund = make_fund(1_000)
    union = give(fund, 1_000)
    manager, keeper = as_person(fund_manager()), as_person(member_of(union))
    page = manager.get(reverse("ledger:fund", args=[fund.code]))
    assert page.context["shortages"] == []
    _reserve(fund, accounts.buyer_available(fund, union), 950)
    watch_funds()
    page = manager.get(reverse("ledger:fund", args=[fund.code]))
    assert {row.organisation for row in page.context["shortages"]} == {None, union}
    [row] = keeper.get(reverse("ledger:budget", args=[union.pk])).context["shortages"]
    assert row.organisation == union
    urls = [one.url for one in manager.get(reverse("desk:home")).context["waiting"]]
    assert reverse("ledger:fund", args=[fund.code]) in urls
    urls = [one.url for one in keeper.get(reverse("desk:home")).context["waiting"]]
    assert reverse("ledger:budget", args=[union.pk]) in urls


def test_the_flow_shows_what_returned_and_where_to():
    fund = make_fund(1_000)
    union = give(fund, 500)
    for number, pocket in enumerate(
        (accounts.fund_available(fund), accounts.buyer_available(fund, union)), start=1
    ):
        reserved = _reserve(fund, pocket, 100, award=number)
        _post(fund, f"release:{number}", "release", Line(reserved, pocket, 10 * number))
    assert [row[1:] for row in returns_of(fund)] == [(20, 2, 1), (10, 2, 0)]
    assert returns_of(fund) == returns_of()
    page = as_person(fund_manager()).get(reverse("ledger:fund", args=[fund.code]))
    assert page.content.decode().count("released from awards, back to") == 4  # drawn, in the table
    assert "¥0.20" in page.content.decode()

"""Periods that close: nothing dated within one is taken any more, by anybody, on both databases."""

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError, Forbidden
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, post, undo
from marketplace.ledger.models import Account, Journal, Period, Transfer
from marketplace.ledger.operations import check_books, close_period
from marketplace.ledger.verification import own_faults
from tests.at_once import at_once, numbered
from tests.factories.ledger import fund_manager, give, image, make_fund
from tests.factories.organisations import make_officer, make_person, make_union
from tests.marketplace.ledger.test_verification import triggers_away
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db

LAST = dt.date(2026, 3, 31)
LATER = dt.datetime(2026, 4, 10, tzinfo=dt.UTC)


def _step(fund, buyer, fen=1):
    return Line(accounts.fund_available(fund), accounts.buyer_available(fund, buyer), fen)


def _allocate(fund, buyer, key, day, fen=1):
    return post(
        key=key,
        kind="allocate",
        lines=[_step(fund, buyer, fen)],
        reference="t",
        actor=SYSTEM,
        fund=fund,
        effective_on=day,
    )


def _refused(refusal, call, /, *args, **facts):
    before = image(), Period.objects.count()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert (image(), Period.objects.count()) == before
    return str(raised.value)


@pytest.fixture
def closed():
    """A fund closed up to the end of March, with one journal inside the period."""
    with clock.at(dt.datetime(2026, 3, 1, tzinfo=dt.UTC)):
        fund = make_fund(1000)
        buyer = give(fund, 300)
    with clock.at(LATER):
        period = close_period(fund, ends_on=LAST, actor=fund_manager())
    return fund, buyer, period


def test_a_closed_period_takes_no_journal_and_the_day_after_does(closed):
    fund, buyer, period = closed
    assert (period.ends_on, period.verification.faults) == (LAST, [])
    for day in (LAST, dt.date(2020, 1, 1)):
        assert "closed period" in _refused(DomainError, _allocate, fund, buyer, "late", day)
    _allocate(fund, buyer, "in time", LAST + dt.timedelta(days=1))
    assert own_faults() == []


def test_an_account_opened_afterwards_is_born_into_the_closed_period(closed):
    fund, _buyer, _period = closed
    newcomer = make_union()
    assert "closed period" in _refused(DomainError, _allocate, fund, newcomer, "late", LAST)
    _allocate(fund, newcomer, "in time", LAST + dt.timedelta(days=1))
    code = accounts.buyer_available(fund, newcomer)
    assert Account.objects.get(code=code).closed_until == LAST


def test_other_funds_stay_open(closed):
    fund = make_fund(10)
    _allocate(fund, make_union(), "elsewhere", LAST)


def test_a_mistake_in_a_closed_period_is_undone_later_and_refers_back(closed):
    wrong = Journal.objects.get(kind="allocate")
    with clock.at(LATER):
        undone = undo(wrong, key="undo", actor=SYSTEM, memo="三月多拨")
    assert (undone.effective_on, undone.reverses) == (dt.date(2026, 4, 10), wrong)
    assert own_faults() == []


@pytest.mark.parametrize("day", [LAST, LAST - dt.timedelta(days=40), dt.date(2026, 4, 10)])
def test_periods_close_forwards_and_only_over_days_that_are_over(closed, day):
    fund = closed[0]
    with clock.at(LATER):
        _refused(DomainError, close_period, fund, ends_on=day, actor=fund_manager())
        close_period(fund, ends_on=dt.date(2026, 4, 9), actor=fund_manager())
    assert fund.periods.count() == 2


def test_only_fund_managers_close():
    fund = make_fund(10)
    _refused(Forbidden, close_period, fund, ends_on=LAST, actor=make_officer())


def test_books_that_differ_are_not_closed():
    fund = make_fund(1000)
    give(fund, 300)
    with triggers_away("marketplace_journal"):
        Journal.objects.filter(kind="allocate").update(memo="x")
    with clock.at(LATER):
        said = _refused(DomainError, close_period, fund, ends_on=LAST, actor=fund_manager())
    assert "not what was posted" in said


P, A = "marketplace_period", "marketplace_account"
ATTACKS = {
    "reopened": f"DELETE FROM {P}",
    "moved back": f"UPDATE {P} SET ends_on = '2026-01-31'",
    "accounts reopened": f"UPDATE {A} SET closed_until = NULL",
    "accounts moved back": f"UPDATE {A} SET closed_until = '2026-01-31'",
    "closed backwards": f"INSERT INTO {P} (fund_id, ends_on, closed_by_id, closed_at, "
    "last_transfer, verification_id) SELECT fund_id, '2026-01-31', closed_by_id, closed_at, "
    f"last_transfer, verification_id FROM {P}",
    "posted by hand": "INSERT INTO marketplace_transfer (journal_id, debit_id, credit_id, "
    "amount_fen) SELECT journal_id, debit_id, credit_id, 1 FROM marketplace_transfer",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_nobody_with_sql_gets_into_a_closed_period(closed, name):
    before = image(), list(Transfer.objects.values()), list(Account.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ATTACKS[name])
    assert (image(), list(Transfer.objects.values()), list(Account.objects.values())) == before


def test_what_was_forced_into_a_closed_period_is_found(closed):
    fund, buyer, _period = closed
    with triggers_away(A):
        Account.objects.filter(fund=fund).update(closed_until=None)
    assert len([f for f in own_faults() if "its books are not closed" in f]) == 3
    _allocate(fund, buyer, "forced", LAST)
    faults = [fault for fault in own_faults() if "after it was closed" in fault]
    assert faults == [f"journal forced: posted into {fund} … 2026-03-31 after it was closed"]


def test_a_law_that_was_taken_away_is_missed(closed):
    with triggers_away(A):
        gone = [fault for fault in own_faults() if fault.startswith("the book lacks its law")]
        assert "the book lacks its law account_fixed" in gone
    assert own_faults() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_closing_while_eight_post_lets_nothing_in_afterwards():
    fund, buyers = make_fund(100_000), [make_union() for _ in range(40)]
    today, manager = clock.today(), fund_manager()
    day = today - dt.timedelta(days=1)
    stop, posted = threading.Event(), []

    def write(number):
        """Post into yesterday until it is refused; new accounts are opened on the way."""
        for turn in range(10_000):
            if stop.wait(0):
                return "stopped"
            try:
                _allocate(fund, buyers[turn % 40], f"w:{number}:{turn}", day)
            except DomainError as refusal:
                return "period_closed" in str(refusal.__cause__)
            posted.append(number)
        return "never refused"

    def act(number):
        if number < 8:
            return write(number)
        while len(posted) < 80:
            stop.wait(0.01)
        return close_period(fund, ends_on=day, actor=manager)

    results = at_once(*numbered(9, act))
    stop.set()
    assert isinstance(results[8], Period), results
    assert results[:8] == [True] * 8
    late = Transfer.objects.filter(pk__gt=results[8].last_transfer)
    assert not late.filter(journal__effective_on__lte=day).exists()
    assert Transfer.objects.filter(journal__effective_on=day).count() == len(posted)
    assert set(fund.accounts.values_list("closed_until", flat=True)) == {day}
    check_books(actor=SYSTEM)
    assert own_faults() == []


def test_the_page_lists_closed_periods_and_a_fund_manager_closes_one(closed):
    fund, _buyer, _period = closed
    manager = as_person(fund_manager())
    page = manager.get(reverse("ledger:periods", args=[fund.code]))
    assert page.status_code == 200
    assert "2026-03-31" in page.content.decode()
    url = reverse("ledger:close_period", args=[fund.code])
    assert manager.get(url).status_code == 200
    refused = manager.post(url, {"ends_on": "2026-03-01"})
    assert "ends_on" in refused.context["form"].errors
    with clock.at(LATER):
        assert manager.post(url, {"ends_on": "2026-04-05"}).status_code == 302
    assert fund.periods.count() == 2
    auditor = as_person(make_person("", Role.AUDITOR))
    assert auditor.get(reverse("ledger:periods", args=[fund.code])).status_code == 200
    assert auditor.get(url).status_code == 403

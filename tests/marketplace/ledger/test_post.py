"""`post`: once, whole, within what there is; undone once."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from foundation.errors import Clash, DomainError
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.book import Event, Line, Overdrawn, post, post_many, undo
from marketplace.ledger.models import Account, Journal, Transfer
from marketplace.ledger.queries import balance, balances
from marketplace.ledger.verification import verify_books
from tests.factories.ledger import fund_manager, give, image, make_fund
from tests.factories.organisations import make_union

pytestmark = pytest.mark.django_db


def _allocate(fund, buyer, amount, key="k", **more):
    step = Line(accounts.fund_available(fund), accounts.buyer_available(fund, buyer), amount)
    facts = {"reference": "test:1", "actor": SYSTEM, "fund": fund, **more}
    return post(key=key, kind="allocate", lines=[step], **facts)


def _refused(refusal, call, /, *args, **facts):
    """The refusal; afterwards nothing has changed."""
    before = image()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert image() == before
    return raised.value


def test_posting_moves_money_and_creates_accounts_on_first_use():
    fund, buyer = make_fund(1000), make_union()
    journal = _allocate(fund, buyer, 400)
    assert (journal.kind, journal.reference, journal.actor_id) == ("allocate", "test:1", None)
    assert balances(
        [
            accounts.authority(fund),
            accounts.fund_available(fund),
            accounts.buyer_available(fund, buyer),
        ]
    ) == {
        accounts.authority(fund): -1000,
        accounts.fund_available(fund): 600,
        accounts.buyer_available(fund, buyer): 400,
    }
    assert balance("fund/nobody/available") == 0
    assert verify_books() == []


def test_a_posting_is_one_round_trip_where_there_is_a_server_and_two_where_there_is_none():
    fund, buyer = make_fund(1000), make_union()
    once = 1 if connection.vendor == "postgresql" else 2
    with CaptureQueriesContext(connection) as first:
        _allocate(fund, buyer, 400)
    assert len(first) <= (once if once == 1 else 6)  # an account was opened on the way
    with CaptureQueriesContext(connection) as second:
        journal = _allocate(fund, buyer, 100, key="again")
    assert len(second) == once
    assert journal.pk == Journal.objects.get(key="again").pk
    with CaptureQueriesContext(connection) as third:
        assert _allocate(fund, buyer, 100, key="again") == journal
    assert len(third) == once


@pytest.mark.postgres
@pytest.mark.parametrize("counted", [True, False])
def test_a_posting_reads_as_much_of_a_full_book_as_of_an_empty_one(counted):
    fund, union = make_fund(1000), make_union()
    with connection.cursor() as cursor:
        if counted:  # the planner knows how small the book is, and would rather read all of it
            cursor.execute("ANALYZE marketplace_journal, marketplace_account")

        def rows_read():
            cursor.execute(
                "SELECT c.relname, pg_stat_get_xact_tuples_returned(c.oid) FROM pg_class c "
                "LEFT JOIN pg_index i ON i.indexrelid = c.oid WHERE "
                "coalesce(i.indrelid, c.oid) = ANY("
                "  ARRAY['marketplace_journal', 'marketplace_account']::regclass[])"
            )
            return Counter(dict(cursor.fetchall()))

        def posted_ten(name):
            before = rows_read()
            for number in range(10):
                for _twice in range(2):
                    _allocate(fund, union, 1, key=f"{name}{number}")
            return rows_read() - before

        posted_ten("warm")
        few = posted_ten("few")
        for other in [make_union() for _ in range(10)]:  # more accounts, more entries
            _allocate(fund, other, 1, key=f"other{other.pk}")
        more = posted_ten("many") - few
    # of an account only its own older versions, which this one transaction leaves lying about
    assert {name for name in more if not name.startswith("marketplace_account_")} == set()
    assert sum(more.values()) < 10 * 20  # one whole reading of the ten others a posting


def test_what_is_answered_is_what_stands():
    fund, buyer = make_fund(1000), make_union()
    said = {"facts": {"a": [1, "二"]}, "memo": "备忘", "actor": fund_manager()}
    for journal in (_allocate(fund, buyer, 4, **said), _allocate(fund, buyer, 4, **said)):
        stands = Journal.objects.get(pk=journal.pk)
        assert {f.attname: getattr(journal, f.attname) for f in Journal._meta.fields} == {
            f.attname: getattr(stands, f.attname) for f in Journal._meta.fields
        }
        assert not journal._state.adding


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_posting_that_is_the_first_word_of_a_transaction_goes_when_that_is_taken_back():
    fund, buyer = make_fund(1000), make_union()
    before = image()
    with transaction.atomic():
        _allocate(fund, buyer, 400)
        transaction.set_rollback(True)
    assert image() == before
    _allocate(fund, buyer, 400)
    assert balance(accounts.buyer_available(fund, buyer)) == 400


def test_the_same_key_with_the_same_content_is_one_posting():
    fund, buyer = make_fund(1000), make_union()
    first = _allocate(fund, buyer, 400)
    before = image()
    assert _allocate(fund, buyer, 400).pk == first.pk
    assert image() == before


@pytest.mark.parametrize(
    "change", [{"memo": "other"}, {"reference": "test:2"}, {"facts": {"a": 1}}, {"amount": 401}]
)
def test_the_same_key_with_other_content_is_refused(change):
    fund, buyer = make_fund(1000), make_union()
    _allocate(fund, buyer, 400)
    facts = {"amount": 400, **change}
    amount = facts.pop("amount")
    _refused(Clash, _allocate, fund, buyer, amount, **facts)


def test_another_day_for_the_same_key_is_refused():
    fund, buyer = make_fund(1000), make_union()
    _allocate(fund, buyer, 400, effective_on=dt.date(2026, 1, 1))
    _refused(Clash, _allocate, fund, buyer, 400, effective_on=dt.date(2026, 1, 2))


def test_nothing_goes_below_zero():
    fund, buyer = make_fund(1000), make_union()
    refusal = _refused(Overdrawn, _allocate, fund, buyer, 1001)
    assert "not enough money" in str(refusal)


def test_all_lines_or_none():
    fund, first, second = make_fund(1000), make_union(), make_union()
    lines = [
        Line(accounts.fund_available(fund), accounts.buyer_available(fund, b), 600)
        for b in (first, second)
    ]
    facts = {"key": "k", "kind": "allocate", "reference": "t", "actor": SYSTEM, "fund": fund}
    _refused(Overdrawn, post, lines=lines, **facts)


@pytest.mark.parametrize("amount", [0, -1, 2**53 + 1])
def test_amounts_are_more_than_nothing_and_exact_everywhere(amount):
    fund, buyer = make_fund(1000), make_union()
    _refused(DomainError, _allocate, fund, buyer, amount)


@pytest.mark.parametrize("amount", [1.0, True, "1"])
def test_an_amount_is_whole_fen(amount):
    fund, buyer = make_fund(1000), make_union()
    _refused(TypeError, _allocate, fund, buyer, amount)


def test_the_largest_amount_fits():
    fund, buyer = make_fund(2**53), make_union()
    _allocate(fund, buyer, 2**53)
    assert balance(accounts.buyer_available(fund, buyer)) == 2**53


def test_steps_off_the_road_are_refused():
    fund = make_fund(1000)
    step = Line(accounts.fund_available(fund), accounts.paid(fund), 1)
    facts = {"key": "k", "kind": "pay", "reference": "t", "actor": SYSTEM, "fund": fund}
    _refused(ValueError, post, lines=[step], **facts)
    _refused(DomainError, post, lines=[], **facts)


def test_a_closed_account_takes_nothing():
    fund, buyer = make_fund(1000), make_union()
    _allocate(fund, buyer, 1)
    Account.objects.filter(code=accounts.buyer_available(fund, buyer)).update(closed=True)
    refusal = _refused(DomainError, _allocate, fund, buyer, 1, key="again")
    assert "closed" in str(refusal)


def test_a_journal_is_undone_once():
    fund, buyer = make_fund(1000), make_union()
    journal = _allocate(fund, buyer, 400)
    undone = undo(journal, key="undo", actor=fund_manager(), memo="输错")
    assert undone.reverses_id == journal.pk
    assert balance(accounts.fund_available(fund)) == 1000
    assert undo(journal, key="undo", actor=SYSTEM, memo="输错").pk == undone.pk
    _refused(Clash, undo, journal, key="undo once more", actor=SYSTEM)
    assert verify_books() == []


def test_a_reversal_is_the_exact_opposite():
    fund, buyer = make_fund(1000), make_union()
    journal = _allocate(fund, buyer, 400)
    step = Line(accounts.buyer_available(fund, buyer), accounts.fund_available(fund), 399)
    facts = {"key": "u", "kind": "reverse", "reference": "t", "actor": SYSTEM, "fund": fund}
    _refused(ValueError, post, lines=[step], reverses=journal, **facts)
    _refused(ValueError, post, lines=[step], **facts)


def test_what_was_spent_on_cannot_be_undone_below_zero():
    fund = make_fund(1000)
    appropriated = Journal.objects.get(kind="appropriate")
    give(fund, 1)
    _refused(Overdrawn, undo, appropriated, key="u", actor=SYSTEM)


def test_many_events_stand_or_fall_together_and_each_on_its_own():
    fund, buyer = make_fund(1000), make_union()
    there, back = accounts.fund_available(fund), accounts.buyer_available(fund, buyer)

    def event(key, kind, debit, credit, amount):
        return Event(key, kind, [Line(debit, credit, amount)], "t", SYSTEM, fund)

    # the second would cover for the first, were they looked at together
    _refused(
        Overdrawn,
        post_many,
        [
            event("a", "unallocate", back, there, 100),
            event("b", "allocate", there, back, 200),
        ],
    )
    journals = post_many(
        [
            event("b", "allocate", there, back, 200),
            event("a", "unallocate", back, there, 100),
            event("b", "allocate", there, back, 200),
        ]
    )
    assert [j.key for j in journals] == ["b", "a", "b"]
    assert balance(back) == 100
    assert Transfer.objects.filter(journal__in=journals).count() == 2
    assert verify_books() == []


def test_two_currencies_do_not_mix():
    fund, buyer = make_fund(1000), make_union()
    Account.objects.create(
        code=accounts.buyer_available(fund, buyer), fund=fund, place="buyer", currency="USD"
    )
    refusal = _refused(DomainError, _allocate, fund, buyer, 1)
    assert "two currencies" in str(refusal)

"""Many writers at once on PostgreSQL: exactly what fits is posted, nothing is lost or doubled."""

import pytest

from foundation.errors import Clash, DomainError
from foundation.permissions import SYSTEM
from foundation.seals.operations import seal, verify
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, Overdrawn, post, undo
from marketplace.ledger.models import Journal, Transfer
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.payments.batches import (
    confirm_payout,
    make_batch,
)
from marketplace.payments.models import Payout
from tests.at_once import at_once, numbered
from tests.factories.ledger import fund_manager, make_fund
from tests.factories.organisations import make_union
from tests.factories.payments import (
    invoice_for,
    make_paid_organisation,
    make_payable,
    make_sent_batch,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _take(fund, buyer, number, fen=1):
    step = Line(accounts.fund_available(fund), accounts.buyer_available(fund, buyer), fen)
    return post(
        key=f"race:{number}",
        kind="allocate",
        lines=[step],
        reference="race",
        actor=SYSTEM,
        fund=fund,
    )


def test_sixteen_writers_race_for_the_last_fen():
    fund, buyers = make_fund(7), [make_union() for _ in range(4)]
    results = at_once(*numbered(16, lambda number: _take(fund, buyers[number % 4], number)))
    assert [type(r) for r in results].count(Journal) == 7
    assert [type(r) for r in results].count(Overdrawn) == 9
    assert balance(accounts.fund_available(fund)) == 0
    assert sum(balance(accounts.buyer_available(fund, b)) for b in buyers) == 7
    assert verify_books() == []
    seal("book")
    assert verify("book") == []


def test_the_same_key_from_sixteen_writers_is_one_posting():
    fund, buyer = make_fund(100), make_union()
    results = at_once(*numbered(16, lambda _number: _take(fund, buyer, "one", 5)))
    assert len({journal.pk for journal in results}) == 1
    assert balance(accounts.buyer_available(fund, buyer)) == 5
    assert Transfer.objects.filter(journal__key="race:one").count() == 1
    assert verify_books() == []


def test_the_same_key_with_two_contents_from_sixteen_writers_is_one_of_them():
    fund, buyer = make_fund(100), make_union()
    results = at_once(*numbered(16, lambda number: _take(fund, buyer, "one", 5 + number % 2)))
    [stands] = Journal.objects.filter(key="race:one")
    fen = stands.transfers.get().amount_fen
    for number, result in enumerate(results):
        same = 5 + number % 2 == fen
        assert (getattr(result, "pk", None) == stands.pk) is same
        assert isinstance(result, Journal if same else Clash)
    assert balance(accounts.buyer_available(fund, buyer)) == fen


def test_writers_that_cross_each_other_do_not_deadlock():
    fund, first, second = make_fund(100), make_union(), make_union()
    for number, buyer in enumerate((first, second)):
        _take(fund, buyer, f"start{number}", 40)
    there = accounts.fund_available(fund)
    codes = [accounts.buyer_available(fund, b) for b in (first, second)]

    def cross(number):
        order = codes if number % 2 else codes[::-1]
        lines = [Line(code, there, 1) for code in order]
        return post(
            key=f"cross:{number}",
            kind="unallocate",
            lines=lines,
            reference="race",
            actor=SYSTEM,
            fund=fund,
        )

    results = at_once(*numbered(16, cross))
    assert all(isinstance(r, Journal) for r in results), results
    assert balance(there) == 20 + 32
    assert verify_books() == []


def test_a_journal_is_undone_by_one_of_many():
    fund, buyer = make_fund(100), make_union()
    journal = _take(fund, buyer, "x", 60)
    results = at_once(
        *numbered(8, lambda number: undo(journal, key=f"undo:{number}", actor=SYSTEM))
    )
    assert [type(r) for r in results].count(Journal) == 1
    assert all(isinstance(r, (Journal, DomainError)) for r in results), results
    assert balance(accounts.fund_available(fund)) == 100
    assert verify_books() == []


def test_a_payment_is_confirmed_by_one_of_many():
    payout = make_sent_batch().payouts.get()
    actor = fund_manager()
    results = at_once(*numbered(6, lambda _number: confirm_payout(payout, actor=actor)))
    assert [type(r) for r in results].count(Payout) == 1
    assert all(isinstance(r, (Payout, DomainError)) for r in results), results
    assert balance(accounts.paid(payout.payable.fund)) == payout.amount_fen
    assert verify_books() == []


def test_a_payable_goes_into_one_of_many_batches():
    fund = make_fund(1_000_000)
    organisation, keeper = make_paid_organisation()
    payable = invoice_for(make_payable(organisation, fund=fund), keeper)
    actor = fund_manager()
    results = at_once(
        *numbered(6, lambda _number: make_batch(fund, payables=[payable], actor=actor))
    )
    assert sum(not isinstance(r, Exception) for r in results) == 1, results
    assert all(isinstance(r, DomainError) for r in results if isinstance(r, Exception)), results
    assert payable.payouts.count() == 1

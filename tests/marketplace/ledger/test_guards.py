"""What somebody with SQL cannot do to the book, on both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.ledger import accounts
from marketplace.ledger.models import Account, Journal, Transfer
from marketplace.ledger.verification import verify_books
from tests.factories.ledger import give, image, make_fund

pytestmark = pytest.mark.django_db

A, J, T = "marketplace_account", "marketplace_journal", "marketplace_transfer"
ATTACKS = {
    "richer": f"UPDATE {A} SET credits = credits + 1 WHERE code LIKE '%/available'",
    "poorer": f"UPDATE {A} SET debits = debits + 1 WHERE code LIKE '%/available'",
    "counted again": f"UPDATE {A} SET credits = credits + 1000, last_transfer = last_transfer + 1",
    "counted back": f"UPDATE {A} SET last_transfer = 0",
    "counted anew": f"UPDATE {A} SET last_transfer = (SELECT max(id) FROM {T}) "
    "WHERE code LIKE '%/authority'",
    "overdraft allowed": f"UPDATE {A} SET no_overdraft = (1 = 0)",
    "renamed": f"UPDATE {A} SET code = code || 'x'",
    "other money": f"UPDATE {A} SET currency = 'USD'",
    "other place": f"UPDATE {A} SET place = 'paid'",
    "account gone": f"DELETE FROM {A}",
    "journal gone": f"DELETE FROM {J}",
    "journal changed": f"UPDATE {J} SET memo = 'x'",
    "transfer gone": f"DELETE FROM {T}",
    "transfer changed": f"UPDATE {T} SET amount_fen = 1",
    "born rich": f"INSERT INTO {A} (code, fund_id, place, currency, debits, credits, "
    "last_transfer, no_overdraft, closed) SELECT 'rich', fund_id, place, currency, 0, 5, 0, "
    f"no_overdraft, closed FROM {A} WHERE code LIKE '%/authority'",
    "nothing moved": f"INSERT INTO {T} (journal_id, debit_id, credit_id, amount_fen) "
    f"SELECT journal_id, debit_id, credit_id, 0 FROM {T}",
    "to itself": f"INSERT INTO {T} (journal_id, debit_id, credit_id, amount_fen) "
    f"SELECT journal_id, debit_id, debit_id, 1 FROM {T}",
    "overdrawn": f"INSERT INTO {T} (journal_id, debit_id, credit_id, amount_fen) "
    f"SELECT journal_id, credit_id, debit_id, 1001 FROM {T}",
}
POSTGRES = {
    "transfers truncated": f"TRUNCATE {T}",
    "journals truncated": f"TRUNCATE {J} CASCADE",
    "accounts truncated": f"TRUNCATE {A} CASCADE",
}
SQLITE = {
    "transfer replaced": f"INSERT OR REPLACE INTO {T} (id, journal_id, debit_id, credit_id, "
    f"amount_fen) SELECT id, journal_id, debit_id, credit_id, 1 FROM {T}",
    "journal replaced": f"REPLACE INTO {J} (id, key, digest, kind, reference, memo, facts, "
    f"effective_on, created_at) SELECT id, key, digest, kind, 'x', memo, facts, effective_on, "
    f"created_at FROM {J}",
    "journal replaced by key": f"REPLACE INTO {J} (key, digest, kind, reference, memo, facts, "
    f"effective_on, created_at) SELECT key, digest, kind, 'x', memo, facts, effective_on, "
    f"created_at FROM {J}",
    "account replaced": f"REPLACE INTO {A} (code, fund_id, place, currency, debits, credits, "
    "last_transfer, no_overdraft, closed) SELECT code, fund_id, place, currency, 0, 0, 0, "
    f"no_overdraft, closed FROM {A}",
    "update or replace": f"UPDATE OR REPLACE {T} SET id = 1",
}


def _attack(sql):
    fund = make_fund(1000)
    give(fund, 300)
    before = image(), list(Transfer.objects.values()), list(Journal.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.replace("%", "%%"), [])
    assert (image(), list(Transfer.objects.values()), list(Journal.objects.values())) == before
    assert verify_books() == []


@pytest.mark.parametrize("name", ATTACKS)
def test_the_database_refuses(name):
    _attack(ATTACKS[name])


@pytest.mark.postgres
@pytest.mark.parametrize("name", POSTGRES)
def test_postgresql_refuses(name):
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    _attack(POSTGRES[name])


@pytest.mark.parametrize("name", SQLITE)
def test_sqlite_refuses(name):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    _attack(SQLITE[name])


def test_a_transfer_put_in_by_hand_moves_the_sums_too_but_is_found_out():
    fund = make_fund(1000)
    buyer = give(fund, 300)
    journal = Journal.objects.get(kind="allocate")
    there, theirs = (
        Account.objects.get(code=code)
        for code in (accounts.fund_available(fund), accounts.buyer_available(fund, buyer))
    )
    Transfer.objects.bulk_create(
        [Transfer(journal=journal, debit=there, credit=theirs, amount_fen=n) for n in (1, 2)]
    )
    there.refresh_from_db()
    theirs.refresh_from_db()
    assert (there.balance_fen, theirs.balance_fen) == (697, 303)
    assert verify_books() == [f"journal {journal.key}: not what was posted"]

"""Tampering is found: with sums, contents, seals; and the commands say so."""

from contextlib import contextmanager
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from foundation.permissions import SYSTEM
from foundation.seals.operations import seal, verify
from marketplace.ledger import verification
from marketplace.ledger.models import Account, Journal, Transfer, Verification
from marketplace.ledger.operations import check_books
from marketplace.ledger.verification import verify_books
from tests.factories.ledger import give, make_fund

pytestmark = pytest.mark.django_db


@contextmanager
def triggers_away(table):
    """What only the database's owner can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql, None)


def _world():
    fund = make_fund(1000)
    give(fund, 300)
    give(fund, 200)
    return fund


def test_a_changed_sum_is_found():
    _world()
    account = Account.objects.get(place="available")
    with triggers_away("marketplace_account"):
        Account.objects.filter(pk=account.pk).update(credits=1007)
    assert verify_books() == [
        f"{account.code}: stored 1007 in and 500 out, its transfers say 1000 and 500",
        "CNY: 1507 came in, 1500 went out",
    ]


def test_a_changed_transfer_is_found_by_the_sums_the_contents_and_the_seal():
    _world()
    seal("book")
    assert verify("book") == []
    transfer = Transfer.objects.order_by("-pk").first()
    with triggers_away("marketplace_transfer"):
        Transfer.objects.filter(pk=transfer.pk).update(amount_fen=100)
    faults = verify_books()
    assert [fault for fault in faults if "not what was posted" in fault]
    assert [fault for fault in faults if "its transfers say" in fault]
    assert len(verify("book")) == 1


def test_a_changed_memo_is_found_by_the_seal_and_the_digest():
    _world()
    seal("book")
    journal = Journal.objects.order_by("-pk").first()
    with triggers_away("marketplace_journal"):
        Journal.objects.filter(pk=journal.pk).update(memo="x")
    assert verify_books() == [f"journal {journal.key}: not what was posted"]
    assert len(verify("book")) == 1


def test_a_deleted_transfer_is_found():
    _world()
    seal("book")
    transfer = Transfer.objects.order_by("-pk").first()
    with triggers_away("marketplace_transfer"):
        transfer.delete()
    assert [f for f in verify_books() if f == f"journal {transfer.journal.key}: no transfer"]
    assert len(verify("book")) == 1


def test_sealing_goes_on_where_it_stopped():
    _world()
    first = seal("book")
    assert seal("book") is None
    give(make_fund(10), 10)
    second = seal("book")
    assert (first.rows, second.rows, second.first_row) == (3, 2, first.last_row + 1)
    assert second.previous_sha256 == first.sha256
    assert verify("book") == []


def test_the_result_of_a_check_is_kept_and_a_difference_is_an_alarm(caplog):
    _world()
    clean = check_books(actor=SYSTEM)
    assert (clean.faults, clean.transfers, clean.accounts) == ([], 3, 4)
    with triggers_away("marketplace_journal"):
        Journal.objects.filter(kind="appropriate").update(memo="x")
    assert len(check_books(actor=SYSTEM).faults) == 1
    assert "the books differ" in caplog.text
    assert Verification.objects.count() == 2


def test_rooms_above_are_asked_by_name(monkeypatch):
    asked = SimpleNamespace(faults=lambda: ["a promise differs"])
    monkeypatch.setattr(verification, "find_spec", lambda name: name.endswith("awards.book_checks"))
    monkeypatch.setattr(verification, "import_module", lambda name: asked)
    assert verify_books() == ["a promise differs"]


def test_verify_seals_says_what_holds_and_fails_on_what_does_not():
    _world()
    seal("book")
    out = StringIO()
    call_command("verify_seals", stdout=out)
    assert "book: 1 seals hold." in out.getvalue()
    with triggers_away("marketplace_transfer"):
        Transfer.objects.order_by("-pk")[:1].get().delete()
    with pytest.raises(CommandError, match="not what was sealed"):
        call_command("verify_seals", stdout=out)

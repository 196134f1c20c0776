"""A statement sent straight to PostgreSQL: to who calls it, it is a cursor like any other."""

import psycopg
import pytest
from django.db import (
    DataError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.test.utils import CaptureQueriesContext

from foundation.errors import Clash
from marketplace.ledger import accounts
from marketplace.ledger.models import Journal
from marketplace.ledger.operations import Event, Line, Overdrawn, post, post_many
from marketplace.ledger.queries import balance
from marketplace.ledger.straight import straight_cursor
from tests.factories.ledger import fund_manager, image, make_fund
from tests.factories.organisations import make_union

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def ask(sql, params=()):
    with straight_cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def test_an_answer_is_a_row_of_texts_and_stands_in_the_log_of_queries():
    with CaptureQueriesContext(connection) as queries:
        assert ask("SELECT %s::text, %s::bigint + 1, %s::text", ["工创 100%", 2**53, None]) == (
            "工创 100%",
            str(2**53 + 1),
            None,
        )
        assert ask("SELECT 1 WHERE false") is None
    assert len(queries) == 2
    assert "SELECT $1" not in queries[0]["sql"]  # as it was written, for people
    assert "工创" in str(ask("SELECT %s::text", ["工创"]))


def test_words_with_a_nul_are_refused_and_never_cut_off_there():
    manager = fund_manager()
    fund, union = make_fund(100, manager=manager), make_union()
    line = Line(accounts.fund_available(fund), accounts.buyer_available(fund, union), 1)
    stood = image()
    for many in (1, 2):
        events = [
            Event(f"nul:{n}", "allocate", [line], "nul", manager, fund, memo="给工会\0的钱")
            for n in range(many)
        ]
        with pytest.raises(DataError):
            post_many(events)
    assert image() == stood


def test_a_transaction_is_opened_and_rolled_back_around_it():
    assert ask("SELECT pg_current_xact_id_if_assigned()") == (None,)
    with transaction.atomic():
        with connection.cursor() as plain:
            plain.execute("CREATE TABLE straight_trial (n int)")
        assert ask("INSERT INTO straight_trial VALUES (%s) RETURNING n", [7]) == ("7",)
        transaction.set_rollback(True)
    assert ask("SELECT to_regclass('straight_trial')") == (None,)
    with transaction.atomic():  # the first statement of a transaction is a straight one, too
        first = ask("SELECT pg_current_xact_id()")
        assert ask("SELECT pg_current_xact_id()") == first


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("SELECT 1/0", DataError),
        ("SELECT no_such_column", ProgrammingError),
        ("INSERT INTO marketplace_fund (code) VALUES ('x') RETURNING id", IntegrityError),
    ],
)
def test_a_refusal_has_djangos_name_and_leaves_the_rest_of_the_transaction(sql, error):
    with transaction.atomic():
        with pytest.raises(error) as caught, transaction.atomic():
            ask(sql)
        assert isinstance(caught.value.__cause__, psycopg.Error)
        assert ask("SELECT 1") == ("1",)


def test_a_refused_posting_is_undone_whole_within_what_goes_on():
    manager = fund_manager()
    fund, union = make_fund(100, manager=manager), make_union()
    pocket, theirs = accounts.fund_available(fund), accounts.buyer_available(fund, union)

    def give(fen):
        line = Line(pocket, theirs, fen)
        return post(key=f"t:{fen}", kind="allocate", lines=[line], reference=f"t:{fen}",
                    actor=manager, fund=fund)  # fmt: skip

    before = image()
    with transaction.atomic():
        with pytest.raises(Overdrawn), transaction.atomic():
            give(101)
        assert image() == before
        give(40)
    assert (balance(pocket), balance(theirs)) == (60, 40)
    assert not Journal.objects.filter(key="t:101").exists()


def test_what_stood_in_a_savepoint_that_was_rolled_back_never_was():
    """Its accounts, its key and its period are as free as before, in the same transaction."""
    manager = fund_manager()
    fund, union = make_fund(100, manager=manager), make_union()
    pocket, theirs = accounts.fund_available(fund), accounts.buyer_available(fund, union)

    def give(fen, day=None):
        line = Line(pocket, theirs, fen)
        return post(key="t:one", kind="allocate", lines=[line], reference="t", actor=manager,
                    fund=fund, effective_on=day)  # fmt: skip

    before = image()
    with transaction.atomic():
        with transaction.atomic():
            give(40)  # opens the union's account, too
            assert balance(theirs) == 40
            transaction.set_rollback(True)
        assert image() == before
        with pytest.raises(Clash), transaction.atomic():  # the second takes the first with it
            _both = give(30), give(31)
        assert image() == before
        give(50)
        assert give(50).pk == Journal.objects.get(key="t:one").pk
    assert (balance(pocket), balance(theirs)) == (50, 50)


def test_a_session_that_dies_is_said_to_have_died_and_the_next_one_works():
    [pid] = ask("SELECT pg_backend_pid()")
    with transaction.atomic():
        with psycopg.connect(**_address(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [int(pid)])
        with pytest.raises(OperationalError, match=r"terminat|closed"):
            ask("SELECT 1")
        transaction.set_rollback(True)
    connection.close()
    assert ask("SELECT pg_backend_pid()") != (pid,)


def _address():
    given = connection.get_connection_params()
    return {name: given[name] for name in ("dbname", "user", "password", "host", "port")
            if given.get(name)}  # fmt: skip

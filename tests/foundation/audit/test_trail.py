"""The trail can only be added to; whoever changes it by force is found out."""

import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from foundation.audit.models import Entry
from foundation.audit.operations import record
from foundation.audit.verification import verify_trail
from foundation.errors import DomainError
from foundation.permissions import SYSTEM
from foundation.seals.models import Seal
from foundation.seals.operations import seal
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def act(number=1):
    someone = person()
    with transaction.atomic():
        entry = record(someone, "change_profile", someone, number=number)
    settle()
    return entry


def sql(statement, params=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
    settle()


def settle():
    """No foreign key is still to be checked, so that tables can be altered."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def switch_guards_off(table="foundation_entry"):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for verb in ("update", "delete", "replace"):
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}")


def switch_guards_on(table="foundation_entry"):
    from foundation.seals.guards import guard

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    guard(type("Editor", (), {"connection": connection, "execute": staticmethod(sql)})(), table)


def test_an_entry_stands_with_the_act_it_tells_of():
    someone = person()
    with transaction.atomic():
        record(SYSTEM, "change_profile", someone)
        transaction.set_rollback(True)  # the act failed
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(DomainError):
        record(SYSTEM, "change_profile", person())
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("table", ["foundation_entry", "foundation_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete(table, statement):
    act()
    seal("trail")
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement.format(table))
    assert Entry.objects.count() == 1
    assert Seal.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["foundation_entry", "foundation_seal"])
def test_the_database_refuses_to_truncate(table):
    act()
    with pytest.raises(DatabaseError, match="append-only"):
        sql(f"TRUNCATE {table} CASCADE")
    assert Entry.objects.count() == 1


def test_blocks_follow_each_other_and_an_untouched_trail_is_clean():
    assert seal("trail") is None
    act(), act()
    first = seal("trail")
    assert seal("trail") is None
    act()
    second = seal("trail")
    assert (first.number, first.rows, second.number, second.rows) == (1, 2, 2, 1)
    assert second.previous_sha256 == first.sha256
    assert second.first_row == first.last_row + 1
    assert verify_trail() == []


def test_a_changed_entry_is_found_even_if_the_guard_was_put_back():
    entry = act()
    seal("trail")
    switch_guards_off()
    sql("UPDATE foundation_entry SET action = 'something_else' WHERE id = %s", [entry.pk])
    switch_guards_on()
    faults = verify_trail()
    assert len(faults) == 1
    assert "are not what was sealed" in faults[0]


def test_a_removed_entry_and_a_removed_seal_are_found():
    entry = act()
    act()
    seal("trail")
    act()
    seal("trail")
    switch_guards_off()
    switch_guards_off("foundation_seal")
    sql("DELETE FROM foundation_entry WHERE id = %s", [entry.pk])
    sql("DELETE FROM foundation_seal WHERE number = 1")
    switch_guards_on()
    switch_guards_on("foundation_seal")
    assert verify_trail() == ["trail: seal 1 is missing"]


def test_a_guard_that_is_switched_off_is_found():
    act()
    switch_guards_off()
    faults = verify_trail()
    assert len(faults) == (2 if connection.vendor == "postgresql" else 3)
    assert all("lacks its guard" in fault for fault in faults)


@pytest.mark.postgres
def test_a_guard_that_was_hollowed_out_is_found():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN OLD; END $$"
        )
    assert len(verify_trail()) == 4


def test_the_command_says_what_it_found(capsys):
    act()
    seal("trail")
    call_command("verify_trail")
    assert "1 entries, 1 seals, no fault" in capsys.readouterr().out
    switch_guards_off()
    with pytest.raises(CommandError, match="faults in the trail"):
        call_command("verify_trail")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sealers_and_writers_at_once_lose_and_double_nothing():
    actors = [person() for _writer in range(4)]
    stop = time.monotonic() + 3
    faults = []

    def write(actor):
        try:
            while time.monotonic() < stop:
                with transaction.atomic():
                    record(actor, "change_profile", actor)
                    record(actor, "change_profile", actor)
                    if time.monotonic_ns() % 5 == 0:
                        transaction.set_rollback(True)
        except Exception as fault:  # handed to the test below
            faults.append(fault)
        finally:
            connection.close()

    def seal_often():
        try:
            while time.monotonic() < stop:
                seal("trail")
        except Exception as fault:  # handed to the test below
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(actor,)) for actor in actors]
    threads += [threading.Thread(target=seal_often) for _sealer in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    seal("trail")
    assert verify_trail() == []
    seals = list(Seal.objects.filter(chain="trail").order_by("number"))
    assert sum(block.rows for block in seals) == Entry.objects.count()
    assert [block.number for block in seals] == list(range(1, len(seals) + 1))
    assert len(seals) > 3

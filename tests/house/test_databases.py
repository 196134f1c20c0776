"""The tests' own databases: whole after every test, whatever it committed."""

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.models import Page

from foundation import clock
from foundation.audit.models import Entry
from foundation.people.models import Person


def somebody() -> Person:
    return Person.objects.create_user("somebody@example.org", "a long password", name="Somebody")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_a_test_that_commits_finds_the_first_rows_and_leaves_nothing(time):
    assert Page.objects.count() == 2
    assert not Person.objects.exists()
    person = somebody()
    Entry.objects.create(at=clock.now(), actor=person, action="try", subject_type="x", subject_id=1)
    Page.objects.filter(depth=2).delete()


@pytest.mark.django_db
def test_the_trail_refuses_to_be_changed():
    person = somebody()
    entry = Entry.objects.create(
        at=clock.now(), actor=person, action="try", subject_type="x", subject_id=1
    )
    for change in (
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(action="y"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert Entry.objects.get().action == "try"


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_trail_refuses_to_be_truncated():
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("TRUNCATE foundation_entry")

"""A prepared query answers what the same query composed anew would."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from foundation.operations import lock
from foundation.people.models import Appointment, Person
from foundation.prepared import Prepared
from tests.factories.organisations import make_officer

pytestmark = pytest.mark.django_db


def alike(one, other):
    own = [{k: v for k, v in o.__dict__.items() if k != "_state"} for o in (one, other)]
    assert own[0] == own[1]
    assert (one._state.db, one._state.adding) == (other._state.db, other._state.adding)
    assert set(one._state.fields_cache) == set(other._state.fields_cache)


def test_a_row_and_what_comes_with_it_are_as_the_orm_gives_them():
    posts = [make_officer().appointments.get() for _ in range(2)]
    prepared = Prepared(lambda pk: Appointment.objects.select_related("person").filter(pk=pk))
    for post in posts:
        (found,) = prepared(post.pk)
        plain = Appointment.objects.select_related("person").get(pk=post.pk)
        alike(found, plain)
        alike(found.person, plain.person)
    with CaptureQueriesContext(connection) as queries:
        assert prepared(posts[0].pk)[0].person == posts[0].person
    assert len(queries) == 1


def test_several_numbers_take_their_places_and_other_values_stay():
    first, second, third = (make_officer() for _ in range(3))
    between = Prepared(
        lambda low, high: Person.objects.filter(
            pk__gte=low, pk__lt=high, appointments__role="officer"
        ).order_by("-pk")
    )
    assert between(first.pk, third.pk) == [second, first]
    assert between(second.pk, second.pk) == []


def test_a_row_that_is_gone_is_missed_in_the_same_way():
    post = make_officer().appointments.get()
    lock(post)
    Appointment.objects.filter(pk=post.pk).delete()
    with pytest.raises(Appointment.DoesNotExist):
        lock(post)


@pytest.mark.django_db(transaction=True)
def test_a_lock_is_asked_for_inside_a_transaction_where_the_database_has_locks():
    person = make_officer()
    with transaction.atomic():
        assert lock(person) == person
    if connection.features.has_select_for_update:
        with pytest.raises(TransactionManagementError):
            lock(person)
    else:
        assert lock(person) == person

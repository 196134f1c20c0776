"""What waits is found in one query, however many rooms look for it."""

import pytest
from django.db.models import Count

from foundation.http import Waiting
from foundation.people.models import Appointment, Person, Role
from foundation.waiting import Look, find
from tests.factories.people import officer, person

pytestmark = pytest.mark.django_db


def _say(row):
    return Waiting(f"{row.title}/{row.of}/{row.key}/{row.count}", f"/{row.pk}/", due_at=row.at)


def test_nobody_looking_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find([]) == []


def test_rows_of_many_sorts_come_in_one_query_in_the_order_of_the_looks(django_assert_num_queries):
    first = person(Role.EXPERT, name="甲")
    second = person(name="乙")
    people = Person.objects.filter(pk__in=[first.pk, second.pk]).order_by("-pk")
    roles = Appointment.objects.filter(person=first).order_by().values("role")
    looks = [
        Look(roles.annotate(held=Count("pk")), _say, key="role", count="held", most=0),
        Look(people.none(), _say),
        Look(people.filter(pk__in=[]), _say),
        Look(people, _say, title="name", at="joined_at"),
    ]
    with django_assert_num_queries(1):
        found = find(looks)
    assert found[0] == Waiting("None/None/expert/1", "/None/")
    assert {(one.title, one.url) for one in found[1:]} == {
        ("甲/None/None/None", f"/{first.pk}/"),
        ("乙/None/None/None", f"/{second.pk}/"),
    }
    assert {one.due_at for one in found[1:]} == {first.joined_at, second.joined_at}


def test_a_long_queue_is_cut_in_its_own_order():
    people = [officer() for _ in range(3)]
    newest = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("-pk")
    found = find([Look(newest, _say, most=2)])
    assert {one.url for one in found} == {f"/{people[1].pk}/", f"/{people[2].pk}/"}

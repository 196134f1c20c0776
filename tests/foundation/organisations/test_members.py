"""People of a body are added, change roles, hand over and leave."""

import pytest
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import Membership
from foundation.organisations.operations import (
    add_member,
    change_role,
    end_membership,
    hand_over,
)
from foundation.organisations.queries import memberships_of, officers_of, representative_of
from tests.factories.organisations import (
    make_officer,
    make_organisation,
    make_person,
    make_social,
    make_union,
    member_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en")]


def place(person, body):
    return Membership.objects.get(person=person, organisation=body, ended_at=None)


def roles(body):
    return {row.person_id: row.role for row in memberships_of(body)}


def test_a_manager_adds_somebody_who_is_told():
    body, person = make_social(), make_person()
    manager = member_of(body)
    add_member(body, actor=manager, email=person.email, role="finance")
    assert roles(body)[person.pk] == "finance"
    assert Notification.objects.get(person=person).facts == {
        "organisation": body.name,
        "role": {"zh-hans": "财务", "en": "finance"},
    }


def test_nobody_is_added_twice():
    body = make_social()
    manager = member_of(body)
    with pytest.raises(Clash):
        add_member(body, actor=manager, email=manager.email, role="finance")
    assert roles(body)[manager.pk] == "manager"


@pytest.mark.parametrize("role", ["finance", "member"])
def test_only_acting_people_add(role):
    body = make_social()
    with pytest.raises(Forbidden):
        add_member(body, actor=member_of(body, role), email="a@b.test", role="member")
    assert body.memberships.count() == 2


def test_only_an_officer_names_a_first_representative():
    body = make_union()
    officer, manager, person = make_officer(), member_of(body), make_person()
    with pytest.raises(DomainError, match="request with a document"):
        add_member(body, actor=manager, email=person.email, role="representative")
    add_member(body, actor=officer, email=person.email, role="representative")
    assert representative_of(body) == person
    with pytest.raises(Clash, match="legal representative already"):
        add_member(body, actor=officer, email=make_person().email, role="representative")


def test_the_database_refuses_a_second_representative():
    body = make_social()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            person=make_person(),
            organisation=body,
            role="representative",
            began_at=clock.now(),
        )


def test_a_change_of_role_keeps_what_it_was():
    body = make_social()
    person = member_of(body, "member")
    change_role(place(person, body), actor=representative_of(body), role="manager")
    rows = body.memberships.filter(person=person).order_by("pk")
    assert [(row.role, row.ended_at is None) for row in rows] == [
        ("member", False),
        ("manager", True),
    ]


def test_the_last_acting_person_stays():
    body = make_organisation()
    manager = member_of(body)
    member_of(body, "finance")
    mine = place(manager, body)
    with pytest.raises(DomainError, match="Nobody else acts"):
        end_membership(mine, actor=manager)
    with pytest.raises(DomainError, match="Nobody else acts"):
        change_role(mine, actor=manager, role="member")
    assert list(officers_of(body)) == [manager]


def test_somebody_whose_account_is_closed_does_not_count_as_acting():
    body = make_organisation()
    manager = member_of(body)
    gone = member_of(body)
    gone.is_active = False
    gone.save()
    with pytest.raises(DomainError, match="Nobody else acts"):
        end_membership(place(manager, body), actor=manager)


def test_anybody_leaves_by_themselves_and_nobody_ends_it_twice():
    body = make_social()
    person = member_of(body, "member")
    mine = end_membership(place(person, body), actor=person)
    assert person.pk not in roles(body)
    with pytest.raises(WrongState, match="ended already"):
        end_membership(mine, actor=representative_of(body))
    assert Entry.objects.filter(action="end_membership").count() == 1


def test_a_member_does_not_put_others_out():
    body = make_social()
    member, other = member_of(body, "member"), member_of(body, "member")
    with pytest.raises(Forbidden):
        end_membership(place(other, body), actor=member)
    assert other.pk in roles(body)


def test_the_representative_leaves_only_by_a_replacement():
    body = make_social()
    manager = member_of(body)
    first = place(representative_of(body), body)
    for act in (
        lambda: end_membership(first, actor=manager),
        lambda: change_role(first, actor=manager, role="manager"),
        lambda: hand_over(first, actor=manager, email=manager.email),
    ):
        with pytest.raises(DomainError, match="by naming a new one"):
            act()
    assert roles(body)[first.person_id] == "representative"


def test_handing_over_ends_one_place_as_the_other_begins():
    body = make_social()
    manager, successor = member_of(body), make_person()
    hand_over(place(manager, body), actor=manager, email=successor.email)
    assert manager.pk not in roles(body)
    assert roles(body)[successor.pk] == "manager"
    assert Entry.objects.get(action="hand_over").facts == {
        "before": manager.pk,
        "now": successor.pk,
        "role": "manager",
    }


def test_a_member_who_takes_over_has_the_new_role_only():
    body = make_social()
    manager, successor = member_of(body), member_of(body, "member")
    hand_over(place(manager, body), actor=manager, email=successor.email)
    assert roles(body)[successor.pk] == "manager"
    assert memberships_of(body).filter(person=successor).count() == 1


def test_nothing_is_handed_to_the_representative_or_to_oneself():
    body = make_social()
    manager = member_of(body)
    mine = place(manager, body)
    for email in (representative_of(body).email, manager.email):
        with pytest.raises(DomainError):
            hand_over(mine, actor=manager, email=email)
    assert roles(body)[manager.pk] == "manager"

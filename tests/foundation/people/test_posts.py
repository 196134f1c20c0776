"""Posts on the platform: given and ended by administrators, never one's own, never the last."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.people.models import Appointment, Person, Role
from foundation.people.operations import (
    appoint_person,
    change_profile,
    deactivate_person,
    end_appointment,
    reactivate_person,
)
from foundation.permissions import SYSTEM
from tests.factories.people import administrator, officer, person

pytestmark = pytest.mark.django_db


def test_an_administrator_gives_a_post_and_the_person_is_told():
    boss, someone = administrator(), person()
    appointment = appoint_person(someone, role="officer", actor=boss)
    assert (appointment.role, appointment.appointed_by) == ("officer", boss)
    assert Person.objects.get(pk=someone.pk).roles == {"officer"}
    assert Notification.objects.get().kind == "appointed"
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.facts) == ("appoint_person", boss, {"role": "officer"})


def test_the_platform_itself_appoints_the_first_administrator():
    someone = person()
    appoint_person(someone, role=Role.ADMINISTRATOR.value, actor=SYSTEM)
    assert Person.objects.get(pk=someone.pk).roles == {"administrator"}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.EDITOR])
def test_nobody_else_gives_posts(role):
    with pytest.raises(Forbidden):
        appoint_person(person(), role="officer", actor=person(role))
    assert Appointment.objects.filter(role="officer", ended_at=None).count() == (
        1 if role == Role.OFFICER else 0
    )


def test_nobody_gives_themselves_a_post():
    boss = administrator()
    with pytest.raises(Forbidden):
        appoint_person(boss, role="auditor", actor=boss)
    assert Appointment.objects.count() == 1


def test_a_post_is_held_once():
    boss, someone = administrator(), officer()
    with pytest.raises(Clash):
        appoint_person(someone, role="officer", actor=boss)
    assert Appointment.objects.filter(person=someone).count() == 1
    assert Entry.objects.count() == 0


def test_a_closed_account_gets_no_post():
    with pytest.raises(WrongState):
        appoint_person(person(is_active=False), role="officer", actor=administrator())


def test_a_post_is_ended_and_stays_on_record():
    boss, someone = administrator(), officer()
    appointment = someone.appointments.get()
    end_appointment(appointment, actor=boss)
    appointment.refresh_from_db()
    assert appointment.ended_at is not None
    assert Person.objects.get(pk=someone.pk).roles == frozenset()
    with pytest.raises(WrongState):
        end_appointment(appointment, actor=boss)


def test_nobody_ends_their_own_post():
    boss = administrator()
    with pytest.raises(Forbidden):
        end_appointment(boss.appointments.get(), actor=boss)
    assert boss.appointments.get().ended_at is None


def test_a_closed_account_does_not_count_as_the_administrator_who_is_left():
    boss, other = administrator(), administrator(is_active=False)
    end_appointment(other.appointments.get(), actor=boss)
    assert other.appointments.get().ended_at is not None


def test_editors_enter_the_studio_and_others_do_not():
    boss, someone = administrator(), person()
    appointment = appoint_person(someone, role="editor", actor=boss)
    someone.refresh_from_db()
    group = Group.objects.filter(name="Editors")
    assert someone.is_staff is True
    assert list(someone.groups.all()) == list(group)
    end_appointment(appointment, actor=boss)
    someone.refresh_from_db()
    assert (someone.is_staff, someone.groups.count()) == (False, 0)


def test_an_account_is_closed_and_opened_again(client):
    boss, someone = administrator(), officer()
    client.force_login(someone)
    assert client.get("/desk/me/").status_code == 200
    deactivate_person(someone, reason="left the union", actor=boss)
    assert client.get("/desk/me/").status_code == 302
    someone.refresh_from_db()
    assert someone.is_active is False
    with pytest.raises(WrongState):
        deactivate_person(someone, reason="again", actor=boss)
    reactivate_person(someone, actor=boss)
    assert Person.objects.get(pk=someone.pk).roles == {"officer"}
    with pytest.raises(WrongState):
        reactivate_person(someone, actor=boss)


def test_nobody_closes_their_own_account_or_without_being_administrator():
    boss = administrator()
    for actor in (boss, officer()):
        with pytest.raises(Forbidden):
            deactivate_person(boss, reason="x", actor=actor)
    assert Person.objects.get(pk=boss.pk).is_active is True


def test_a_person_changes_only_their_own_profile():
    someone = person()
    change_profile(someone, name="李四", phone="021-1", language="en", actor=someone)
    someone.refresh_from_db()
    assert (someone.name, someone.phone, someone.language) == ("李四", "021-1", "en")
    assert Entry.objects.get().facts == {"changed": ["name", "phone", "language"]}
    with pytest.raises(Forbidden):
        change_profile(someone, name="x", phone="", language="en", actor=administrator())
    assert Person.objects.get(pk=someone.pk).name == "李四"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_at_once_leave_one():
    one, two = administrator(), administrator()
    barrier, said = threading.Barrier(2), []

    def end(actor, other):
        appointment = other.appointments.get()
        barrier.wait()
        try:
            end_appointment(appointment, actor=Person.objects.get(pk=actor.pk))
            said.append("ended")
        except DomainError:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Appointment.objects.filter(role="administrator", ended_at=None).count() == 1
    assert sorted(said) == ["ended", "refused"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_give_the_same_post_at_once_give_it_once():
    someone, bosses = person(), [administrator(), administrator()]
    barrier, said = threading.Barrier(2), []

    def appoint(boss):
        barrier.wait()
        try:
            appoint_person(someone, role="officer", actor=boss)
            said.append("given")
        except Clash:
            said.append("clash")
        finally:
            connection.close()

    threads = [threading.Thread(target=appoint, args=(boss,)) for boss in bosses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["clash", "given"]
    assert Appointment.objects.filter(person=someone, role="officer").count() == 1

"""Objections at depth: to whom they go, when they are late, who is reminded, and complaints."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from bidding.calls.models import Call
from bidding.evaluation.models import Screening
from bidding.notices import operations, queries
from bidding.notices.keys import key_of
from bidding.notices.models import Objection
from bidding.notices.periods import last_day_to_complain, last_day_to_object
from bidding.notices.states import ObjectionState
from foundation import clock
from foundation.due.models import DueEvent
from foundation.due.operations import work_off
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification, Outgoing
from foundation.organisations.queries import federation_officers
from foundation.workdays.queries import add_working_days
from tests.at_once import at_once
from tests.factories.notices import make_notice, make_objection
from tests.factories.organisations import join, make_officer, make_person

NOBODY = AnonymousUser()
pytestmark = pytest.mark.django_db


def file(notice, **facts):
    proposal = facts.pop("proposal", None) or notice.call.proposals.order_by("pk").first()
    given = {"text": "名单不实", "name": "张小明", "contact": "zhang@example.org", "actor": NOBODY}
    return operations.file_objection(notice, proposal=proposal, **{**given, **facts})


def answer(objection, actor, upheld=False):
    return operations.answer_objection(objection, upheld=upheld, answer="已核查", actor=actor)


def told(kind):
    return set(Notification.objects.filter(kind=kind).values_list("person", flat=True))


def morning(day):
    return dt.datetime.combine(day, dt.time(9), clock.SHANGHAI)


def test_who_learned_late_has_seven_working_days_and_everybody_knows_by_the_end_of_the_period():
    notice = make_notice(first_day=dt.date(2024, 9, 20), last_day=dt.date(2024, 9, 27))
    friday, last = notice.last_day, dt.date(2024, 10, 12)
    assert last_day_to_object(notice, friday) == last  # a working Saturday
    assert last_day_to_object(notice, dt.date(2024, 9, 1)) == friday
    with clock.at(morning(dt.date(2024, 10, 8))):
        for known_on in (dt.date(2024, 9, 20), dt.date(2024, 10, 9)):
            with pytest.raises(DomainError) as refused:
                file(notice, known_on=known_on)
            assert refused.value.field == "known_on"
    with clock.at(dt.datetime.combine(last, dt.time(23, 59, 59), clock.SHANGHAI)):
        assert file(notice, known_on=friday).state == ObjectionState.OPEN
    with clock.at(dt.datetime(2024, 10, 13, tzinfo=clock.SHANGHAI)), pytest.raises(WrongState):
        file(notice, known_on=last, contact="li@example.org")
    assert Objection.objects.count() == 1


def test_one_person_objects_once_to_one_line_however_the_number_is_written():
    notice = make_notice(proposals=2)
    other = notice.call.proposals.order_by("pk").last()
    person = make_person()
    file(notice, contact="138 0000-0000")
    file(notice, contact="signed@example.org", actor=person)
    for again in ({"contact": "13800000000"}, {"contact": "new@example.org", "actor": person}):
        with pytest.raises(Clash):
            file(notice, **again)
    file(notice, proposal=other, contact="13800000000")
    file(notice, name="", contact="")
    with pytest.raises(Clash):
        file(notice, name="", contact="")
    assert Objection.objects.count() == 4


def test_an_objection_goes_to_an_officer_without_a_part_in_it_and_only_such_a_one_answers():
    notice = make_notice()
    proposal = notice.call.proposals.get()
    inside, screener, busy, free = (make_officer() for _each in range(4))
    join(inside, proposal.organisation, "member")
    Screening.objects.create(
        proposal=proposal, decision="admit", decided_by=screener, decided_at=clock.now()
    )
    for number, held_by in enumerate([busy, notice.call.created_by]):
        make_objection(notice, contact=f"1390000000{number}", assigned_to=held_by)
    objection = file(notice)
    assert objection.assigned_to == free
    assert told("objection_filed") == {free.pk}
    for concerned in (inside, screener):
        with pytest.raises(Forbidden):
            answer(objection, concerned)
    objection.refresh_from_db()
    assert objection.state == ObjectionState.OPEN
    for person in (busy, free, notice.call.created_by):
        person.appointments.update(ended_at=clock.now())
    assert file(notice, contact="li@example.org").assigned_to == screener
    assert answer(objection, screener).state == ObjectionState.DISMISSED


def test_the_officer_is_reminded_and_all_are_told_when_it_is_overdue():
    make_officer()
    notice = make_notice()
    officers = federation_officers().in_bulk()
    due, answered = file(notice), file(notice, contact="li@example.org")
    answer(answered, officers[answered.assigned_to_id])
    with clock.at(morning(due.due_on - dt.timedelta(days=2))):
        work_off()
        work_off()
    assert told("objection_reminder") == {due.assigned_to_id}
    assert Notification.objects.filter(kind="objection_reminder").count() == 1
    with clock.at(morning(due.due_on + dt.timedelta(days=1))):
        work_off()
    assert told("objection_overdue") == set(officers)


def test_the_days_to_object_complain_and_decide_and_the_reminder_are_the_calls_own():
    notice = make_notice(first_day=dt.date(2024, 9, 20), last_day=dt.date(2024, 9, 27))
    own = {"knowing_days": 1, "complaint_days": 2, "decision_days": 3, "reminder_days": None}
    Call.objects.filter(pk=notice.call_id).update(**own)
    notice.refresh_from_db()
    friday, sunday = notice.last_day, dt.date(2024, 9, 29)  # a working Sunday
    assert last_day_to_object(notice, friday) == sunday
    with clock.at(morning(sunday)):
        objection = file(notice, known_on=friday)
    assert not DueEvent.objects.filter(handler="objection_reminder").exists()
    with clock.at(morning(dt.date(2024, 9, 30))), override("en"):
        with pytest.raises(WrongState, match="so did the 1 working day after it"):
            file(notice, known_on=sunday, contact="li@example.org")
        answer(objection, make_officer())
    objection.refresh_from_db()
    assert last_day_to_complain(objection) == dt.date(2024, 10, 9)  # after the holidays
    with clock.at(morning(dt.date(2024, 10, 9))):
        operations.raise_complaint(objection, complaint="？", key=key_of(objection), actor=NOBODY)
    assert Objection.objects.get().decision_due_on == dt.date(2024, 10, 12)


def test_who_left_an_address_gets_the_answer_there_with_the_way_to_complain():
    officer = make_officer()
    objection = answer(file(make_notice()), officer)
    letter = Outgoing.objects.get(notification=None)
    assert (letter.address, letter.kind) == ("zhang@example.org", "objection_reply")
    assert key_of(objection) in letter.url
    answer(file(make_notice(), contact="13800000000"), officer)
    assert Outgoing.objects.filter(notification=None).count() == 1


def test_a_complaint_stops_the_award_again_and_another_officer_decides_it():
    first, second = make_officer(), make_officer()
    objection = file(make_notice(proposals=2))
    with pytest.raises(WrongState):
        operations.raise_complaint(objection, complaint="？", key=key_of(objection), actor=NOBODY)
    answer(objection, first)
    key = key_of(objection)
    for stranger in (make_person(), NOBODY):
        with pytest.raises(Forbidden):
            operations.raise_complaint(objection, complaint="？", key="", actor=stranger)
    last = add_working_days(clock.today(), 15)
    too_late = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), clock.SHANGHAI)
    with clock.at(too_late), pytest.raises(WrongState):
        operations.raise_complaint(objection, complaint="？", key=key, actor=NOBODY)
    objection.refresh_from_db()
    assert objection.state == ObjectionState.DISMISSED
    with clock.at(too_late - dt.timedelta(seconds=1)):
        complained = operations.raise_complaint(objection, complaint="未看", key=key, actor=NOBODY)
        assert complained.decision_due_on == clock.today() + dt.timedelta(days=30)
    assert complained.assigned_to_id not in (None, first.pk)
    hit, other = objection.notice.call.proposals.order_by("pk")
    assert (queries.blocking(hit), queries.blocking(other)) == (True, False)
    with pytest.raises(Forbidden):
        operations.decide_complaint(complained, upheld=True, answer="？", actor=first)
    operations.decide_complaint(complained, upheld=False, answer="答复成立", actor=second)
    complained.refresh_from_db()
    assert complained.state == ObjectionState.REJECTED
    assert not queries.blocking(hit)
    with pytest.raises(WrongState):
        operations.raise_complaint(complained, complaint="再", key=key, actor=NOBODY)
    assert not DueEvent.objects.filter(done_at=None, handler="objection_overdue").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_officers_answering_at_once_answer_once_and_a_double_press_files_once():
    notice = make_notice()
    filed = at_once(*[lambda: file(notice)] * 2)
    assert sorted(isinstance(result, Clash) for result in filed) == [False, True]
    objection = Objection.objects.get()
    first, second = make_officer(), make_officer()
    results = at_once(
        lambda: answer(objection, first, upheld=True), lambda: answer(objection, second)
    )
    assert sorted(isinstance(result, WrongState) for result in results) == [False, True]
    assert Notification.objects.filter(kind="objection_answered").count() == 1

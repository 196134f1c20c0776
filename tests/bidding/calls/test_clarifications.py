"""Questions about a call, their answers, and the closing that waits for them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bidding.calls import operations, queries
from bidding.calls.models import Amendment, Call, Clarification
from bidding.calls.states import CallState, Phase, phase_of
from foundation import clock
from foundation.due.models import DueEvent
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.permissions import SYSTEM
from tests.at_once import at_once
from tests.factories.calls import make_call, make_opened_call, make_question_about
from tests.factories.organisations import make_officer, make_person, make_social, member_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = dt.datetime(2026, 3, 6, 17, tzinfo=SHANGHAI)


def asker_of(organisation):
    return organisation.memberships.get(role="representative").person


def ask(call, organisation=None, actor=None):
    organisation = organisation or make_social()
    return operations.ask_clarification(
        call, organisation=organisation, question="？", actor=actor or asker_of(organisation)
    )


@pytest.mark.django_db
def test_ask_clarification_tells_the_officer_and_stays_unseen_until_answered():
    call = make_call()
    clarification = ask(call)
    assert Notification.objects.get().person == call.created_by
    assert not queries.clarifications_visible_to(make_person()).exists()
    operations.answer_clarification(clarification, answer="可以。", actor=make_officer())
    assert queries.clarifications_visible_to(make_person()).get().answer == "可以。"
    answered = Notification.objects.get(kind="clarification_answered")
    assert answered.person == clarification.asked_by


@pytest.mark.django_db
def test_who_acts_for_nobody_or_for_another_organisation_may_not_ask():
    call, organisation = make_call(), make_social()
    for actor in (
        make_person(),
        asker_of(make_social()),
        member_of(organisation, "member"),
    ):
        with pytest.raises(Forbidden):
            ask(call, organisation, actor)
    assert not Clarification.objects.exists()


@pytest.mark.django_db
def test_questions_end_at_their_time():
    call = make_call()
    with clock.at(call.questions_until - dt.timedelta(seconds=1)):
        ask(call)
    with clock.at(call.questions_until), pytest.raises(WrongState):
        ask(call)
    for over in (make_call(state=CallState.CANCELLED), make_call(opens=-30, closes=-1)):
        with pytest.raises(WrongState):
            ask(over)
    assert Clarification.objects.count() == 1


@pytest.mark.django_db
def test_a_question_is_answered_once_and_by_officers():
    clarification = make_question_about(make_call())
    with pytest.raises(Forbidden):
        operations.answer_clarification(clarification, answer="!", actor=make_person())
    operations.answer_clarification(clarification, answer="一", actor=make_officer())
    with pytest.raises(WrongState):
        operations.answer_clarification(clarification, answer="二", actor=make_officer())
    clarification.refresh_from_db()
    assert clarification.answer == "一"


def friday_call():
    with clock.at(FRIDAY - dt.timedelta(days=30)):
        call = make_call(
            state=CallState.DRAFT,
            opens=1,
            closes_at=FRIDAY,
            questions_until=FRIDAY - dt.timedelta(days=3),
        )
        operations.publish_call(call, actor=call.created_by)
    return call


@pytest.fixture
def opened(monkeypatch):
    """Calls whose envelopes a stand-in for the room above was asked to open while closed."""
    seen = []

    def look(call):
        found = Call.objects.get(pk=call)
        if phase_of(found, clock.now()) == Phase.CLOSED:
            seen.append((call, queries.unanswered(found).count()))

    from foundation.due import operations as due  # the registry the test puts its own into

    monkeypatch.setitem(due.HANDLERS, "open_envelopes", look)
    return seen


@pytest.mark.django_db
def test_a_call_without_open_questions_closes_on_time(opened):
    call = friday_call()
    make_question_about(call, answer="可以。")
    with clock.at(FRIDAY + dt.timedelta(seconds=1)):
        assert work_off() == 4
    call.refresh_from_db()
    assert call.closes_at == FRIDAY
    assert opened == [(call.pk, 0)]
    assert not Amendment.objects.exists()


@pytest.mark.django_db
def test_a_call_with_an_open_question_closes_one_working_day_later_and_says_so(opened):
    call = friday_call()
    clarification = make_question_about(call)
    with clock.at(FRIDAY + dt.timedelta(seconds=1)):
        assert work_off() == 4
    call.refresh_from_db()
    monday = FRIDAY + dt.timedelta(days=3)
    assert call.closes_at == monday
    assert phase_of(call, FRIDAY + dt.timedelta(seconds=2)) == Phase.OPEN
    assert opened == []
    told = Notification.objects.filter(kind="closing_moved")
    assert {row.person_id for row in told} == {call.created_by_id, clarification.asked_by_id}
    assert Amendment.objects.get().made_by is None
    with clock.at(monday - dt.timedelta(hours=1)):
        operations.answer_clarification(clarification, answer="可以。", actor=make_officer())
    with clock.at(monday + dt.timedelta(seconds=1)):
        assert work_off() == 3
        assert work_off() == 0
    assert opened == [(call.pk, 0)]


@pytest.mark.django_db
def test_a_closing_worked_off_days_late_moves_to_the_next_working_day_from_then(opened):
    call = friday_call()
    make_question_about(call)
    with clock.at(FRIDAY + dt.timedelta(days=4)):  # Tuesday
        work_off()
    call.refresh_from_db()
    assert call.closes_at == FRIDAY + dt.timedelta(days=5)
    assert opened == []


@pytest.mark.django_db
def test_move_closing_is_the_platforms_alone_and_never_after_the_opening():
    call = make_opened_call()
    make_question_about(call)
    with pytest.raises(Forbidden):
        operations.move_closing(make_call(), actor=make_officer())
    with pytest.raises(WrongState):
        operations.move_closing(call, actor=SYSTEM)
    assert not Amendment.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_officers_drafting_at_once_get_eight_numbers():
    officer, now = make_officer(), clock.now()

    def job():
        return operations.draft_call(
            kind="contest",
            title="征集",
            summary="说明",
            opens_at=now,
            questions_until=now + dt.timedelta(days=20),
            closes_at=now + dt.timedelta(days=30),
            actor=officer,
        ).number

    numbers = at_once(*[job] * 8)
    assert sorted(numbers) == [f"GC-{clock.today().year}-{n:02d}" for n in range(1, 9)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_publishing_twice_at_once_publishes_once():
    call = make_call(state=CallState.DRAFT, opens=1, closes=31)

    def job():
        return operations.publish_call(call, actor=call.created_by)

    results = at_once(job, job)
    assert sorted(isinstance(result, WrongState) for result in results) == [False, True]
    assert DueEvent.objects.count() == 4


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_answering_at_the_closing_either_comes_first_or_finds_the_closing_moved():
    for _round in range(5):
        call = make_call(opens=-30, closes=-0.0001)
        clarification = make_question_about(call)
        before = call.closes_at

        def answer(clarification=clarification, officer=call.created_by):
            return operations.answer_clarification(clarification, answer="可以。", actor=officer)

        def close(call=call):
            return operations.move_closing(call, actor=SYSTEM)

        assert not any(isinstance(result, DomainError) for result in at_once(answer, close))
        call.refresh_from_db()
        moved = Amendment.objects.filter(call=call).count()
        assert (call.closes_at > before) == bool(moved)
        assert queries.unanswered(call).count() == 0

"""Due events: late is correct, twice is harmless, a failing handler is tried again."""

import datetime as dt
import threading

import pytest
from django.db import connection

from foundation import clock
from foundation.due import operations as due
from foundation.due.models import DueEvent
from tests.factories.people import person

pytestmark = pytest.mark.django_db
T0 = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def calls(monkeypatch):
    heard = []
    monkeypatch.setitem(due.HANDLERS, "note", lambda **facts: heard.append(facts))
    return heard


def work_off(minutes=0):
    with clock.at(T0 + minutes * MINUTE):
        return due.work_off()


def test_it_happens_at_its_time_and_once(calls):
    due.schedule("note", T0, key="a", call=1)
    assert work_off(-1) == 0
    assert work_off() == 1
    assert work_off(5) == 0
    assert calls == [{"call": 1}]


def test_late_is_correct_and_the_earliest_comes_first(calls):
    due.schedule("note", T0 + MINUTE, key="b", n=2)
    due.schedule("note", T0, key="a", n=1)
    assert work_off(60 * 24 * 30) == 2
    assert calls == [{"n": 1}, {"n": 2}]


def test_the_same_key_moves_an_event(calls):
    due.schedule("note", T0, key="a", n=1)
    due.schedule("note", T0 + 5 * MINUTE, key="a", n=2)
    assert (work_off(), work_off(5)) == (0, 1)
    assert calls == [{"n": 2}]


def test_saying_the_same_again_after_it_was_done_does_nothing(calls):
    due.schedule("note", T0, key="a", day=dt.date(2026, 11, 22))
    work_off()
    due.schedule("note", T0, key="a", day=dt.date(2026, 11, 22))
    assert work_off(5) == 0
    assert calls == [{"day": "2026-11-22"}]


def test_another_moment_wakes_a_done_event(calls):
    due.schedule("note", T0, key="a")
    work_off()
    due.schedule("note", T0 + 9 * MINUTE, key="a")
    assert (work_off(8), work_off(9)) == (0, 1)
    assert len(calls) == 2


def test_a_handler_that_moves_its_own_event_on_is_called_again(monkeypatch):
    heard = []

    def later(**facts):
        heard.append(clock.now())
        if len(heard) == 1:
            due.schedule("later", T0 + 10 * MINUTE, key="a")

    monkeypatch.setitem(due.HANDLERS, "later", later)
    due.schedule("later", T0, key="a")
    assert (work_off(), work_off(9), work_off(10), work_off(20)) == (1, 0, 1, 0)
    assert heard == [T0, T0 + 10 * MINUTE]


def test_an_event_that_is_taken_back_does_not_happen(calls):
    due.schedule("note", T0, key="a")
    due.unschedule("a")
    assert work_off() == 0
    assert calls == []


def test_a_failing_handler_undoes_what_it_did_and_is_tried_again_ever_later(monkeypatch, calls):
    def fail(**facts):
        person(name="half done")
        raise RuntimeError("not yet")

    monkeypatch.setitem(due.HANDLERS, "fail", fail)
    due.schedule("fail", T0, key="a")
    due.schedule("note", T0 + MINUTE / 2, key="b")
    assert work_off(1) == 1
    event = DueEvent.objects.get(key="a")
    assert (event.attempts, event.last_error) == (1, "RuntimeError: not yet")
    assert event.due_at == T0 + 2 * MINUTE
    assert type(person()).objects.filter(name="half done").count() == 0
    work_off(2)
    assert DueEvent.objects.get(key="a").due_at == T0 + 4 * MINUTE
    monkeypatch.setitem(due.HANDLERS, "fail", lambda **facts: calls.append("at last"))
    assert work_off(4) == 1
    assert calls[-1] == "at last"


def test_an_event_nobody_handles_waits_and_says_so():
    due.schedule("unheard", T0, key="a")
    assert work_off() == 0
    assert "unheard" in DueEvent.objects.get().last_error


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_event_once(monkeypatch):
    heard = []
    monkeypatch.setitem(
        due.HANDLERS, "slow", lambda n: (threading.Event().wait(0.02), heard.append(n))
    )
    for n in range(10):
        due.schedule("slow", T0, key=f"k{n}", n=n)
    barrier = threading.Barrier(2)

    def work():
        barrier.wait()
        due.work_off()
        connection.close()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    due.work_off()
    assert sorted(heard) == list(range(10))

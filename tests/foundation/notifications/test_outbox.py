"""The outbox is drained once a row, tries again with patience, and gives up in plain sight."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connection

from foundation import clock
from foundation.errors import Forbidden, WrongState
from foundation.notifications import kinds
from foundation.notifications.models import Outgoing
from foundation.notifications.operations import tell, tell_address
from foundation.notifications.outbox import MOST_ATTEMPTS, drain_outbox, retry_outgoing
from tests.factories.people import administrator, officer, person

pytestmark = pytest.mark.django_db
T0 = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch):
    words = kinds.Kind("told_for_a_test", "calls", "“%(call)s” closes", "At five.")
    monkeypatch.setitem(kinds.KINDS, "told_for_a_test", words)


def tell_one(reader=None, **also):
    with clock.at(T0):
        return tell([reader or person()], "told_for_a_test", url="/calls/1/", call="C", **also)[0]


def drain(minutes=0):
    with clock.at(T0 + dt.timedelta(minutes=minutes)):
        return drain_outbox()


def test_a_letter_has_text_and_html_in_the_readers_language_and_leads_to_the_notice():
    notice = tell_one(person(language="en", name="Ann"))
    assert drain() == 1
    letter = mail.outbox[0]
    assert letter.subject == "“C” closes"
    assert "Dear Ann," in letter.body
    assert f"http://localhost:8000/en/desk/inbox/{notice.pk}/" in letter.body
    assert "http://localhost:8000/en/desk/me/letters/" in letter.body
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert '<html lang="en">' in html
    tell_one(person(name="王五"))
    drain()
    assert "/en/" not in mail.outbox[1].body


def test_nothing_is_sent_twice():
    tell_one()
    assert (drain(), drain(60)) == (1, 0)
    assert len(mail.outbox) == 1


def test_what_is_not_due_yet_waits():
    tell_one()
    Outgoing.objects.update(due_at=T0 + dt.timedelta(minutes=5))
    assert (drain(4), drain(5)) == (0, 1)


def test_a_failing_letter_is_tried_again_ever_later_then_given_up(monkeypatch):
    from foundation.notifications import outbox

    tell_one()
    monkeypatch.setattr(outbox, "letter_of", lambda row: 1 / 0)
    minutes, pauses = 0, []
    for _attempt in range(MOST_ATTEMPTS):
        assert drain(minutes) == 0
        row = Outgoing.objects.get()
        pauses.append(int((row.due_at - T0).total_seconds() // 60) - minutes)
        minutes += pauses[-1]
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128]
    assert row.gave_up_at is not None
    assert row.last_error.startswith("ZeroDivisionError")
    monkeypatch.undo()
    assert drain(minutes + 600) == 0


def test_one_bad_letter_does_not_stop_the_others(monkeypatch):
    from foundation.notifications import outbox

    first, _second = tell_one(), tell_one()
    plain = outbox.letter_of

    def letter_of(row):
        if row.notification_id == first.pk:
            raise OSError("no such host")
        return plain(row)

    monkeypatch.setattr(outbox, "letter_of", letter_of)
    assert drain() == 1
    assert Outgoing.objects.filter(sent_at=None).count() == 1


def test_a_sender_that_dies_is_followed_by_the_next_one(monkeypatch):
    from foundation.notifications import outbox

    tell_one()
    with monkeypatch.context() as patched:

        def die(row):
            raise KeyboardInterrupt

        patched.setattr(outbox, "letter_of", die)
        with pytest.raises(KeyboardInterrupt):
            drain()
    assert drain(9) == 0
    assert drain(10) == 1
    assert len(mail.outbox) == 1


def test_a_letter_to_an_address_is_in_its_own_language():
    with clock.at(T0):
        tell_address("new@example.org", "told_for_a_test", language="en", url="/x/y/", call="C")
    assert drain() == 1
    assert "http://localhost:8000/en/x/y/" in mail.outbox[0].body
    assert "letters" not in mail.outbox[0].body


def test_an_administrator_sees_what_was_given_up_and_tries_it_again(client):
    tell_one()
    Outgoing.objects.update(gave_up_at=T0, attempts=8, last_error="OSError: no such host")
    client.force_login(administrator())
    assert "no such host" in client.get("/desk/outbox/").content.decode()
    row = Outgoing.objects.get()
    assert client.post(f"/desk/outbox/{row.pk}/retry/")["Location"] == "/desk/outbox/"
    assert drain_outbox() == 1


def test_nobody_else_sees_or_retries(client):
    tell_one()
    row = Outgoing.objects.get()
    client.force_login(officer())
    assert client.get("/desk/outbox/").status_code == 403
    assert client.post(f"/desk/outbox/{row.pk}/retry/").status_code == 404
    with pytest.raises(Forbidden):
        retry_outgoing(row, actor=officer())
    with pytest.raises(WrongState):
        retry_outgoing(row, actor=administrator())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_drains_at_once_send_each_letter_once():
    for _letter in range(20):
        tell_one()
    barrier, sent = threading.Barrier(2), []

    def drain_now():
        barrier.wait()
        sent.append(drain_outbox())
        connection.close()

    threads = [threading.Thread(target=drain_now) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent.append(drain_outbox())
    assert sum(sent) == 20
    assert len(mail.outbox) == 20

"""The desk's home: what waits, what is running, what changed, without asking twice."""

import pytest

from foundation.http import Waiting
from foundation.people.invitation_operations import invite_person
from marketplace.desk import gathering
from tests.factories.people import administrator, officer, person

pytestmark = pytest.mark.django_db


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("make", [person, officer, administrator])
def test_everybody_has_a_home_in_both_languages(client, make):
    client.force_login(make())
    assert client.get("/desk/").status_code == 200
    assert "Nothing waits for you" in client.get("/en/desk/").content.decode()


def test_what_was_done_is_seen_at_once(client):
    newcomer = person(email="new@example.org")
    client.force_login(newcomer)
    assert "You are invited" not in client.get("/en/desk/").content.decode()
    invite_person(email="new@example.org", role="expert", actor=administrator())
    assert "You are invited: expert" in client.get("/en/desk/").content.decode()


def test_what_is_due_first_comes_first_and_what_has_no_date_last(monkeypatch):
    from foundation import clock

    room = type(
        "Room",
        (),
        {
            "waiting_for": staticmethod(
                lambda someone: [
                    Waiting("undated", "/a/"),
                    Waiting("dated", "/b/", clock.now(), "calls"),
                ]
            )
        },
    )
    monkeypatch.setattr(gathering, "ROOMS", ("foundation.people",))
    monkeypatch.setattr(gathering, "import_module", lambda name: room)
    found = gathering.waiting_for(person())
    assert [one.title for one in found] == ["dated", "undated"]


@pytest.mark.parametrize("make", [person, officer])
def test_the_home_asked_again_takes_few_queries(client, make, django_assert_max_num_queries):
    client.force_login(make())
    client.get("/desk/")
    with django_assert_max_num_queries(12):
        client.get("/desk/")

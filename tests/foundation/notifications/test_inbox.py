"""The inbox of the desk: one's own, unread first, in one's own language."""

import pytest

from foundation.notifications import kinds
from foundation.notifications.models import Notification, Preference
from foundation.notifications.operations import tell
from tests.factories.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    for group in ("calls", "awards"):
        name = f"{group}_for_a_test"
        monkeypatch.setitem(
            kinds.KINDS, name, kinds.Kind(name, group, f"{group} says %(what)s", "")
        )


@pytest.fixture
def reader(client):
    someone = person()
    client.force_login(someone)
    return someone


def say(reader, what, group="calls", url="/desk/"):
    return tell([reader], f"{group}_for_a_test", url=url, what=what)[0]


def test_what_is_unread_comes_first_then_the_newest(client, reader):
    old, read, new = say(reader, "old"), say(reader, "read"), say(reader, "new")
    client.post(f"/desk/inbox/{read.pk}/read/")
    page = client.get("/desk/inbox/").content.decode()
    places = [page.index(f"calls says {what}") for what in ("new", "old", "read")]
    assert places == sorted(places)
    assert Notification.objects.filter(read_at=None).count() == 2
    assert old.pk < new.pk


def test_a_group_or_the_unread_only_can_be_looked_at(client, reader):
    say(reader, "one")
    read = say(reader, "two", "awards")
    client.post(f"/desk/inbox/{read.pk}/read/")
    page = client.get("/desk/inbox/", {"group": "awards"}).content.decode()
    assert ("awards says two" in page, "calls says one" in page) == (True, False)
    page = client.get("/desk/inbox/", {"unread": "yes"}).content.decode()
    assert ("awards says two" in page, "calls says one" in page) == (False, True)
    assert client.get("/desk/inbox/", {"group": "nonsense"}).status_code == 200


def test_opening_a_notice_reads_it_and_goes_where_it_leads_in_the_readers_language(client, reader):
    notice = say(reader, "x", url="/desk/me/")
    assert client.get(f"/en/desk/inbox/{notice.pk}/")["Location"] == "/en/desk/me/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert client.get(f"/desk/inbox/{notice.pk}/")["Location"] == "/desk/me/"


def test_everything_is_read_at_once(client, reader):
    say(reader, "a"), say(reader, "b")
    other = say(person(), "c")
    client.post("/desk/inbox/read/")
    assert list(Notification.objects.filter(read_at=None)) == [other]


def test_anothers_notice_is_not_there(client, reader):
    notice = say(person(), "x")
    assert client.get(f"/desk/inbox/{notice.pk}/").status_code == 404
    assert client.post(f"/desk/inbox/{notice.pk}/read/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_header_counts_what_is_unread(client, reader):
    assert "desk-header__unread" not in client.get("/desk/inbox/").content.decode()
    say(reader, "a"), say(reader, "b")
    assert 'desk-header__unread">2<' in client.get("/desk/").content.decode()


def test_letters_are_chosen_by_group(client, reader):
    client.post("/desk/me/letters/", {"wanted": ["calls"]})
    assert set(Preference.objects.filter(email=True).values_list("group", flat=True)) == {"calls"}
    page = client.get("/desk/me/letters/").content.decode()
    assert page.count("checked") == 1
    client.post("/desk/me/letters/", {"wanted": list(kinds.GROUPS)})
    assert Preference.objects.filter(email=False).count() == 0


def test_a_longer_inbox_takes_as_many_queries(client, reader, django_assert_max_num_queries):
    counts = []
    for _round in range(2):
        say(reader, "x")
        say(reader, "y")
        with django_assert_max_num_queries(12) as queries:
            client.get("/desk/inbox/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_notice_whose_kind_is_gone_does_not_break_the_page(client, reader):
    say(reader, "x")
    Notification.objects.update(kind="forgotten")
    assert client.get("/desk/inbox/").status_code == 200

"""Visits are counted without anybody: no cookie, no write in the request, right with many hands."""

import datetime as dt

import pytest

from cms.models import TextPage
from cms.studio import visits_by_page
from cms.visits import counting
from cms.visits.models import Visit
from foundation import clock
from foundation.people.models import Role
from tests.factories.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]

READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture(autouse=True)
def _nothing_gathered():
    counting._gathered.clear()


def test_readers_are_counted_and_machines_left_out(client, django_assert_max_num_queries):
    client.get("/about/", headers=READER)
    with django_assert_max_num_queries(8):
        response = client.get("/about/?from=letter", headers=READER)
    assert not response.cookies
    assert not Visit.objects.exists()
    client.get("/en/about/", headers=READER)
    for headers in (
        {},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8"},
        {**READER, "Sec-Purpose": "prefetch"},
    ):
        client.get("/about/", headers=headers)
    client.head("/about/", headers=READER)
    client.get("/nowhere/", headers=READER)
    client.get("/accounts/login/", headers=READER)
    client.get("/feeds/news/", headers=READER)
    assert counting.write_down() == 3
    counting._gathered[clock.today(), "/about/"] += 5  # another process
    assert (counting.write_down(), counting.write_down()) == (5, 0)
    assert sorted(Visit.objects.values_list("path", "count")) == [
        ("/about/", 7),
        ("/en/about/", 1),
    ]
    assert {f.name for f in Visit._meta.get_fields()} == {"id", "path", "day", "count"}


def test_editors_see_them_and_old_days_are_forgotten(client):
    today = clock.today()
    for days, count in ((0, 2), (10, 3), (100, 5), (401, 7)):
        Visit.objects.create(path="/about/", day=today - dt.timedelta(days=days), count=count)
    assert counting.forget_old() == 1
    assert list(visits_by_page()) == [{"path": "/about/", "week": 2, "month": 5, "whole": 10}]
    client.force_login(person(Role.EDITOR), backend="foundation.people.backend.PeopleBackend")
    assert "/about/" in client.get("/studio/reports/visits/").content.decode()
    assert counting.visits_of("/about/") == 10
    assert TextPage.objects.exists()


def test_what_cannot_be_written_is_kept_for_the_next_time(monkeypatch):
    counting._gathered[clock.today(), "/about/"] += 2
    monkeypatch.setattr(Visit._meta, "db_table", "no_such_table")
    assert counting.write_down() == 0
    monkeypatch.undo()
    assert counting.write_down() == 2

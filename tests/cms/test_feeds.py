"""Feeds: well-formed Atom in both languages, with names that stay, and nothing twice."""

import datetime as dt
from xml.etree import ElementTree

import pytest

from cms.models import NewsIndexPage, NewsPage
from foundation import clock
from tests.factories.calls import make_call
from tests.factories.notices import make_notice
from tests.factories.site import make_published_survey, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    for of in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated", "link"):
            assert of.find(f"{ATOM}{name}") is not None, name
        assert of.find(f"{ATOM}id").text.startswith("tag:localhost,2026:")
        dt.datetime.fromisoformat(of.find(f"{ATOM}updated").text)
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    return feed


def entries(client, path):
    rows = read(client, path).findall(f"{ATOM}entry")
    ids = [row.find(f"{ATOM}id").text for row in rows]
    assert len(ids) == len(set(ids))
    return [(r.find(f"{ATOM}title").text, r.find(f"{ATOM}link").get("href")) for r in rows]


def test_each_feed_holds_what_is_public_in_the_readers_language(
    client, django_assert_max_num_queries
):
    notice = make_notice()
    call = make_call(title="夏季征集", title_en="Summer call")
    make_call(title="草稿", state="draft")
    make_published_survey()
    make_site()
    parent = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    for slug, facts in (
        ("a", {}),
        ("b", {"expire_at": clock.now()}),
        ("c", {"live": False}),
    ):
        page = NewsPage(title=f"消息{slug}", slug=slug, locale=parent.locale, **facts)
        parent.add_child(instance=page)
    base = "http://localhost:8000"
    with django_assert_max_num_queries(8):
        assert entries(client, "/feeds/news/") == [("消息a", f"{base}/news/a/")]
    assert entries(client, "/en/feeds/news/") == []
    calls = entries(client, "/en/feeds/calls/")
    assert ("Summer call", f"{base}/en/calls/{call.number}/") in calls
    assert not any("草稿" in title for title, _ in calls)
    assert entries(client, "/feeds/results/")[0][1] == f"{base}/results/{notice.number}/"
    assert [title for title, _ in entries(client, "/en/feeds/reports/")] == ["Needs in 2014"]

    response = client.get("/feeds/calls/")
    assert response["Last-Modified"]
    again = client.get("/feeds/calls/", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert 'href="/feeds/news/"' in client.get("/calls/").content.decode()

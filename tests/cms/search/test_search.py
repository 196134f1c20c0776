"""Search shows what everybody may see now: words and facts, in the reader's language."""

import re

import pytest

from cms.models import HomePage, NewsIndexPage, NewsPage
from cms.search import following
from foundation import clock
from tests.factories.calls import make_call
from tests.factories.site import make_busy_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]


def titles(client, query, path="/search/", **also):
    html = client.get(path, {"q": query, **also}).content.decode()
    rows = re.findall(r'found__title">\s*<a[^>]*>(.*?)</a>', html, re.DOTALL)
    return [re.sub(r"</?mark>", "", row) for row in rows]


def news(title, **facts):
    parent = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    page = NewsPage(title=title, slug=f"n{NewsPage.objects.count()}", locale=parent.locale, **facts)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_words_and_facts_are_found_together_in_eight_queries(client, django_assert_max_num_queries):
    make_busy_world()
    make_call(title="法律服务草案", state="draft")
    following.everything_anew()
    news("法律咨询日")
    client.get("/search/?q=x")
    with django_assert_max_num_queries(8):
        rows = titles(client, "法律")
    assert {"上门法律咨询", "法律咨询日"} <= set(rows)
    assert "法律服务草案" not in rows
    with django_assert_max_num_queries(8):
        assert "Fifth call for services" in titles(client, "fifth call", "/en/search/")
    assert titles(client, "法律", kind="need") == ["上门法律咨询"]
    html = client.get("/search/?q=法律咨询").content.decode()
    assert "<mark>法律咨询</mark>" in html
    assert "密封" not in titles(client, "sealed", "/en/search/")
    assert any("submit" in row.lower() for row in titles(client, "sealed", "/en/search/"))


def test_drafts_scheduled_expired_and_taken_down_pages_are_not_found(client):
    page = news("稀有词语甲乙")
    assert titles(client, "稀有词语甲乙") == ["稀有词语甲乙"]
    page.expire_at = clock.now()
    page.save()
    assert titles(client, "稀有词语") == []
    page.expire_at = None
    page.save()
    page.unpublish()
    assert titles(client, "稀有词语") == []
    page.save_revision().publish()  # taking down is undone by publishing again
    assert titles(client, "稀有词语") == ["稀有词语甲乙"]
    page.title = "改过的题目"
    page.save_revision()
    assert titles(client, "改过的题目") == []


def test_the_index_follows_what_people_do(client):
    call = make_call(title="楼宇健身征集")
    following.write("call", None, following.SOURCES["call"].rows().filter(pk=call.pk))
    assert titles(client, "楼宇健身") == ["楼宇健身征集"]
    call.title = "楼宇阅读征集"
    call.save()
    from foundation.audit.operations import record
    from foundation.permissions import SYSTEM

    record(SYSTEM, "amend_call", call)
    assert following.follow() == 1
    assert titles(client, "楼宇阅读") == ["楼宇阅读征集"]
    call.delete()
    assert titles(client, "楼宇阅读") == []


def test_nothing_odd_breaks_it(client):
    for query in ("", "  ", "法", "'", '"x" OR *', "a" * 5000, "<script>alert(1)</script>"):
        response = client.get("/search/", {"q": query, "page": "-3", "kind": "person"})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    assert "没有找到" in client.get("/search/?q=无此一词").content.decode()
    assert client.post("/search/").status_code == 405


def test_its_pace_is_bounded(client, monkeypatch):
    monkeypatch.setattr("cms.search.views.AN_HOUR", 2)
    assert [client.get("/search/?q=a").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/search/").status_code == 200


def test_home_offers_it(client):
    assert HomePage.objects.exists()
    assert 'action="/search/"' in client.get("/").content.decode()

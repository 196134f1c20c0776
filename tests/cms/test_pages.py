"""Every type of page in both languages, within its queries; what is not public is nowhere."""

import datetime as dt
import json
import re

import pytest
from wagtail.models import Page

from cms.models import FaqPage, NewsIndexPage, NewsPage, TextPage
from cms.pages.base import SitePage
from cms.site import tell, with_twin
from cms.words import Words
from foundation import clock
from tests.factories.deals import make_project, make_world
from tests.factories.notices import make_notice
from tests.factories.site import make_busy_world, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]

LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
REPORT_LIMIT = 20


def news(slug, on=None, **facts):
    parent = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    said = Words(f"消息 {slug}", "要点", []), Words(f"News {slug}", "The point", [])
    on = on or clock.today()
    return tell("NewsPage", slug, *said, with_twin(parent), on=on, **facts)


def story():
    said = Words("一个项目的故事", "", []), Words("A project's story", "", [])
    parent = TextPage.objects.get(slug="stories", locale__language_code="zh-hans")
    return tell("StoryPage", "one", *said, with_twin(parent), project=make_project(make_world()))


def test_every_type_answers_in_both_languages_within_its_queries(
    client, django_assert_max_num_queries
):
    make_busy_world()
    make_notice()
    make_site()
    for slug in ("a", "b", "c"):
        news(slug)
    story()
    types = {t for t in SitePage.__subclasses__() if not t._meta.abstract}
    seen = set()
    for page in Page.objects.live().filter(depth__gt=1).specific():
        if (type(page), page.locale_id) in seen:
            continue
        seen.add((type(page), page.locale_id))
        client.get(page.url)
        limit = REPORT_LIMIT if type(page).__name__ == "ReportPage" else 8
        with django_assert_max_num_queries(limit):
            response = client.get(page.url)
        html = response.content.decode()
        assert response.status_code == 200, page.url
        assert f'<link rel="canonical" href="http://localhost:8000{page.url}">' in html
        assert html.count('rel="canonical"') == 1
        assert '<meta name="twitter:card" content="summary_large_image">' in html
        assert "og:image" in html
        assert html.count('rel="alternate" hreflang') == 2
        assert " style=" not in html
        for data in LD.findall(html):
            assert json.loads(data)["@context"] == "https://schema.org"
    assert {kind for kind, _locale in seen} == types
    assert len(seen) == 2 * len(types)


def test_what_is_not_public_is_nowhere(client):
    later = clock.now() + dt.timedelta(days=1)
    draft, _twin = news("draft-x")
    NewsPage.objects.filter(slug=draft.slug).update(live=False)
    planned, _twin = news("planned-x")
    NewsPage.objects.filter(slug=planned.slug).update(live=False, go_live_at=later)
    over, _twin = news("over-x")
    NewsPage.objects.filter(slug=over.slug).update(expire_at=clock.now())
    for page in (draft, planned, over):
        assert client.get(page.url).status_code == 404
    for path in (
        "/news/",
        "/feeds/news/",
        "/sitemap-pages.xml",
        "/search/?q=消息",
    ):
        html = client.get(path).content.decode()
        for page in (draft, planned, over):
            assert page.slug not in html, path


def test_news_are_told_by_year_and_page(client, monkeypatch):
    monkeypatch.setattr("cms.pages.news.PER_PAGE", 2)
    for n in range(3):
        news(f"n{n}", on=dt.date(2025 if n < 1 else 2026, 1, n + 1))
    html = client.get("/news/").content.decode()
    assert html.count('class="news__item"') == 2
    assert html.index("消息 n2") < html.index("消息 n1")
    assert client.get("/news/?page=2").content.decode().count('class="news__item"') == 1
    html = client.get("/news/?year=2025").content.decode()
    assert (html.count('class="news__item"'), "消息 n0" in html) == (1, True)
    for odd in ("1999", "x", "²", "99999999999999999999"):
        assert client.get("/news/", {"year": odd, "page": odd}).status_code == 200
    middle = client.get("/news/n1/").content.decode()
    assert ('href="/news/n0/"' in middle, 'href="/news/n2/"' in middle) == (True, True)
    assert '"@type": "NewsArticle"' in middle


def test_answers_are_narrowed_by_a_word_and_keep_their_anchors(client):
    page = FaqPage.objects.get(locale__language_code="zh-hans")
    html = client.get(page.url).content.decode()
    anchors = re.findall(r'<details class="answered" id="(q-\w+)"', html)
    assert len(anchors) == len(set(anchors)) == 12
    narrowed = client.get(page.url, {"q": "回执"}).content.decode()
    kept = re.findall(r'<details class="answered" id="(q-\w+)"', narrowed)
    assert 0 < len(kept) < 12
    assert set(kept) <= set(anchors)
    assert "没有解答包含这个词" in client.get(page.url, {"q": "</script>"}).content.decode()
    faq = [json.loads(data) for data in LD.findall(html)]
    assert [len(f["mainEntity"]) for f in faq if f["@type"] == "FAQPage"] == [12]


def test_a_guides_steps_lead_to_each_other(client):
    first = client.get("/guides/bidders/register/").content.decode()
    assert 'rel="next" href="/guides/bidders/check/"' in first
    assert 'rel="prev"' not in first
    assert '<li><a href="/guides/bidders/">申报指南</a></li>' in first
    crumbs = next(json.loads(data) for data in LD.findall(first))
    assert [row["name"] for row in crumbs["itemListElement"]] == [
        *("首页", "指南", "申报指南", "第一步：登记组织")
    ]


def test_words_in_data_close_no_element(client):
    page, _twin = news("x")
    page.title = "</script><script>alert(1)</script>"
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert "<script>alert" not in html


def test_the_map_names_each_page_in_both_languages(client):
    xml = client.get("/sitemap-pages.xml").content.decode()
    assert xml.count('hreflang="en"') >= 15
    assert '<xhtml:link rel="alternate" hreflang="zh-hans"' in xml
    assert b"Disallow: /search/" in client.get("/robots.txt").content

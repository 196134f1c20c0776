"""The site stands in both languages, fills up by itself, and shows facts as they are now."""

import pytest
from wagtail.models import Page

from bidding.calls.models import Call
from cms.models import CallPage, HomePage, ReportPage
from tests.factories.calls import make_call
from tests.factories.site import make_busy_world, make_published_survey, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]


def test_every_page_has_its_twin_at_the_same_address():
    for page in Page.objects.filter(depth__gt=1, locale__language_code="zh-hans"):
        twin = page.get_translation_or_none(_english())
        assert twin is not None, page.title
        assert twin.live
        assert twin.url == "/en" + page.url
        assert twin.title != page.title


def _english():
    from wagtail.models import Locale

    return Locale.objects.get(language_code="en")


def test_a_new_call_and_a_new_survey_get_their_pages_the_next_time():
    survey, call = make_published_survey(), make_call()
    make_call(state="draft")
    make_site()
    assert sorted(ReportPage.objects.values_list("survey", "locale__language_code")) == [
        (survey.pk, "en"),
        (survey.pk, "zh-hans"),
    ]
    assert set(CallPage.objects.values_list("call", flat=True)) == {call.pk}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "职工要什么，工会就买什么服务"),
        ("/en/", "Workers say what they need. Unions buy it."),
        ("/about/", "关于工创"),
        ("/en/about/", "About Gongchuang"),
        ("/guides/faq/", "谁可以申报？"),
        ("/en/guides/bidders/", "six steps from registering"),
        ("/reports/", "2014 年职工需求调研"),
    ],
)
def test_pages_answer_anonymously_in_few_queries(
    client, django_assert_max_num_queries, path, words
):
    make_busy_world()
    make_site()
    client.get(path)
    with django_assert_max_num_queries(8):
        response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html
    assert " style=" not in html


def test_home_shows_facts_of_the_moment(client):
    html = client.get("/").content.decode()
    assert "第五届公益服务项目征集" not in html
    make_busy_world()
    html = client.get("/").content.decode()
    assert "第五届公益服务项目征集" in html
    assert "上门法律咨询" in html
    assert "60 %" in html
    assert "500 万元" in html
    english = client.get("/en/").content.decode()
    assert "Fifth call for services" in english
    assert "¥5 million" in english


def test_a_report_draws_its_questions_and_holds_small_cells_back(client):
    make_published_survey(answers=16)
    make_site()
    page = ReportPage.objects.get(locale__language_code="zh-hans")
    html = client.get(page.url).content.decode()
    assert "您最需要什么？" in html
    assert "法律咨询" in html
    assert "25.0 %" not in html
    assert "16 名职工作答" in html


def test_taking_down_a_calls_story_leaves_the_call(client):
    call = make_call()
    make_site()
    page = CallPage.objects.get(locale__language_code="zh-hans")
    assert call.number in client.get(page.url).content.decode()
    page.unpublish()
    assert client.get(page.url).status_code == 404
    assert Call.objects.get(pk=call.pk).state == "published"


def test_a_draft_call_stays_untold_even_where_an_editor_made_a_page(client):
    call = make_call(state="draft", title="还没发布的征集")
    home = HomePage.objects.get(locale__language_code="zh-hans")
    page = CallPage(title="预告", slug="soon", call=call, locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert call.number not in html
    assert "法律援助" not in html


def test_machines_find_pages_and_facts_and_keep_out_of_the_desk(client):
    call = make_call()
    make_site()
    assert b"Disallow: /desk/" in client.get("/robots.txt").content
    index = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-calls.xml" in index
    pages = client.get("/sitemap-pages.xml").content.decode()
    assert "/about/</loc>" in pages
    assert "/en/about/</loc>" in pages
    calls = client.get("/sitemap-calls.xml").content.decode()
    assert f"/calls/{call.number}/</loc>" in calls


def test_a_shared_page_has_its_card(client):
    html = client.get("/en/about/").content.decode()
    assert '<meta property="og:title" content="About Gongchuang">' in html
    assert 'hreflang="zh-hans" href="http://localhost:8000/about/"' in html
    assert 'rel="canonical" href="http://localhost:8000/en/about/"' in html

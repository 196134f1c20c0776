"""Old addresses lead on to where pages went; never in a circle, never off the site."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from cms.models import TextPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]


def about(code="zh-hans"):
    return TextPage.objects.get(slug="about", locale__language_code=code)


@pytest.mark.parametrize(("code", "prefix"), [("zh-hans", ""), ("en", "/en")])
def test_a_page_that_is_renamed_or_moved_is_found_at_its_old_address(
    client, code, prefix, django_capture_on_commit_callbacks
):
    page = about(code)
    page.slug = "who-we-are"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = client.get(f"{prefix}/about/")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/who-we-are/")
    guides = TextPage.objects.get(slug="guides", locale__language_code=code)
    with django_capture_on_commit_callbacks(execute=True):
        about_now = TextPage.objects.get(pk=page.pk)
        about_now.move(guides, pos="last-child")
    for old in ("about", "who-we-are"):
        response = client.get(f"{prefix}/{old}/")
        assert (response.status_code, response["Location"]) == (
            301,
            f"{prefix}/guides/who-we-are/",
        )
    TextPage.objects.get(pk=page.pk).unpublish()
    assert client.get(f"{prefix}/about/").status_code == 404


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("/calls/?kind=contest", "/calls/?kind=contest"),
        ("http://localhost:8000/calls/", "/calls/"),
        ("http://testserver/calls/", "/calls/"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("/\\evil.example/", None),
        ("javascript:alert(1)", None),
        ("/short/", None),
        ("/other/", None),
        ("", None),
    ],
)
def test_a_typed_address_leads_on_within_the_site_only(client, link, leads):
    Redirect.objects.create(old_path="/short", redirect_link=link, is_permanent=False)
    Redirect.objects.create(old_path="/other", redirect_link="/short/")
    response = client.get("/short/")
    assert response.get("Location") == leads
    assert response.status_code == (302 if leads else 404)


def test_one_leads_to_the_next_at_once(client):
    Redirect.add_redirect("/a/", "/b/")
    Redirect.add_redirect("/b/", about())
    assert client.get("/a/")["Location"] == "/about/"

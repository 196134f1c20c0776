"""The styleguide and the frames answer, in both languages, without breaking the strict CSP."""

import re

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/styleguide/", "/en/styleguide/", "/styleguide/desk/"])
def test_page_answers_without_inline_script_or_style(client, path):
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert " style=" not in html
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"\son[a-z]+=", html)


def test_stylesheet_is_kept_for_ever_and_an_old_stamp_leads_to_the_present_one(client):
    html = client.get("/styleguide/").content.decode()
    url = re.search(r'href="(/assets/site-[^"]+)"', html)[1]
    response = client.get(url)
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    old = client.get("/assets/site-0123456789ab.css")
    assert (old.status_code, old["Location"]) == (302, url)


def test_a_refusal_is_a_page_with_its_sentence(client):
    response = client.get("/en/styleguide/refused/")
    assert response.status_code == 403
    assert b"Only a programme officer may publish a call." in response.content


@pytest.mark.parametrize(
    ("name", "words"), [("delivery:desk", "项目"), ("calls:calls", "征集"), ("people:me", "返回")]
)
def test_the_way_back_is_called_what_the_menus_call_it(name, words):
    with override("zh-hans"):
        page = Template("{% name_of_place url %}").render(Context({"url": reverse(name)}))
    assert page == words


@pytest.mark.parametrize(
    "path",
    [
        "/calls/GC%00/",
        "/projects/%00/",
        "/needs/surveys/%00x/",
        "/projects/?q=%00",
        "/search/?q=a%00b",
    ],
)
def test_an_address_with_a_zero_byte_names_nothing(client, path):
    assert client.get(path).status_code == 404

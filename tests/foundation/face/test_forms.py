"""Every field is tied to its sentence and its errors; the summary leads to each."""

import re

from django.test import RequestFactory
from django.utils.translation import override

from foundation.face import navigation, samples
from tests.foundation.face.test_values import say


def test_a_wrong_field_is_described_by_its_sentence_and_its_error():
    html = say("{% field form.code %}", form=samples.form_in_trouble())
    control = re.search(r"<input[^>]+>", html)[0]
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_code_helptext id_code_error"' in control
    assert 'id="id_code_helptext"' in html
    assert 'id="id_code_error"' in html


def test_the_summary_links_to_every_wrong_field():
    form = samples.form_in_trouble()
    html = say("{% errors form %}", form=form)
    assert set(re.findall(r'href="#id_([a-z_0-9]+)"', html)) == {
        *("code", "amount", "starts_on", "category", "way_0", "agreed")
    }
    assert 'role="alert"' in html


def test_a_form_nobody_sent_has_no_summary():
    assert say("{% errors form %}", form=samples.SampleForm()).strip() == ""


def test_a_button_explains_first_and_posts_then():
    request = RequestFactory().get("/")
    html = say('{% act "/x/" "撤回" says="会撤回" tone="danger" %}', request=request)
    assert html.index("<details") < html.index("会撤回") < html.index('method="post"')
    assert "csrfmiddlewaretoken" in html


def test_places_without_an_address_are_left_out():
    places = [navigation.Place("no:such", "x"), navigation.Place("face:styleguide", "y")]
    assert [i["label"] for i in navigation._items(places, "/styleguide/")] == ["y"]


def test_the_language_link_keeps_the_page_and_its_query():
    request = RequestFactory().get("/styleguide/", {"page": "2"})
    html = say("{% languages %}", request=request)
    assert 'href="/en/styleguide/?page=2"' in html


def test_an_editors_page_is_a_place_in_the_readers_language():
    with override("en"):
        assert navigation.address("/guides/") == "/en/guides/"
    with override("zh-hans"):
        assert navigation.address("/guides/") == "/guides/"

"""The demo's start page: everybody it promises is there and may do what it says."""

import pytest

from bidding.evaluation.operations import start_roadshow
from cms.demo import cast
from cms.demo.people import PERSONAS, address_of
from cms.demo.town import Town, head_key, make_accounts
from cms.demo.world import people_the_town
from foundation.people.models import Person
from tests.factories.evaluation import make_roadshow
from tests.factories.organisations import make_officer

pytestmark = pytest.mark.django_db


def _people() -> Town:
    town = people_the_town()
    make_accounts(town)
    return town


def test_every_persona_lives_in_the_demo_world():
    _people()
    addresses = set(Person.objects.values_list("email", flat=True))
    assert [p.key for p in PERSONAS if address_of(p.key) not in addresses] == []
    assert head_key(1) == "bidder2"


def test_the_start_page_lists_everybody_with_their_code(client, settings):
    settings.DEMO = True
    _people()
    for address in ("/demo/", "/en/demo/"):
        page = client.get(address)
        assert page.status_code == 200
        assert [row["persona"].key for row in page.context["rows"]] == [p.key for p in PERSONAS]
        assert all(row["code"] for row in page.context["rows"])
        for persona in PERSONAS:
            assert address_of(persona.key) in page.content.decode()


def test_the_start_page_leads_to_a_stage_that_is_open(client, settings):
    settings.DEMO = True
    assert "/roadshows/" not in client.get("/demo/").text
    roadshow = make_roadshow()
    start_roadshow(roadshow, actor=make_officer())
    for address in ("/demo/", "/en/demo/"):
        page = client.get(address).text
        assert f"/roadshows/{roadshow.key}/" in page
        assert f"/desk/evaluation/roadshows/{roadshow.pk}/stage/" in page
        assert f"/desk/matching/roadshows/{roadshow.key}/" in page


def test_outside_the_demo_there_is_no_such_page(client, settings):
    settings.DEMO = False
    _people()
    assert client.get("/demo/").status_code == 404


def test_officials_hold_the_posts_they_are_listed_under():
    town = _people()
    for key, _name, _address, role in cast.OFFICIALS:
        assert town[key].roles == {role}


def test_who_writes_and_who_reviews_enter_the_studio_and_nobody_else(client):
    town = _people()
    for key in ("editor", "officer"):
        client.force_login(town[key])
        assert client.get("/studio/").status_code == 200
    for key in ("administrator", "auditor", "bidder"):
        client.force_login(town[key])
        assert client.get("/studio/").status_code == 403


def test_the_administrator_appoints_people(client):
    town = _people()
    client.force_login(town["administrator"])
    assert client.get("/desk/people/").status_code == 200

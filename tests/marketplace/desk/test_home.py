"""The desk's home: what waits, what is running, what changed, without asking twice."""

import datetime as dt

import pytest

from bidding.calls.states import CallState
from bidding.needs.states import SurveyState
from foundation import clock
from foundation.face.navigation import address
from foundation.http import Waiting
from foundation.people.invitation_operations import invite_person
from foundation.people.models import Person, Role
from foundation.waiting import Look
from marketplace.delivery.models import Project
from marketplace.desk import gathering
from marketplace.desk.running import running_for
from marketplace.navigation import STARTS
from tests.factories.calls import make_call
from tests.factories.deals import make_project, make_world
from tests.factories.needs import make_survey
from tests.factories.organisations import join, make_organisation, make_social, make_union
from tests.factories.payments import make_payable
from tests.factories.people import administrator, officer, person

pytestmark = pytest.mark.django_db


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("make", [person, officer, administrator])
def test_everybody_has_a_home_in_both_languages(client, make):
    client.force_login(make())
    assert client.get("/desk/").status_code == 200
    assert "Nothing waits for you" in client.get("/en/desk/").content.decode()


def test_for_whom_nothing_waits_there_is_a_place_to_begin(client):
    client.force_login(officer())
    page = client.get("/en/desk/").content.decode()
    assert "Ask workers what they need" in page
    assert "Bring in your organisation" not in page
    client.force_login(person())
    assert "Bring in your organisation" in client.get("/en/desk/").content.decode()
    for start in STARTS:
        assert address(start.name), start.name


def test_what_was_done_is_seen_at_once(client):
    newcomer = person(email="new@example.org")
    client.force_login(newcomer)
    assert "You are invited" not in client.get("/en/desk/").content.decode()
    invite_person(email="new@example.org", role="expert", actor=administrator())
    assert "You are invited: expert" in client.get("/en/desk/").content.decode()


def test_what_is_due_first_comes_first_and_what_has_no_date_last(monkeypatch):
    everybody = Person.objects.order_by("pk")
    room = type(
        "Room",
        (),
        {
            "looks_for": staticmethod(
                lambda someone: [
                    Look(everybody, lambda row: Waiting("undated", "/a/")),
                    Look(everybody, lambda row: Waiting("dated", "/b/", row.at), at="joined_at"),
                ]
            )
        },
    )
    monkeypatch.setattr(gathering, "ROOMS", ("foundation.people",))
    monkeypatch.setattr(gathering, "import_module", lambda name: room)
    found = gathering.waiting_for(person())
    assert [one.title for one in found] == ["dated", "undated"]


@pytest.mark.parametrize("make", [person, officer])
def test_an_empty_home_takes_few_queries(client, make, django_assert_max_num_queries):
    client.force_login(make())
    with django_assert_max_num_queries(12):
        client.get("/desk/")


def test_a_home_where_much_waits_takes_as_few_queries(client, django_assert_max_num_queries):
    everything = join(person(Role.OFFICER, Role.EXPERT, Role.FUND_MANAGER), make_social())
    join(everything, make_union())
    client.force_login(everything)
    taken = []
    for _round in range(2):
        for _row in range(1 + _round):
            make_call(state=CallState.DRAFT)
            make_survey(state=SurveyState.CLOSED)
            make_payable(make_organisation("social"), 50_000)
        with django_assert_max_num_queries(12) as queries:
            page = client.get("/en/desk/").content.decode()
        taken.append((len(queries), page.count("Finish and publish the call")))
    assert taken[0][0] == taken[1][0]
    assert [shown for _queries, shown in taken] == [1, 3]


def test_projects_of_one_title_are_told_apart_and_late_ones_said_to_be_late():
    world = make_world()
    project = make_project(world)
    Project.objects.filter(pk=project.pk).update(ends_on=clock.today())
    assert [one.label for one in running_for(world.officer)] == [f"{project.number} · 实施中"]
    with clock.at(clock.now() + dt.timedelta(days=1)):
        late = [one.label for one in running_for(world.officer)]
    assert late == [f"{project.number} · 期限已过"]

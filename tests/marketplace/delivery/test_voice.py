"""The voice of those served: asked, answered without a name, added up in groups, looked at."""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import clock
from foundation.audit.models import Entry
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.permissions import SYSTEM
from marketplace.delivery.operations import accept_milestone, report_milestone
from marketplace.delivery.voice import Heard, summed, to_add
from marketplace.delivery.voice_models import Asking, Voice
from marketplace.delivery.voice_operations import ask_served, end_asking, rate_project
from marketplace.delivery.voice_queries import faults, heard_of
from tests.at_once import at_once
from tests.factories.deals import make_project, make_world, signatory_of
from tests.factories.organisations import make_person, make_social
from tests.factories.people import enter
from tests.scenes import scene

SCANNED = {"helpful": 5, "well_run": 4, "again": "yes"}


@pytest.mark.parametrize(
    ("answers", "open_", "ended"),
    [(0, 0, 0), (4, 0, 0), (5, 0, 5), (9, 0, 9), (10, 5, 10), (14, 5, 14), (15, 10, 15)],
)
def test_answers_are_added_in_groups_so_that_no_single_one_can_be_told(answers, open_, ended):
    assert to_add(answers, ended=False) == open_
    assert to_add(answers, ended=True) == ended
    assert open_ == 0 or answers - open_ >= 5  # what is held back is a group, too


def test_occasions_are_added_up_as_means():
    assert summed([]) is None
    assert summed([(5, 25, 20, 5), (5, 5, 10, 0)]) == Heard(10, 3.0, 3.0, 0.5)
    assert not Heard(10, 3.0, 1.0, 0.0).is_low
    assert Heard(10, 2.99, 5.0, 1.0).is_low


@scene
def world():
    return make_world()


@scene
def project(world):
    return make_project(world)


def ask(project, people=30, **facts):
    facts = {"occasion": "周六法律咨询", "held_on": clock.today(), **facts}
    return ask_served(project, people=people, actor=signatory_of(project.organisation), **facts)


def rate(asking, count=1, actor=None, **answers):
    for _one in range(count):
        said = {**SCANNED, **answers}
        rate_project(asking, token=uuid.uuid4(), actor=actor or make_person(), **said)


@pytest.mark.django_db
def test_those_served_answer_and_the_newest_are_held_back_until_it_ends(world, project):
    asking = ask(project)
    rate(asking, 9)
    assert heard_of(project.pk) == (None, {})
    rate(asking, 3, helpful=1, again="no")
    one = Heard(5, 5.0, 4.0, 1.0)
    assert heard_of(project.pk) == (one, {asking.pk: one})
    token = uuid.uuid4()
    for _twice in range(2):
        rate_project(asking, token=token, actor=make_person(), **SCANNED)
    asking.refresh_from_db()
    assert (asking.answers, asking.heard) == (13, 5)
    other = ask(project, occasion="小场")
    rate(other, 4)
    with clock.at(clock.now() + dt.timedelta(days=16)):
        work_off()
        whole, each = heard_of(project.pk)
        assert (whole.n, list(each)) == (13, [asking.pk])  # four are too few for ever
        with pytest.raises(WrongState):
            rate(asking)
    assert faults() == []
    said = Entry.objects.filter(action="rate_project")
    assert said.count() == 17
    assert {entry.actor_id for entry in said} == {None}
    assert {str(entry.facts) for entry in said} == {"{}"}
    Voice.objects.filter(asking=other).first().delete()
    Asking.objects.filter(pk=asking.pk).update(heard=12)
    assert len(faults()) == 2


@pytest.mark.django_db
def test_what_is_wrong_is_refused_and_changes_nothing(world, project):
    today = clock.today()
    for field, facts in (
        ("occasion", {"occasion": "  "}),
        ("people", {"people": 0}),
        ("people", {"people": 100_001}),
        ("until_on", {"until_on": today - dt.timedelta(days=1)}),
        ("until_on", {"until_on": today + dt.timedelta(days=61)}),
    ):
        with pytest.raises(DomainError) as refusal:
            ask(project, **facts)
        assert refusal.value.field == field
    assert not Asking.objects.exists()
    asking = ask(project, people=2)
    for wrong in ({"helpful": 0}, {"helpful": 6}, {"well_run": -1}, {"again": "maybe"}):
        with pytest.raises(DomainError):
            rate(asking, **wrong)
    for near in (signatory_of(project.organisation), world.buyer):
        with pytest.raises(Forbidden):
            rate(asking, actor=near)
    rate(asking, 2)
    with pytest.raises(WrongState):  # no more answers than people
        rate(asking)
    with pytest.raises(IntegrityError), transaction.atomic():
        Asking.objects.update(answers=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.update(helpful=6)
    stranger = signatory_of(make_social())
    for act in (
        lambda: ask_served(project, occasion="x", held_on=today, people=1, actor=stranger),
        lambda: end_asking(asking, actor=stranger),
    ):
        with pytest.raises(Forbidden):
            act()
    end_asking(asking, actor=world.buyer)
    with pytest.raises(WrongState):
        end_asking(asking, actor=SYSTEM)
    assert Voice.objects.count() == 2


@pytest.mark.django_db
def test_a_buyer_looks_at_what_was_said_and_says_why_where_it_hardly_helped(world, project):
    milestone = project.milestones.first()
    person = signatory_of(project.organisation)
    report_milestone(milestone, text="已完成", served=20, spent_fen=0, actor=person)
    asking = ask(project)
    rate(asking, 6, helpful=2)
    buyer = enter(world.buyer)
    url = reverse("delivery:accept_milestone", args=[milestone.pk])
    assert "looked" not in buyer.get(url).context["form"].fields
    end_asking(asking, actor=world.buyer)
    page = buyer.get(url)
    assert page.context["heard"].n == 6
    assert list(buyer.post(url, {"remark": "已核实"}).context["form"].errors) == ["looked"]
    assert list(buyer.post(url, {"looked": "on"}).context["form"].errors) == ["remark"]
    with pytest.raises(DomainError):
        accept_milestone(milestone, remark=" ", actor=world.buyer)
    milestone.refresh_from_db()
    assert milestone.state == "reported"
    assert buyer.post(url, {"looked": "on", "remark": "已与组织面谈"}).status_code == 302
    entry = Entry.objects.get(action="accept_milestone")
    assert (entry.facts["voices"], entry.facts["helpful"]) == (6, 2.0)


@pytest.mark.django_db
def test_the_page_behind_the_code_takes_one_answer_of_a_browser_and_no_flood(
    client, monkeypatch, world, project, django_assert_max_num_queries
):
    cache.clear()
    asking = ask(project, occasion_en="Legal advice")
    link = client.get(
        reverse("delivery:voice_link", args=[asking.code]), headers={"accept-language": "en"}
    )
    assert link.url == f"/en/rate/{asking.code}/"
    with django_assert_max_num_queries(8):
        page = client.get(link.url)
    assert "Legal advice" in page.content.decode()
    sheet = {**SCANNED, "token": str(page.context["form"]["token"].value())}
    assert list(client.post(link.url, {**sheet, "helpful": "9"}).context["form"].errors) == [
        "helpful"
    ]
    thanks = client.post(link.url, sheet, follow=True)
    assert thanks.context["answered"]
    client.post(link.url, {**sheet, "token": str(uuid.uuid4())})  # this browser has answered
    assert Voice.objects.count() == 1
    client.cookies[f"heard_{asking.pk}"] = "1:forged"
    assert not client.get(link.url).context["answered"]
    monkeypatch.setattr("marketplace.delivery.voice_views.AN_HOUR", 0)
    flood = client.post(link.url, {**sheet, "token": str(uuid.uuid4())})
    assert flood.context["form"].non_field_errors()
    assert Voice.objects.count() == 1
    assert client.get("/rate/nobodyknows/").status_code == 404
    theirs = enter(signatory_of(project.organisation))
    assert theirs.get(link.url).context["is_theirs"]
    assert theirs.post(link.url, {**sheet, "token": str(uuid.uuid4())}).status_code == 403
    listed = theirs.get(reverse("delivery:voices", args=[project.pk]))
    assert [asked.pk for asked, _said in listed.context["rows"]] == [asking.pk]
    assert f"/say/{asking.code}/" in theirs.get(asking.poster_address()).content.decode()
    ended = theirs.post(reverse("delivery:end_asking", args=[asking.pk]), follow=True)
    assert ended.status_code == 200
    shut = client.get(link.url)
    assert shut.context["refusal"]
    assert "<form" not in shut.content.decode().partition("<main")[2].partition("</main")[0]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_who_scan_for_the_last_three_places_at_once_give_exactly_three_answers():
    asking = ask(make_project(make_world()), people=3)

    def scan():
        return rate_project(asking, token=uuid.uuid4(), actor=None, **SCANNED)

    done = at_once(*[scan] * 8)
    assert sum(isinstance(one, Asking) for one in done) == 3
    asking.refresh_from_db()
    assert (asking.answers, Voice.objects.count()) == (3, 3)

"""From a need to the people served, on one page; what became of a survey; services near one."""

import datetime as dt

import pytest
from django.urls import reverse

from bidding.calls.models import Call
from bidding.needs.chain import Stage, with_chain
from bidding.needs.models import Need
from bidding.needs.states import NeedState, SurveyState
from foundation import clock
from marketplace.awards.models import Award
from marketplace.catalogue.chain import answers_of, paid_fen
from marketplace.delivery.joining_operations import write_joining
from marketplace.delivery.models import Goal, Project, Report
from marketplace.delivery.operations import accept_milestone, report_milestone
from marketplace.delivery.served import Reached
from tests.factories.calls import make_call
from tests.factories.deals import make_award, make_project, make_world, pay_all, signatory_of
from tests.factories.needs import make_need, make_survey
from tests.factories.organisations import make_district

pytestmark = pytest.mark.django_db


def stage(need):
    return with_chain(Need.objects.filter(pk=need.pk)).get()


def answered_by(project, *needs):
    for need in needs:
        Goal.objects.create(project=project, need=need)
    project.agreement.award.proposal.call.needs.add(*needs)


def test_the_stage_of_a_need_follows_its_calls_awards_and_projects():
    need, world = make_need(), make_world()
    assert stage(need).stage == Stage.NONE
    make_call(state="draft").needs.add(need)
    assert stage(need).stage == Stage.NONE
    world.call.needs.add(need)
    assert (stage(need).stage, stage(need).calls_n) == (Stage.CALLED, 1)
    award = make_award(world)
    Call.objects.update(decided_at=clock.now())
    assert stage(need).stage == Stage.LEFT
    award.proposal.needs.add(need)
    assert stage(need).stage == Stage.FUNDED
    assert [answer.goal for answer in answers_of(need)] == [None]
    Award.objects.update(state="cancelled")
    assert stage(need).stage == Stage.LEFT


def test_people_money_and_outcome_are_told_from_what_was_accepted(
    client, django_assert_max_num_queries
):
    need, other = make_need(headcount=1000, title_en="Advice"), make_need()
    project = make_project(make_world())
    answered_by(project, need, other)
    milestone = project.milestones.first()
    one, two = project.goals.order_by("pk").values_list("pk", flat=True)
    report_milestone(
        milestone,
        text="办了",
        served=40,
        spent_fen=0,
        results={one: Reached(40, "八成<b>解决</b>"), two: Reached(7)},
        actor=signatory_of(project.organisation),
    )
    assert stage(need).served_n == 0
    assert [answer.outcome for answer in answers_of(need)] == [""]
    buyer = project.buyer.memberships.filter(ended_at=None).first().person
    accept_milestone(milestone, actor=type(buyer).objects.get(pk=buyer.pk))
    assert Report.objects.get().verdict == "accepted"
    found = stage(need)
    assert (found.stage, found.projects_n, found.running_n, found.served_n, found.money_fen) == (
        Stage.FUNDED,
        1,
        1,
        40,
        project.amount_fen,
    )
    assert paid_fen(need) == 0
    pay_all(project.agreement)
    assert 0 < paid_fen(need) < project.amount_fen
    with django_assert_max_num_queries(8):
        text = client.get(f"/en/needs/{need.pk}/").content.decode()
    assert "40 / 1,000" in text
    assert "八成&lt;b&gt;解决" in text
    assert "their money is shown whole" in text
    assert project.get_absolute_url() in text
    Project.objects.update(state="closed", score_hundredths=9000, grade="A")
    assert stage(need).stage == Stage.DELIVERED
    assert "7 served" in " ".join(
        client.get(f"/en/projects/{project.number}/").content.decode().split()
    )


def test_a_need_nobody_answers_says_so_and_a_retired_one_says_why(client):
    need = make_need()
    page = client.get(f"/en/needs/{need.pk}/").content.decode()
    assert "No call yet" in page
    assert "Nobody yet." in page
    gone = make_need(state=NeedState.RETIRED, retired_reason="并入<b>另一项")
    assert "并入&lt;b&gt;另一项" in client.get(f"/needs/{gone.pk}/").content.decode()


def test_the_list_is_narrowed_by_what_came_of_needs_and_goes_out_as_seen(
    client, django_assert_max_num_queries
):
    survey = make_survey(state=SurveyState.PUBLISHED)
    lonely, called = make_need(title="=无人", survey=survey), make_need(survey=survey)
    make_call().needs.add(called)
    answered_by(make_project(make_world()), make_need(headcount=1))
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(8) as asked:
            assert len(client.get("/needs/").context["rows"]) >= 3
        counts.append(len(asked))
        make_need(), make_need()
    assert counts[0] == counts[1]
    chosen = client.get(f"/needs/?stage=none&survey={survey.pk}").context["rows"]
    assert [need for need, _stage, _tone in chosen] == [lonely]
    assert client.get("/needs/?stage=bogus&survey=x").status_code == 200
    sheet = client.get(f"/en/needs/selection.csv?survey={survey.pk}")
    lines = b"".join(sheet.streaming_content).decode().splitlines()
    assert len(lines) == 3
    assert "'=无人" in "".join(lines)
    assert ",60,100,0.6000,0.5020," in lines[1]


def test_what_became_of_a_survey_is_told_need_by_need(client, django_assert_max_num_queries):
    survey = make_survey(state=SurveyState.PUBLISHED)
    at = reverse("needs:since", args=[survey.slug])
    assert "No need has been published" in client.get(f"/en{at}").content.decode()
    answered_by(make_project(make_world()), make_need(survey=survey))
    make_need(survey=survey), make_need(survey=survey, state=NeedState.DRAFT)
    with django_assert_max_num_queries(8):
        page = client.get(f"/en{at}")
    assert len(page.context["rows"]) == 2
    assert page.context["answered"] == 1
    assert "No call has taken it up yet. It stays" in page.content.decode()
    assert client.get(reverse("needs:since", args=[make_survey().slug])).status_code == 404


def test_services_are_what_runs_narrowed_by_place_and_whom(client, django_assert_max_num_queries):
    assert "Nothing runs here now" in client.get("/en/services/").content.decode()
    project = make_project(make_world())
    here, there = make_district(), make_district()
    project.districts.add(here)
    Project.objects.update(audience="一线职工")
    keeper = signatory_of(project.organisation)
    until = clock.today() + dt.timedelta(days=3)
    write_joining(project, place="甲楼", times="周六", how="打电话", until=until, actor=keeper)
    with django_assert_max_num_queries(8):
        assert "甲楼" in client.get("/services/").content.decode()
    for query, shown in (
        (f"district={here.pk}&audience=一线职工&open=join", True),
        (f"district={there.pk}", False),
        ("category=x&audience=y&open=z", True),
    ):
        page = client.get(f"/services/?{query}").context["page"]
        assert bool(page.object_list) is shown
    with clock.at(clock.now() + dt.timedelta(days=4)):
        assert "甲楼" not in client.get("/services/").content.decode()
        assert not client.get("/services/?open=join").context["page"].object_list
        assert "甲楼" not in client.get(project.get_absolute_url()).content.decode()
    Project.objects.update(state="terminated", ended_reason="停办")
    assert not client.get("/services/").context["page"].object_list

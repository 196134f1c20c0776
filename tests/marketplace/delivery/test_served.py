"""People served, need by need: promised in the proposal, reported, accepted, counted, verified."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError, Forbidden, WrongState
from marketplace.delivery.joining_operations import take_joining_down, write_joining
from marketplace.delivery.models import Goal, Joining, Project, Report, Result
from marketplace.delivery.operations import (
    accept_milestone,
    report_milestone,
    return_milestone,
    terminate_project,
)
from marketplace.delivery.served import Reached, faults
from tests.factories.deals import make_offered, make_world, sign_all, signatory_of
from tests.factories.needs import make_need
from tests.scenes import scene

pytestmark = pytest.mark.django_db
WORDS = {"place": "花木路1号", "times": "周六 9:00", "how": "打电话报名"}


@scene
def world():
    return make_world()


def begin(world, *needs):
    """A project whose proposal answers these needs."""
    agreement = make_offered(world)
    agreement.award.proposal.needs.set(needs)
    return Project.objects.get(agreement=sign_all(agreement))


def report(milestone, served, results=None):
    person = signatory_of(milestone.project.organisation)
    return report_milestone(
        milestone, text="已完成", served=served, spent_fen=0, results=results, actor=person
    )


def test_a_project_takes_over_the_needs_of_its_proposal(world):
    one, two = make_need(), make_need()
    project = begin(world, one, two)
    assert list(project.needs.order_by("pk")) == [one, two]
    assert project.audience == project.agreement.award.proposal.audience
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(project=project, need=one)


def test_with_one_need_everybody_served_was_served_for_it(world):
    project = begin(world, make_need())
    milestone = project.milestones.first()
    report(milestone, 80)
    assert project.goals.get().served == 0
    return_milestone(milestone, reason="缺签到", actor=world.buyer)
    report(milestone, 70)
    accept_milestone(milestone, actor=world.buyer)
    assert project.goals.get().served == 70
    assert list(Result.objects.order_by("pk").values_list("served", flat=True)) == [80, 70]
    assert faults() == []
    Goal.objects.update(served=71)
    assert faults() == [f"goal {project.goals.get().pk}: served 71, but accepted reports say 70"]


def test_with_several_needs_each_has_its_number_within_the_whole(world):
    project = begin(world, make_need(), make_need())
    milestone = project.milestones.first()
    one, two = project.goals.order_by("pk").values_list("pk", flat=True)
    for wrong in (
        None,
        {one: Reached(5)},
        {one: Reached(5), two: Reached(11)},
        {one: Reached(-1), two: Reached(1)},
        {one: Reached(5), 0: Reached(5)},
    ):
        with pytest.raises(DomainError):
            report(milestone, 10, wrong)
    assert not Report.objects.exists()
    report(milestone, 10, {one: Reached(10, " 学会了 "), two: Reached(3)})
    accept_milestone(milestone, actor=world.buyer)
    assert list(project.goals.order_by("pk").values_list("served", flat=True)) == [10, 3]
    assert Result.objects.get(goal=one).outcome == "学会了"
    assert faults() == []


def test_a_project_without_needs_reports_as_before(world):
    project = begin(world)
    with pytest.raises(DomainError):
        report(project.milestones.first(), 9, {1: Reached(9)})
    report(project.milestones.first(), 9)
    assert not Result.objects.exists()


def test_the_form_asks_about_each_need_and_keeps_what_is_too_much(world, client):
    project = begin(world, make_need(title="法律咨询"), make_need(title="托管"))
    milestone = project.milestones.first()
    one, two = project.goals.order_by("pk").values_list("pk", flat=True)
    client.force_login(signatory_of(project.organisation))
    at = reverse("delivery:report_milestone", args=[milestone.pk])
    assert "托管" in client.get(at).content.decode()
    facts = {"text": "办了", "served": "10", "spent_fen": "0", f"served_{one}": "11"}
    refused = client.post(at, facts | {f"served_{two}": "2"})
    assert refused.context["form"].errors.keys() == {f"served_{one}"}
    words = {f"served_{one}": "10", f"served_{two}": "2", f"outcome_{two}": "<b>好</b>"}
    assert client.post(at, facts | words).status_code == 302
    assert Result.objects.get(goal=two).outcome == "<b>好</b>"
    page = client.get(reverse("delivery:project", args=[project.pk])).content.decode()
    assert "&lt;b&gt;好" in page


def test_who_delivers_says_how_to_join_and_only_while_it_runs(world):
    project = begin(world)
    keeper = signatory_of(project.organisation)
    for person in (world.buyer, world.officer):
        with pytest.raises(Forbidden):
            write_joining(project, **WORDS, actor=person)
    for wrong in (
        {"place": " "},
        {"is_free": False},
        {"price": "20 元"},
        {"until": clock.today().replace(2000)},
    ):
        with pytest.raises(DomainError):
            write_joining(project, **WORDS | wrong, actor=keeper)
    assert not Joining.objects.exists()
    write_joining(project, **WORDS, actor=keeper)
    joining = write_joining(project, **WORDS | {"times": "周日"}, actor=keeper)
    assert (Joining.objects.count(), joining.times, joining.is_free) == (1, "周日", True)
    take_joining_down(project, actor=keeper)
    assert not Joining.objects.exists()
    terminate_project(project, reason="停办", actor=world.officer)
    with pytest.raises(WrongState):
        write_joining(project, **WORDS, actor=keeper)


def test_the_desk_writes_joining_and_services_show_it(world, client):
    project = begin(world)
    client.force_login(signatory_of(project.organisation))
    at = reverse("delivery:write_joining", args=[project.pk])
    assert client.post(at, WORDS | {"is_free": "on", "how": "<i>来</i>"}).status_code == 302
    client.logout()
    page = client.get("/services/").content.decode()
    assert "花木路1号" in page
    assert "&lt;i&gt;来" in page
    assert "花木路1号" in client.get(project.get_absolute_url()).content.decode()
    client.force_login(signatory_of(project.organisation))
    client.post(reverse("delivery:take_joining_down", args=[project.pk]))
    client.logout()
    assert "花木路1号" not in client.get("/services/").content.decode()

"""More time for a milestone: asked for, granted or refused, and what moves along."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import clock
from foundation.due.models import DueEvent
from foundation.due.operations import work_off
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.waiting import find
from marketplace.catalogue.queries import project_page
from marketplace.catalogue.story import milestones_of
from marketplace.delivery.extension_operations import (
    ask_extension,
    grant_extension,
    refuse_extension,
    withdraw_extension,
)
from marketplace.delivery.models import Extension, Milestone
from marketplace.delivery.operations import report_milestone, terminate_project
from marketplace.delivery.waiting import looks_for
from tests.at_once import at_once
from tests.factories.deals import make_project, make_world, signatory_of
from tests.factories.organisations import make_social
from tests.factories.people import enter
from tests.scenes import scene


@scene
def world():
    return make_world()


@scene
def project(world):
    return make_project(world)


def ask(milestone, days=5, reason="场地装修"):
    day = milestone.due_on + dt.timedelta(days=days)
    person = signatory_of(milestone.project.organisation)
    return ask_extension(milestone, due_on=day, reason=reason, actor=person)


@pytest.mark.django_db
def test_a_granted_day_counts_and_its_reminders_move_along(world, project, client):
    milestone = project.milestones.first()
    was = milestone.due_on
    extension = ask(milestone)
    told = Notification.objects.filter(kind="extension_asked")
    assert world.buyer.pk in told.values_list("person", flat=True)
    assert [one.title for one in find(looks_for(world.buyer))]
    grant_extension(extension, remark="同意", actor=world.buyer)
    milestone.refresh_from_db()
    assert milestone.due_on == was + dt.timedelta(days=5)
    late = DueEvent.objects.get(key=f"milestone_late:{milestone.pk}")
    assert late.due_at.astimezone(clock.SHANGHAI).date() == was + dt.timedelta(days=6)
    with clock.at(dt.datetime.combine(was + dt.timedelta(days=1), dt.time(10), clock.SHANGHAI)):
        work_off()
        assert not Notification.objects.filter(kind="milestone_late").exists()
    (shown,) = project_page(world.buyer).filter(pk=project.pk)
    told = [item.get("text", "") for item in milestones_of(shown)]
    assert sum("granted more time" in text for text in told) == 1
    page = client.get(project.get_absolute_url()).content.decode()
    assert "granted more time" in page or "延期" in page
    assert "场地装修" not in page  # the reason is between the parties and the auditor


@pytest.mark.django_db
def test_what_is_wrong_is_refused_and_changes_nothing(world, project):
    milestone = project.milestones.first()
    left = (project.ends_on - milestone.due_on).days
    for field, days, reason in (
        ("due_on", 0, "x"),
        ("due_on", -3, "x"),
        ("due_on", left + 1, "x"),
        ("reason", 3, "  "),
    ):
        with pytest.raises(DomainError) as refusal:
            ask(milestone, days, reason)
        assert refusal.value.field == field
    with pytest.raises(Forbidden):
        ask_extension(milestone, due_on=project.ends_on, reason="x", actor=world.buyer)
    assert not Extension.objects.exists()
    extension = ask(milestone)
    provider = signatory_of(project.organisation)
    with pytest.raises(WrongState):
        ask(milestone, 6)  # one at a time
    for act in (grant_extension, lambda one, actor: refuse_extension(one, reason="x", actor=actor)):
        for person in (provider, signatory_of(make_social()), world.officer):
            with pytest.raises(Forbidden):
                act(extension, actor=person)
    with pytest.raises(DomainError):
        refuse_extension(extension, reason=" ", actor=world.buyer)
    with clock.at(clock.now() + dt.timedelta(days=3000)), pytest.raises(DomainError):
        grant_extension(extension, actor=world.buyer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.update(due_on=milestone.due_on)
    refuse_extension(extension, reason="计划早已知悉", actor=world.buyer)
    with pytest.raises(WrongState):
        grant_extension(extension, actor=world.buyer)
    again = ask(milestone, 2)
    withdraw_extension(again, actor=provider)
    third = ask(milestone, 2)
    report_milestone(milestone, text="已完成", served=1, spent_fen=0, actor=provider)
    with pytest.raises(WrongState):  # it is reported: nothing to wait for
        grant_extension(third, actor=world.buyer)
    milestone.refresh_from_db()
    assert milestone.due_on == extension.was_due_on
    assert sorted(Extension.objects.values_list("state", flat=True)) == [
        "asked",
        "refused",
        "withdrawn",
    ]


@pytest.mark.django_db
def test_in_a_project_that_was_broken_off_nothing_is_granted(world, project):
    extension = ask(project.milestones.first())
    terminate_project(project, reason="终止", actor=world.officer)
    with pytest.raises(WrongState):
        grant_extension(extension, actor=world.buyer)


@pytest.mark.django_db
def test_both_sides_find_it_on_the_project_page(world, project, django_assert_max_num_queries):
    milestone = project.milestones.first()
    own, buyer = enter(signatory_of(project.organisation)), enter(world.buyer)
    url = reverse("delivery:ask_extension", args=[milestone.pk])
    day = milestone.due_on + dt.timedelta(days=4)
    assert list(own.post(url, {"due_on": day}).context["form"].errors) == ["reason"]
    assert own.post(url, {"due_on": day, "reason": "场地"}).status_code == 302
    asked = Extension.objects.get()
    with django_assert_max_num_queries(12):
        page = buyer.get(reverse("delivery:project", args=[project.pk])).content.decode()
    assert reverse("delivery:grant_extension", args=[asked.pk]) in page
    refusing = buyer.post(reverse("delivery:refuse_extension", args=[asked.pk]), {"reason": "不可"})
    assert refusing.status_code == 302
    assert own.post(url, {"due_on": day, "reason": "再请"}).status_code == 302
    asked = Extension.objects.latest("pk")
    assert own.post(reverse("delivery:withdraw_extension", args=[asked.pk])).status_code == 302
    assert own.post(url, {"due_on": day, "reason": "又请"}).status_code == 302
    asked = Extension.objects.latest("pk")
    granting = buyer.post(reverse("delivery:grant_extension", args=[asked.pk]), {"remark": ""})
    assert granting.status_code == 302
    milestone.refresh_from_db()
    assert milestone.due_on == day


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_granted_and_reported_at_once_is_one_after_the_other():
    world = make_world()
    milestone = make_project(world).milestones.first()
    provider = signatory_of(milestone.project.organisation)
    extension = ask(milestone)

    def report():
        fresh = Milestone.objects.get(pk=milestone.pk)
        return report_milestone(fresh, text="完成", served=1, spent_fen=0, actor=provider)

    granted, reported = at_once(lambda: grant_extension(extension, actor=world.buyer), report)
    assert not isinstance(reported, DomainError)
    moved = Milestone.objects.get(pk=milestone.pk).due_on == extension.due_on
    assert moved == (not isinstance(granted, DomainError))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_ask_once():
    milestone = make_project(make_world()).milestones.first()
    done = at_once(lambda: ask(milestone), lambda: ask(milestone, 6))
    assert sorted(isinstance(one, (WrongState, Clash)) for one in done) == [False, True]
    assert Extension.objects.count() == 1

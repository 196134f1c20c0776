"""Reporting, accepting, returning, closing, breaking off; money follows what was accepted."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation import clock
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.queries import officers_of
from marketplace.agreements.states import AgreementState
from marketplace.delivery.grading import grade_of
from marketplace.delivery.models import Evidence, Project, Report
from marketplace.delivery.operations import (
    Proof,
    accept_milestone,
    close_project,
    report_milestone,
    return_milestone,
    terminate_project,
)
from marketplace.delivery.queries import evidence_visible_to
from marketplace.delivery.states import MilestoneState, ProjectState
from marketplace.ledger import accounts
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.payments.models import Payable
from tests.factories.deals import WAN, make_project, make_world, pay_all, signatory_of
from tests.factories.organisations import join, make_person
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def world():
    return make_world()


@scene
def project(world):
    return make_project(world)


def report(milestone, *, spent=0, served=100, evidence=()):
    person = signatory_of(milestone.project.organisation)
    return report_milestone(
        milestone, text="已完成", served=served, spent_fen=spent, evidence=evidence, actor=person
    )


def accept(world, milestone, **facts):
    report(milestone, **facts)
    return accept_milestone(milestone, actor=world.buyer)


def accept_all(world, project, spent):
    for milestone, fen in zip(project.milestones.all(), spent, strict=True):
        accept(world, milestone, spent=fen)


def test_report_milestone_keeps_the_proof_and_waits_for_the_buyer(world, project):
    milestone = project.milestones.first()
    proof = Proof(SimpleUploadedFile("签到.txt", "到场 100 人".encode()), "签到表", public=True)
    made = report(milestone, evidence=[proof])
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.REPORTED
    assert made.evidence.get().caption == "签到表"
    told = Notification.objects.filter(kind="milestone_reported")
    assert {n.person for n in told} == set(officers_of(world.street))
    with pytest.raises(WrongState):
        report(milestone)
    assert Report.objects.count() == 1


def test_evidence_is_public_only_where_said_so_and_accepted(world, project):
    milestone = project.milestones.first()
    files = [Proof(SimpleUploadedFile(f"{n}.txt", b"x"), f"{n}", public=n == 1) for n in (1, 2)]
    report(milestone, evidence=files)
    from django.contrib.auth.models import AnonymousUser

    seen = evidence_visible_to(AnonymousUser())
    assert not seen.exists()
    accept_milestone(milestone, actor=world.buyer)
    assert [e.caption for e in seen.all()] == ["1"]
    assert evidence_visible_to(world.buyer).count() == 2
    assert Evidence.objects.count() == 2


def test_accept_milestone_opens_its_part_and_counts_the_people_served(world, project):
    first, midterm, final = project.milestones.all()
    accept(world, first, served=120)
    assert Payable.objects.count() == 1
    accept(world, midterm, served=80)
    project.refresh_from_db()
    assert project.served == 200
    owed = Payable.objects.order_by("pk").last()
    assert owed.amount_fen == 4 * WAN
    assert verify_books() == []
    report(final)
    final.refresh_from_db()
    assert final.state == MilestoneState.REPORTED


def test_accept_milestone_leaves_the_final_one_for_last(world, project):
    final = project.milestones.last()
    report(final)
    with pytest.raises(WrongState):
        accept_milestone(final, actor=world.buyer)
    final.refresh_from_db()
    assert final.state == MilestoneState.REPORTED


def test_nobody_accepts_for_the_organisation_they_belong_to(world, project):
    milestone = project.milestones.first()
    report(milestone)
    both = make_person()
    join(both, world.street)
    join(both, project.organisation, "member")
    for actor in (both, signatory_of(project.organisation), world.officer):
        with pytest.raises(Forbidden):
            accept_milestone(milestone, actor=actor)
        with pytest.raises(Forbidden):
            return_milestone(milestone, reason="x", actor=actor)
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.REPORTED


def test_return_milestone_needs_a_reason_and_lets_it_be_reported_again(world, project):
    milestone = project.milestones.first()
    report(milestone, served=100)
    with pytest.raises(DomainError):
        return_milestone(milestone, reason=" ", actor=world.buyer)
    return_milestone(milestone, reason="缺签到表", actor=world.buyer)
    accept(world, milestone, served=90)
    project.refresh_from_db()
    assert project.served == 90
    assert [r.verdict for r in milestone.reports.all()] == ["returned", "accepted"]


def test_the_final_part_is_what_was_really_spent_and_the_rest_goes_home(world, project):
    accept_all(world, project, [5 * WAN, 4 * WAN, 4_000_00])
    owed = list(Payable.objects.order_by("pk").values_list("amount_fen", flat=True))
    assert owed == [5 * WAN, 4 * WAN, 4_000_00]
    assert verify_books() == []
    pay_all(project.agreement)
    close_project(project, score_hundredths=8499, lessons="早准备", actor=world.officer)
    project.refresh_from_db()
    assert (project.state, project.grade) == (ProjectState.CLOSED, "B")
    assert project.agreement.__class__.objects.get().state == AgreementState.COMPLETED
    # 6,000 yuan were left: 60 % of them the street's, 40 % the fund's
    assert balance(accounts.buyer_available(world.fund, world.street)) == 3_600_00
    assert balance(accounts.fund_available(world.fund)) == 90 * WAN + 2_400_00
    assert verify_books() == []


def test_when_less_was_spent_than_owed_already_no_final_part_is_owed(world, project):
    accept_all(world, project, [WAN, WAN, 0])
    assert Payable.objects.count() == 2
    assert list(project.agreement.tranches.values_list("state", flat=True)) == [
        "due",
        "due",
        "returned",
    ]
    assert verify_books() == []


def test_close_project_waits_for_acceptance_and_payment(world, project):
    with pytest.raises(WrongState, match="accepted"):
        close_project(project, score_hundredths=9000, actor=world.officer)
    accept_all(world, project, [5 * WAN, 4 * WAN, WAN])
    with pytest.raises(WrongState, match="paid"):
        close_project(project, score_hundredths=9000, actor=world.officer)
    with pytest.raises(Forbidden):
        close_project(project, score_hundredths=9000, actor=signatory_of(project.organisation))
    pay_all(project.agreement)
    with pytest.raises(DomainError):
        close_project(project, score_hundredths=10_001, actor=world.officer)
    assert Project.objects.get().state == ProjectState.RUNNING
    close_project(project, score_hundredths=8500, actor=world.buyer)
    assert Project.objects.get().grade == "A"
    with pytest.raises(WrongState):
        close_project(project, score_hundredths=8500, actor=world.buyer)


def test_terminate_project_returns_what_was_not_owed_and_says_why(world, project):
    first, second, _third = project.milestones.all()
    accept(world, first, spent=WAN)
    report(second)
    with pytest.raises(WrongState):
        terminate_project(project, reason="停止", actor=world.officer)
    return_milestone(second, reason="未达标", actor=world.buyer)
    with pytest.raises(Forbidden):
        terminate_project(project, reason="停止", actor=world.buyer)
    terminate_project(project, reason="机构停业", actor=world.officer)
    project.refresh_from_db()
    assert (project.state, project.ended_reason) == (ProjectState.TERMINATED, "机构停业")
    assert [m.state for m in project.milestones.all()] == ["accepted", "dropped", "dropped"]
    assert balance(accounts.buyer_available(world.fund, world.street)) == 3 * WAN
    assert balance(accounts.fund_available(world.fund)) == 92 * WAN
    assert verify_books() == []
    with pytest.raises(WrongState):
        report(_third)


def test_whom_a_broken_off_project_was_entrusted_to_can_be_banned_from_its_page(
    client, world, project
):
    page = reverse("delivery:project", args=[project.pk])
    way = reverse("organisations:ban_organisation", args=[project.organisation_id])
    client.force_login(world.officer)
    assert way not in client.get(page).content.decode()
    terminate_project(project, reason="机构停业", actor=world.officer)
    address = client.get(page).context["ban_url"]
    assert address.startswith(way)
    assert "机构停业" in client.get(address).content.decode()
    client.force_login(signatory_of(project.organisation))
    assert way not in client.get(page).content.decode()


def test_people_are_reminded_before_a_milestone_and_told_when_it_is_late(world, project):
    milestone = project.milestones.first()
    due = dt.datetime.combine(milestone.due_on, dt.time(10), clock.SHANGHAI)
    provider = set(officers_of(project.organisation))
    with clock.at(due - dt.timedelta(days=7)):
        work_off()
    near = Notification.objects.filter(kind="milestone_near")
    assert {n.person for n in near} == provider
    with clock.at(due + dt.timedelta(days=1)):
        work_off()
    late = Notification.objects.filter(kind="milestone_late")
    assert {n.person for n in late} == provider | set(officers_of(world.street))


def test_nobody_is_reminded_of_what_is_done(world, project):
    milestone = project.milestones.first()
    accept(world, milestone)
    due = dt.datetime.combine(milestone.due_on, dt.time(10), clock.SHANGHAI)
    with clock.at(due + dt.timedelta(days=1)):
        work_off()
    assert not Notification.objects.filter(kind__in=["milestone_near", "milestone_late"]).exists()


@pytest.mark.parametrize(
    ("score", "grade"),
    [(10_000, "A"), (8500, "A"), (8499, "B"), (6000, "B"), (5999, "C"), (0, "C")],
)
def test_grades_are_given_on_the_exact_value(score, grade):
    assert grade_of(score) == grade

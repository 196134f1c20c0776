"""Findings: asked of those concerned, answered, judged, ended; seen by nobody else."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import clock
from foundation.audit.models import Entry
from foundation.due.models import DueEvent
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.people.models import Role
from foundation.workdays.queries import add_working_days
from marketplace.auditing.models import Answer, Finding
from marketplace.auditing.operations import (
    accept_answer,
    answer_finding,
    close_finding,
    require_more,
    withdraw_finding,
)
from marketplace.auditing.queries import findings_visible_to
from marketplace.desk.gathering import waiting_for
from tests.factories.auditing import auditor, make_finding
from tests.factories.deals import make_project, make_world, signatory_of
from tests.factories.organisations import make_social, make_upload
from tests.factories.people import officer, person
from tests.marketplace.money_pages import as_person
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def project():
    return make_project(make_world())


@pytest.fixture
def keeper(project):
    return signatory_of(project.organisation)


def told(who):
    rows = Notification.objects.filter(person=who, kind__startswith="finding_")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def waits(who):
    return [one.title for one in waiting_for(who) if "/auditing/" in one.url]


def still():
    return (
        list(Finding.objects.order_by("pk").values_list("pk", "state", "due_on", "closing")),
        list(Answer.objects.order_by("pk").values_list("pk", "verdict", "remark")),
        Entry.objects.count(),
        Notification.objects.count(),
    )


def test_the_whole_life_of_a_finding(project, keeper):
    who = auditor()
    finding = make_finding(project, actor=who)
    assert finding.due_on == add_working_days(clock.today(), 10)
    assert finding.number == f"SJ-{clock.today().year}-01"
    assert waits(keeper) == [f"Answer finding {finding.number}: 佐证不足"]
    assert waits(who) == []
    answer_finding(finding, text="补交", document=make_upload(), actor=keeper)
    assert waits(keeper) == []
    assert waits(who) == [f"Judge the answer to {finding.number}: 佐证不足"]
    require_more(finding, remark="缺少日期", answer_days=3, actor=who)
    finding.refresh_from_db()
    assert (finding.state, finding.due_on) == ("asked", add_working_days(clock.today(), 3))
    answer_finding(finding, text="日期已补", actor=keeper)
    accept_answer(finding, remark="可以", actor=who)
    close_finding(finding, closing="已查看原件", actor=who)
    finding.refresh_from_db()
    assert (finding.state, finding.closing) == ("closed", "已查看原件")
    assert [(one.verdict, one.remark) for one in finding.answers.all()] == [
        ("more", "缺少日期"),
        ("accepted", "可以"),
    ]
    assert told(keeper) == [
        "finding_noted",
        "finding_needs_more",
        "finding_answer_accepted",
        "finding_closed",
    ]
    assert told(who) == ["finding_answered", "finding_answered"]
    rows = Entry.objects.filter(subject_type="marketplace.finding").order_by("pk")
    assert list(rows.values_list("action", flat=True)) == [
        "note_finding",
        "answer_finding",
        "require_more",
        "answer_finding",
        "accept_answer",
        "close_finding",
    ]
    assert {row.subject_name for row in rows} == {finding.number}


def test_only_those_concerned_see_it(project, keeper):
    finding = make_finding(project)
    stranger = signatory_of(make_social())
    page = reverse("auditing:finding", args=[finding.number])
    buyer = signatory_of(project.buyer)
    unconcerned = (
        buyer,
        officer(),
        stranger,
        person(Role.ADMINISTRATOR),
        person(Role.FUND_MANAGER),
    )
    for who in unconcerned:
        assert not findings_visible_to(who).exists()
        assert as_person(who).get(page).status_code == 404
        assert waits(who) == []
    for who in (keeper, auditor("另一位")):
        assert as_person(who).get(page).status_code == 200


def test_the_paper_of_an_answer_is_for_those_concerned(project, keeper):
    finding = make_finding(project)
    answer = answer_finding(finding, text="见附件", document=make_upload(), actor=keeper)
    url = answer.document.get_absolute_url()
    assert as_person(keeper).get(url).status_code == 200
    assert as_person(auditor("另一位")).get(url).status_code == 200
    assert as_person(officer()).get(url).status_code == 404


def test_an_officer_can_be_asked_in_person(project):
    asked, other, who = officer(), officer(), auditor()
    finding = make_finding(project, officer=asked, actor=who)
    before = still()
    with pytest.raises(Forbidden):
        answer_finding(finding, text="不是我", actor=other)
    assert still() == before
    answer_finding(finding, text="已改", actor=asked)
    assert told(asked) == ["finding_noted"]


def test_who_cannot_answer_is_not_asked(project):
    who = auditor()
    member = person()
    before = still()
    empty = make_social()
    empty.memberships.update(ended_at=clock.now())
    wrong = (
        {"officer": member},
        {"officer": who},
        {"body": empty},
        {"body": None},
        {"body": project.organisation, "officer": officer()},
        {"answer_days": 0, "body": project.organisation},
        {"answer_days": 61, "body": project.organisation},
        {"severity": "?", "body": project.organisation},
    )
    for fields in wrong:
        with pytest.raises(DomainError):
            make_finding(project, **{"actor": who, **fields})
    with pytest.raises(DomainError):
        make_finding(member, body=project.organisation, actor=who)
    assert still() == before


def test_nobody_else_notes_judges_or_ends(project, keeper):
    finding = make_finding(project)
    for actor in (officer(), person(Role.FUND_MANAGER), person(Role.ADMINISTRATOR), keeper):
        before = still()
        with pytest.raises(Forbidden):
            make_finding(project, body=project.organisation, actor=actor)
        for act, facts in (
            (accept_answer, {}),
            (require_more, {"remark": "x", "answer_days": 3}),
            (close_finding, {"closing": "x"}),
            (withdraw_finding, {"closing": "x"}),
        ):
            with pytest.raises(Forbidden):
                act(finding, actor=actor, **facts)
        assert still() == before


def test_an_auditor_who_acts_for_the_body_judges_nothing(project, keeper):
    from foundation.people.models import Appointment

    finding = make_finding(project)
    Appointment.objects.create(person=keeper, role=Role.AUDITOR, began_at=clock.now())
    keeper = type(keeper).objects.get(pk=keeper.pk)
    answer_finding(finding, text="改了", actor=keeper)
    with pytest.raises(Forbidden):
        accept_answer(finding, actor=keeper)


def test_each_step_waits_for_its_state(project, keeper):
    who = auditor()
    finding = make_finding(project, actor=who)
    before = still()
    for act, facts in (
        (accept_answer, {}),
        (require_more, {"remark": "x", "answer_days": 3}),
        (close_finding, {"closing": "x"}),
    ):
        with pytest.raises(WrongState):
            act(finding, actor=who, **facts)
    assert still() == before
    answer_finding(finding, text="改了", actor=keeper)
    before = still()
    with pytest.raises(WrongState):
        answer_finding(finding, text="再说", actor=keeper)
    with pytest.raises(DomainError):
        require_more(finding, remark=" ", answer_days=3, actor=who)
    with pytest.raises(DomainError):
        withdraw_finding(finding, closing=" ", actor=who)
    assert still() == before
    withdraw_finding(finding, closing="查无此事", actor=who)
    finding.refresh_from_db()
    assert (finding.state, finding.closing) == ("withdrawn", "查无此事")
    before = still()
    with pytest.raises(WrongState):
        close_finding(finding, closing="x", actor=who)
    assert still() == before


def test_reminders_come_the_working_day_before_and_the_morning_after(project, keeper):
    who = auditor()
    finding = make_finding(project, actor=who)
    due = dt.datetime.combine(finding.due_on, dt.time(10), clock.SHANGHAI)
    with clock.at(due - dt.timedelta(days=5)):
        work_off()
    assert told(keeper) == ["finding_noted"]
    with clock.at(due):
        work_off()
    assert told(keeper) == ["finding_noted", "finding_due_soon"]
    with clock.at(due + dt.timedelta(days=1)):
        work_off()
    assert told(keeper) == ["finding_noted", "finding_due_soon", "finding_overdue"]
    assert told(who) == ["finding_overdue"]


def test_who_answered_is_reminded_no_more(project, keeper):
    finding = make_finding(project)
    keys = DueEvent.objects.filter(key__startswith=f"finding:{finding.pk}:")
    assert keys.filter(done_at=None).count() == 2
    answer_finding(finding, text="改了", actor=keeper)
    assert not keys.filter(done_at=None).exists()
    require_more(finding, remark="不够", answer_days=8, actor=auditor())
    assert keys.filter(done_at=None).count() == 2


def test_the_database_knows_one_answerer_and_an_end_with_its_reason(project):
    finding = make_finding(project)
    rows = Finding.objects.filter(pk=finding.pk)
    for change in (
        {"officer": officer()},
        {"body": None},
        {"state": "closed"},
        {"severity": "?"},
        {"state": "?"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_the_screens_from_noting_to_closing(project, keeper):
    audits, answers = as_person(auditor()), as_person(keeper)
    found = audits.post(
        reverse("auditing:find_subject"), {"kind": "project", "number": project.number.lower()}
    )
    url = reverse("auditing:note_finding", args=["project", project.pk])
    assert found.url == url
    missing = audits.post(reverse("auditing:find_subject"), {"kind": "project", "number": "X"})
    assert "There is none with this number." in missing.content.decode()
    typed = {
        "severity": "grave",
        "title": "金额不符",
        "text": "发票与合同不一致",
        "answers": f"body:{project.organisation_id}",
        "answer_days": "10",
    }
    refused = audits.post(url, {**typed, "answers": f"body:{make_social().pk}"})
    assert refused.status_code == 200
    assert not Finding.objects.exists()
    page = audits.post(url, typed)
    finding = Finding.objects.get()
    assert page.url == reverse("auditing:finding", args=[finding.number])
    assert "金额不符" in answers.get(reverse("auditing:findings")).content.decode()
    assert "What was done" not in answers.get(page.url).content.decode()

    def act(client, law, **fields):
        return client.post(reverse(f"auditing:{law}", args=[finding.number]), fields)

    assert act(answers, "accept_answer").status_code == 403
    assert act(answers, "answer_finding", text="已更正").url == page.url
    assert act(audits, "require_more", remark="凭证呢", answer_days="5").url == page.url
    assert act(answers, "answer_finding", text="附上", document=make_upload()).url == page.url
    assert act(audits, "accept_answer", remark="").url == page.url
    assert act(audits, "close_finding", closing="已核").url == page.url
    assert "sentence" not in audits.get(page.url).content.decode()
    late = act(audits, "withdraw_finding", closing="晚了")
    assert "so that is not possible now" in late.content.decode()
    assert audits.get(reverse("auditing:note_finding", args=["weather", 1])).status_code == 404

"""Two people at once on PostgreSQL: one answer, one judgement, one verification."""

import pytest

from marketplace.auditing.inspecting import ask_inspection
from marketplace.auditing.models import Finding, Inspection
from marketplace.auditing.operations import accept_answer, answer_finding, require_more
from tests.at_once import outcomes
from tests.factories.auditing import auditor, make_finding
from tests.factories.deals import make_project, make_world, signatory_of
from tests.factories.organisations import member_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_answers_at_once_leave_one():
    project = make_project(make_world())
    finding = make_finding(project)
    first, second = signatory_of(project.organisation), member_of(project.organisation)
    results = outcomes(
        lambda: answer_finding(finding, text="甲", actor=first),
        lambda: answer_finding(finding, text="乙", actor=second),
    )
    assert sorted(results) == ["WrongState", "done"]
    assert finding.answers.count() == 1


def test_two_judgements_at_once_leave_one():
    project = make_project(make_world())
    finding = make_finding(project)
    answer_finding(finding, text="甲", actor=signatory_of(project.organisation))
    first, second = auditor("甲"), auditor("乙")
    results = outcomes(
        lambda: accept_answer(finding, actor=first),
        lambda: require_more(finding, remark="缺", answer_days=3, actor=second),
    )
    assert sorted(results) == ["WrongState", "done"]


def test_findings_at_once_get_numbers_of_their_own():
    project = make_project(make_world())
    people = [auditor(name) for name in ("甲", "乙", "丙")]
    results = outcomes(*(lambda who=who: make_finding(project, actor=who) for who in people))
    assert results == ["done"] * 3
    assert len(set(Finding.objects.values_list("number", flat=True))) == 3


def test_two_who_ask_at_once_have_one_verification():
    first, second = auditor("甲"), auditor("乙")
    results = outcomes(lambda: ask_inspection(actor=first), lambda: ask_inspection(actor=second))
    assert sorted(results) == ["Clash", "done"]
    assert Inspection.objects.count() == 1

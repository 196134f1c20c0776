"""The rules a call goes by: rule sets, changed with a reason, kept by every check."""

import datetime as dt

import pytest
from django.urls import reverse

from bidding.calls import dates, operations, rule_operations
from bidding.calls.beginnings import copy_call
from bidding.calls.models import Call
from bidding.calls.readiness import check_call
from bidding.calls.rule_models import RuleChange, RuleSetting
from bidding.calls.rulebook import BOOK, RULES, columns, shipped
from bidding.calls.states import CallState
from bidding.calls.timeline import propose, shortest_closing, working_from
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from tests.factories.calls import make_call, make_question_about
from tests.factories.organisations import make_officer, make_person

DAY = dt.timedelta(days=1)


def weekdays(day):
    return day.weekday() < 5


def test_every_rule_ships_sane_for_both_kinds():
    for rule in RULES:
        for kind in ("contest", "procurement"):
            usual = rule.usual[kind]
            assert (kind not in rule.roads and usual is None) or rule.fault_of(usual) is None
            assert rule.source[kind] in ("law", "practice", "own")
    assert set(columns(shipped("contest"))) <= {field.name for field in Call._meta.fields}


@pytest.mark.parametrize(
    ("code", "value", "is_fault"),
    [
        ("panel_size", 4, True),
        ("panel_size", 5, False),
        ("panel_size", None, True),
        ("window_days", None, False),
        ("window_days", 0, True),
        ("management_cap_percent", 101, True),
        ("management_cap_percent", 0, False),
    ],
)
def test_a_number_that_cannot_stand_is_refused_with_a_sentence(code, value, is_fault):
    assert bool(BOOK[code].fault_of(value)) == is_fault


def test_dates_are_counted_backwards_from_the_closing_and_fall_on_working_days():
    sunday = dt.date(2026, 6, 7)
    rules = shipped("contest")
    found = propose(sunday, rules, weekdays, zone=clock.SHANGHAI, earliest=dt.date(2026, 4, 1))
    assert found.closes_at.date() == dt.date(2026, 6, 8)  # Monday
    assert found.opens_at.date() == dt.date(2026, 5, 8)  # the Friday before the thirtieth day
    assert found.questions_until.date() == dt.date(2026, 6, 5)
    late = propose(sunday, rules, weekdays, zone=clock.SHANGHAI, earliest=dt.date(2026, 5, 30))
    assert late.opens_at.date() == dt.date(2026, 6, 1)  # as soon as may be: the check says the rest
    with pytest.raises(ValueError, match="no working day"):
        working_from(sunday, lambda day: False)


def test_a_closing_that_is_too_near_moves_by_whole_days():
    closes = dt.datetime(2026, 6, 8, 9, tzinfo=dt.UTC)
    assert shortest_closing(closes - 15 * DAY, closes, 15) == closes
    assert shortest_closing(closes - 14.5 * DAY, closes, 15) == closes + DAY
    second = dt.timedelta(seconds=1)
    assert shortest_closing(closes - second, closes, 15) == closes + 15 * DAY
    assert shortest_closing(closes - second, closes, None) == closes


@pytest.mark.django_db
def test_a_rule_set_is_changed_with_a_reason_and_new_calls_begin_with_it():
    officer = make_officer()
    old = make_call(state=CallState.DRAFT)
    change = {"kind": "contest", "rule": "window_days", "reason": "急需", "actor": officer}
    rule_operations.set_default_rule(value=10, was=20, **change)
    assert rule_operations.rule_set("contest")["window_days"] == 10
    assert rule_operations.rule_set("procurement")["window_days"] == 20
    new = operations.draft_call(
        kind="contest",
        title="征集",
        summary="说明",
        opens_at=clock.now() + DAY,
        questions_until=clock.now() + 7 * DAY,
        closes_at=clock.now() + 12 * DAY,
        actor=officer,
    )
    old.refresh_from_db()
    assert (new.window_days, old.window_days) == (10, 20)
    entry = Entry.objects.filter(action="set_default_rule").get()
    assert (entry.facts["before"], entry.facts["after"], entry.facts["reason"]) == (20, 10, "急需")
    with pytest.raises(Clash):  # another officer's page still shows twenty
        rule_operations.set_default_rule(value=15, was=20, **change)
    with pytest.raises(DomainError):
        rule_operations.set_default_rule(value=10, was=10, **change)
    with pytest.raises(Forbidden):
        rule_operations.set_default_rule(value=9, was=10, **{**change, "actor": make_person()})
    assert RuleSetting.objects.get().value == 10


@pytest.mark.django_db
def test_a_draft_goes_by_another_rule_and_its_checks_follow():
    call, officer = make_call(state=CallState.DRAFT, opens=1, closes=20.5), make_officer()
    assert len(check_call(call)) == 1  # nineteen and a half days
    operations.set_call_rule(
        call, rule="window_days", value=19, was=20, reason="赶工", actor=officer
    )
    call.refresh_from_db()
    assert check_call(call) == []
    operations.set_call_rule(
        call, rule="questions_days", value=None, was=3, reason="当面问", actor=officer
    )
    changes = list(RuleChange.objects.values_list("rule", "before", "after", "reason"))
    assert changes == [("window_days", 20, 19, "赶工"), ("questions_days", 3, None, "当面问")]
    change = {"rule": "panel_size", "was": 3, "reason": "四位", "actor": officer}
    with pytest.raises(DomainError) as refused:
        operations.set_call_rule(call, value=4, **change)
    assert refused.value.field == "value"
    with pytest.raises(WrongState):
        operations.set_call_rule(make_call(), value=5, **change)
    with pytest.raises(Forbidden):
        operations.set_call_rule(call, value=5, **{**change, "actor": make_person()})
    assert RuleChange.objects.count() == 2


@pytest.mark.django_db
def test_each_fault_of_the_dates_is_a_sentence_of_its_own():
    call = make_call(state=CallState.DRAFT, opens=1, closes=40)
    call.questions_until = call.closes_at - dt.timedelta(days=2)
    call.least_proposals, call.smallest_panel = 2, 5
    assert len(check_call(call)) == 4  # questions, two lots, the panel
    call.questions_until = call.opens_at
    call.questions_days = call.least_proposals = call.smallest_panel = None
    assert len(check_call(call)) == 1
    call.closes_at = clock.now()
    assert len(check_call(call)) == 2


@pytest.mark.django_db
def test_days_off_are_advised_against_and_a_missing_year_is_named():
    saturday = dt.datetime(2026, 6, 13, 9, tzinfo=dt.UTC)
    with clock.at(saturday - 40 * DAY):
        call = make_call(
            state=CallState.DRAFT,
            opens_at=saturday - 33 * DAY,
            questions_until=saturday - 5 * DAY,
            closes_at=saturday,
        )
        line = dates.TimeLine(call)
        assert (len(line.advice()), len(line.rows()), line.years_unknown()) == (1, 6, [])
        call.closes_at = saturday.replace(year=2031)
        assert 2031 in dates.TimeLine(call).years_unknown()


@pytest.mark.django_db
def test_a_call_that_does_not_wait_for_answers_keeps_its_closing():
    call = make_call(opens=-30, closes=-0.001, wait_days=None)
    make_question_about(call)
    before = call.closes_at
    operations.move_closing(call, actor=SYSTEM)
    call.refresh_from_db()
    assert call.closes_at == before


@pytest.mark.django_db
def test_rules_have_their_pages(client):
    call, officer = make_call(state=CallState.DRAFT), make_officer()
    page = reverse("calls:set_call_rule", args=[call.number, "window_days"])
    client.force_login(make_officer(Role.AUDITOR))
    assert client.get(reverse("calls:rule_sets")).status_code == 200
    assert client.get(reverse("calls:call_rules", args=[call.number])).status_code == 200
    assert client.get(page).status_code == 403
    client.force_login(officer)
    assert client.get(page).status_code == 200
    sent = {"value": "", "was": "20", "reason": "当面问"}
    assert "value" in client.post(page, sent).context["form"].errors
    assert client.post(page, {**sent, "off": "on"}).url == reverse(
        "calls:call_rules", args=[call.number]
    )
    call.refresh_from_db()
    assert call.window_days is None
    default = reverse("calls:set_default_rule", args=["contest", "cure_days"])
    client.post(default, {"value": "5", "was": "3", "reason": "更从容"})
    assert RuleSetting.objects.get().value == 5
    assert client.get(reverse("calls:set_default_rule", args=["x", "cure_days"])).status_code == 404
    assert "当面问" in client.get(call.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_in_a_procurement_the_price_weighs_what_its_rules_allow(client):
    officer = make_officer()
    client.force_login(officer)
    call = make_call(state=CallState.DRAFT, kind="procurement", opens=1, closes=31)
    assert list(call.criteria.filter(by_price=True).values_list("weight", flat=True)) == [15]
    assert sum(call.criteria.values_list("weight", flat=True)) == 100
    assert check_call(call) == []
    address = reverse("calls:set_criteria", args=[call.number])
    assert len(client.get(address).context["form"].rows()) == 10
    for weight, faults in ((9, 1), (10, 0), (30, 0), (31, 1), ("", 1)):
        judged = 100 - (weight or 0)
        client.post(address, {"name-1": "方案", "weight-1": judged, "price": weight})
        assert len(check_call(call)) == faults, weight
    operations.set_call_rule(
        call, rule="least_price_weight", value=None, was=10, reason="统一定价", actor=officer
    )
    call.refresh_from_db()
    assert check_call(call) == []  # a price everybody has to ask is not scored
    contest = make_call(state=CallState.DRAFT)
    price = [operations.CriterionFacts("价格", 100, by_price=True)]
    with pytest.raises(DomainError):
        operations.set_criteria(contest, criteria=price, actor=officer)
    rule = {"rule": "least_price_weight", "value": 5, "was": None, "reason": "？"}
    with pytest.raises(DomainError):
        operations.set_call_rule(contest, **rule, actor=officer)
    with pytest.raises(DomainError):
        rule_operations.set_default_rule(kind="contest", **rule, actor=officer)
    nowhere = reverse("calls:set_default_rule", args=["contest", "least_price_weight"])
    assert client.get(nowhere).status_code == 404
    assert contest.criteria.count() == 5
    running = make_call(kind="procurement", closes=40)
    first, last = running.criteria.first(), running.criteria.get(by_price=True)
    times = {"questions_until": running.questions_until, "closes_at": running.closes_at}
    weights = {first.pk: first.weight - 16, last.pk: last.weight + 16}
    with pytest.raises(DomainError, match="31"):
        operations.amend_call(running, reason="调整", weights=weights, actor=officer, **times)
    assert not running.amendments.exists()
    copied = copy_call(call, actor=officer)
    assert not copied.criteria.filter(by_price=True).exists()
    again = copy_call(running, actor=officer)
    assert again.criteria.get(by_price=True).weight == 15

"""Honoraria: worked out from facts, looked at by two, paid once, and everybody sees their own."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from bidding.calls.models import Call
from bidding.calls.rulebook import BOOK
from bidding.evaluation.operations import (
    finish_roadshow,
    leave_seat,
    rank_proposals,
    start_roadshow,
)
from bidding.evaluation.roadshow_models import Turn
from foundation import clock
from foundation.due.models import DueEvent
from foundation.due.operations import HANDLERS
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.organisations.queries import federation
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from foundation.waiting import find
from marketplace.honoraria.models import Correction, HonorariaList, Honorarium
from marketplace.honoraria.operations import (
    approve_honoraria,
    confirm_honoraria,
    correct_honorarium,
    draw_up_honoraria,
    mark_honoraria_paid,
    return_honoraria,
    take_back_paid,
)
from marketplace.honoraria.queries import lists_visible_to, own_honoraria, total_of
from marketplace.honoraria.waiting import looks_for
from tests.at_once import numbered, outcomes
from tests.factories.evaluation import (
    fill_all,
    hear,
    make_expert,
    make_heard_panel,
    make_ranked_call,
    make_roadshow,
    make_scoring_panel,
    seat_all,
)
from tests.factories.organisations import join, make_officer, make_person, make_union
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def drawn():
    """Three judges with three final sheets each; one of them works for the federation."""
    call, _ranking = make_ranked_call()
    if federation() is None:
        make_union()
    insider = call.panel.seats.order_by("position")[2].expert.person
    join(insider, federation(), MembershipRole.MEMBER)
    HANDLERS["panel_closed"](call=call.pk)
    return HonorariaList.objects.get(call=call)


@scene
def approved(drawn):
    one, other = make_officer(), make_officer()
    confirm_honoraria(drawn, seen_fen=30_000, actor=one)
    return approve_honoraria(drawn, seen_fen=30_000, actor=other)


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def rows_of(listed):
    return list(listed.rows.order_by("pk").values_list("sheets", "half_days", "amount_fen"))


def test_what_judges_did_is_worked_out_once_when_the_ranking_stands(drawn):
    assert rows_of(drawn) == [(3, 0, 15_000), (3, 0, 15_000), (3, 0, 0)]
    assert [row.of_the_house for row in drawn.rows.all()] == [False, False, True]
    assert DueEvent.objects.filter(handler="panel_closed").count() == 1
    HANDLERS["panel_closed"](call=drawn.call_id)
    assert HonorariaList.objects.get() == drawn
    with pytest.raises(WrongState):
        draw_up_honoraria(Call.objects.get(pk=drawn.call_id), actor=make_officer())
    told = Notification.objects.filter(kind="honoraria_drawn_up")
    assert told.exists()
    assert not told.filter(person__expert__isnull=False).exists()


def test_half_days_on_stage_count_once_and_nothing_of_who_left():
    panel = make_heard_panel()
    roadshow = make_roadshow(panel)
    day = (clock.now() + dt.timedelta(days=2)).astimezone(clock.SHANGHAI).replace(minute=0)
    officer = make_officer()
    for turn, hour in zip(Turn.objects.filter(roadshow=roadshow), (9, 11, 14), strict=True):
        with clock.at(day.replace(hour=hour)):
            if hour == 9:
                start_roadshow(roadshow, actor=officer)
            hear(turn, 8000, 8000, 8000, officer=officer)
    with clock.at(day.replace(hour=16)):
        finish_roadshow(roadshow, actor=officer)
        call = Call.objects.get(pk=panel.call_id)
        rank_proposals(call, actor=officer)
        listed = draw_up_honoraria(Call.objects.get(pk=call.pk), actor=SYSTEM)
    assert rows_of(listed) == [(3, 2, 3 * 5_000 + 2 * 54_000)] * 3


def test_what_was_set_aside_earns_nothing_and_a_call_may_pay_nothing():
    panel = make_scoring_panel()
    gone = panel.seats.all()[0]
    leave_seat(gone, reason="生病", actor=gone.expert.person)
    seat_all(panel)
    fill_all(panel)
    call = Call.objects.get(pk=panel.call_id)
    rank_proposals(call, actor=make_officer())
    Call.objects.filter(pk=call.pk).update(sheet_fee_fen=0, half_day_fee_fen=0)
    HANDLERS["panel_closed"](call=call.pk)
    assert not HonorariaList.objects.exists()
    Call.objects.filter(pk=call.pk).update(sheet_fee_fen=1)
    HANDLERS["panel_closed"](call=call.pk)
    listed = HonorariaList.objects.get()
    assert rows_of(listed) == [(3, 0, 3)] * 3
    assert not listed.rows.filter(expert=gone.expert).exists()


def test_before_the_ranking_stands_nothing_is_worked_out():
    call = make_scoring_panel().call
    with pytest.raises(WrongState):
        draw_up_honoraria(call, actor=make_officer())
    assert not HonorariaList.objects.exists()


def test_a_correction_keeps_what_was_and_why_and_overwrites_nobody(drawn):
    row, officer = drawn.rows.order_by("pk")[0], make_officer()
    for facts in ({"reason": " "}, {"amount_fen": 15_000}, {"was_fen": 1}):
        wanted = {"amount_fen": 20_000, "was_fen": 15_000, "reason": "夜间加评", **facts}
        with pytest.raises(DomainError):
            correct_honorarium(row, **wanted, actor=officer)
    assert not Correction.objects.exists()
    url = reverse("honoraria:correct_honorarium", args=[row.pk])
    sent = {"amount_fen": "200.00", "was_fen": "15000", "reason": "夜间加评"}
    assert enter(officer).post(url, sent).url == drawn.get_absolute_url()
    made = Correction.objects.get()
    assert (made.before_fen, made.after_fen, made.made_by) == (15_000, 20_000, officer)
    row.refresh_from_db()
    assert (row.computed_fen, row.amount_fen) == (15_000, 20_000)
    with pytest.raises(Clash):
        confirm_honoraria(drawn, seen_fen=30_000, actor=officer)
    assert confirm_honoraria(drawn, seen_fen=35_000, actor=officer).state == "confirmed"
    with pytest.raises(WrongState):
        correct_honorarium(row, amount_fen=1, was_fen=20_000, reason="x", actor=officer)


def test_nobody_takes_the_second_look_at_their_own_or_at_what_they_confirmed(drawn):
    one, other = make_officer(), make_officer(Role.FUND_MANAGER)
    on_it = drawn.rows.all()[2].expert.person
    for post in (Role.OFFICER, Role.FUND_MANAGER):
        on_it.appointments.create(role=post, began_at=clock.now())
    with pytest.raises(Forbidden):
        confirm_honoraria(drawn, seen_fen=30_000, actor=on_it)
    confirm_honoraria(drawn, seen_fen=30_000, actor=one)
    for person in (one, on_it, make_officer(Role.AUDITOR)):
        with pytest.raises(Forbidden):
            approve_honoraria(drawn, seen_fen=30_000, actor=person)
    assert [row.url for row in find(looks_for(other))] == [drawn.get_absolute_url()]
    assert find(looks_for(on_it)) == []
    returned = return_honoraria(drawn, reason="第二位评委只到了一次", actor=other)
    assert (returned.state, returned.confirmed_by) == ("drawn_up", None)
    confirm_honoraria(drawn, seen_fen=30_000, actor=one)
    assert approve_honoraria(drawn, seen_fen=30_000, actor=other).approved_by == other


def test_a_judge_sees_their_own_when_two_have_looked_and_nobody_elses(approved):
    mine, theirs, house = approved.rows.order_by("pk")
    page = enter(mine.expert.person).get(reverse("honoraria:mine")).content.decode()
    assert "¥150.00" in page
    assert list(own_honoraria(mine.expert.person)) == [mine]
    assert list(lists_visible_to(mine.expert.person)) == []
    assert enter(mine.expert.person).get(approved.get_absolute_url()).status_code == 404
    told = Notification.objects.filter(kind="honorarium_due")
    assert set(told.values_list("person", flat=True)) == {
        mine.expert.person_id,
        theirs.expert.person_id,
    }
    assert list(own_honoraria(house.expert.person)) == [house]
    assert list(own_honoraria(make_person())) == []


def test_what_was_paid_is_noted_once_and_can_come_back(approved):
    first, second, house = approved.rows.order_by("pk")
    payer, today = make_officer(Role.FUND_MANAGER), clock.today()
    facts = {"honoraria": [first], "paid_on": today, "reference": "工资 11-23"}
    for wrong, fault in (
        ({"paid_on": today + dt.timedelta(days=1)}, DomainError),
        ({"paid_on": today - dt.timedelta(days=400)}, DomainError),
        ({"reference": " "}, DomainError),
        ({"honoraria": []}, DomainError),
        ({"honoraria": [house]}, Clash),
    ):
        with pytest.raises(fault):
            mark_honoraria_paid(approved, **{**facts, **wrong}, actor=payer)
    assert not Honorarium.objects.exclude(paid_on=None).exists()
    url = reverse("honoraria:mark_honoraria_paid", args=[approved.call.number])
    sent = {"honoraria": [first.pk], "paid_on": f"{today}", "reference": "工资 11-23"}
    assert enter(payer).post(url, sent).url == approved.get_absolute_url()
    with pytest.raises(Clash):
        mark_honoraria_paid(approved, **{**facts, "honoraria": [first, second]}, actor=payer)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.paid_on, first.reference, first.paid_by) == (today, "工资 11-23", payer)
    assert second.paid_on is None
    assert Notification.objects.get(kind="honorarium_paid").person == first.expert.person
    take_back_paid(first, reason="账号有误", actor=payer)
    with pytest.raises(DomainError):
        take_back_paid(first, reason="账号有误", actor=payer)
    first.refresh_from_db()
    assert (first.paid_on, first.reference, first.paid_by) == (None, "", None)
    mark_honoraria_paid(approved, **facts, actor=payer)


def test_nothing_is_paid_that_two_have_not_looked_at(drawn):
    row = drawn.rows.all()[0]
    with pytest.raises(WrongState):
        mark_honoraria_paid(
            drawn, honoraria=[row], paid_on=clock.today(), reference="1", actor=make_officer()
        )
    row.refresh_from_db()
    assert row.paid_on is None


def test_the_cashier_gets_the_list_as_a_file(approved):
    client, number = enter(make_officer(Role.FUND_MANAGER)), approved.call.number
    first = approved.rows.order_by("pk")[0].expert.person
    csv = b"".join(client.get(reverse("honoraria:list_csv", args=[number]))).decode("utf-8-sig")
    lines = csv.splitlines()
    assert len(lines) == 4
    assert lines[1].startswith(f"{number},{first.name},{first.email},,3,0,150.00,")
    body = b"".join(client.get(reverse("honoraria:list_xlsx", args=[number])))
    rows = list(load_workbook(io.BytesIO(body)).active.values)
    assert [row[6] for row in rows[1:]] == [150, 150, 0]


def test_the_desk_lists_every_list_in_as_many_queries_for_three(
    approved, django_assert_max_num_queries
):
    client, url = enter(make_officer()), reverse("honoraria:desk")
    call, _ranking = make_ranked_call()
    page = client.get(url).content.decode()
    assert reverse("honoraria:draw_up_honoraria", args=[call.number]) in page
    client.post(reverse("honoraria:draw_up_honoraria", args=[call.number]))
    assert HonorariaList.objects.filter(call=call).exists()
    with django_assert_max_num_queries(12):
        assert approved.get_absolute_url() in client.get(url).content.decode()
    with django_assert_max_num_queries(12):
        client.get(approved.get_absolute_url())
    judge = make_expert().person
    assert enter(judge).get(url).url == reverse("honoraria:mine")
    assert "还没有劳务报酬" in enter(judge).get(reverse("honoraria:mine")).content.decode()


def test_the_rates_are_rules_of_the_call_in_yuan():
    rate = BOOK["half_day_fee_fen"]
    assert rate.said(54_000) == "¥540.00"
    assert rate.fault_of(0) is None
    assert rate.fault_of(1_000_001)
    assert rate.fault_of(None)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_at_once_draw_up_confirm_and_pay_one_list_once():
    call, _ranking = make_ranked_call()
    people = [make_officer(), make_officer()]
    drawn = outcomes(
        *numbered(2, lambda at: draw_up_honoraria(Call.objects.get(pk=call.pk), actor=people[at]))
    )
    assert sorted(drawn) == ["WrongState", "done"]
    listed = HonorariaList.objects.get()
    total = total_of(listed)
    signed = outcomes(
        *numbered(2, lambda at: confirm_honoraria(listed, seen_fen=total, actor=people[at]))
    )
    assert sorted(signed) == ["WrongState", "done"]
    listed = HonorariaList.objects.get()
    other = next(one for one in people if one != listed.confirmed_by)
    approve_honoraria(listed, seen_fen=total, actor=other)
    rows, today = list(listed.rows.all()), clock.today()
    paid = outcomes(
        *numbered(
            2,
            lambda at: mark_honoraria_paid(
                listed, honoraria=rows, paid_on=today, reference=f"{at}", actor=people[at]
            ),
        )
    )
    assert sorted(paid) == ["Clash", "done"]
    assert Notification.objects.filter(kind="honorarium_paid").count() == len(rows)

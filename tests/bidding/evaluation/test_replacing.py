"""A panel that loses judges: there is always a way on, and what counts no more is kept."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from bidding.calls.models import Call
from bidding.evaluation import draw
from bidding.evaluation import operations as do
from bidding.evaluation.models import Conflict, Expert, Panel, Restart, Seat, Sheet
from bidding.evaluation.queries import own_sheets, replacements_of
from bidding.evaluation.roadshow_models import LiveSheet, Turn
from bidding.evaluation.states import PanelState, SeatState, SheetState
from bidding.evaluation.waiting import looks_for
from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.waiting import find
from tests.at_once import outcomes
from tests.factories.evaluation import (
    fill_all,
    fill_sheet,
    make_expert,
    make_scoring_panel,
    make_screened_call,
    seat_all,
)
from tests.factories.organisations import join, make_officer
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def panel():
    return make_scoring_panel(experts=3)


def everything():
    return (
        list(Seat.objects.values_list("pk", "state", "named_because").order_by("pk")),
        list(Sheet.objects.values_list("pk", "state").order_by("pk")),
        list(LiveSheet.objects.values_list("pk", "state").order_by("pk")),
        list(Turn.objects.values_list("pk", "state", "shown_at").order_by("pk")),
        Entry.objects.count(),
    )


def refused(act, match=r".+", field=None):
    before = everything()
    with pytest.raises(DomainError, match=match) as refusal:
        act()
    assert refusal.value.field == field
    assert everything() == before


def seat_at(panel, position):
    return panel.seats.select_related("expert__person", "panel__call").get(position=position)


def leave(panel, *positions):
    for position in positions:
        seat = seat_at(panel, position)
        do.leave_seat(seat, reason="病", actor=seat.expert.person)


def ranked(panel):
    return do.rank_proposals(Call.objects.get(pk=panel.call_id), actor=make_officer())


def test_two_of_three_leave_with_final_sheets_and_an_empty_pool(panel):
    officer = make_officer()
    first = Sheet.objects.filter(seat__panel=panel, seat__position=1)[0]
    fill_sheet(first, 8000)
    leave(panel, 1, 2)
    first.refresh_from_db()
    assert (first.state, first.scores.count()) == (SheetState.VOID, 3)  # kept, and counted nowhere
    assert Sheet.objects.filter(seat__position=2).count() == 0
    assert Notification.objects.filter(kind="seat_empty", person=officer).count() == 2
    waiting = [row.title for row in find(looks_for(officer))]
    assert waiting == [f"评审组有席位空缺: {panel.call.title}"]
    refused(lambda: do.draw_substitute(panel, actor=officer))
    refused(lambda: ranked(panel), "1")
    bound, other, drawn = make_expert(), make_expert(), make_expert()
    for expert in (bound, other):
        do.change_availability(expert, available=False, actor=officer)
    name = {"expert": bound, "reason": "无人可抽"}
    refused(lambda: do.name_substitute(panel, **name, actor=officer))  # one can be drawn
    assert [seat.expert for seat in do.draw_substitute(panel, actor=officer)] == [drawn]
    for proposal in panel.call.proposals.all():
        join(bound.person, proposal.organisation, MembershipRole.MEMBER)
    refused(lambda: do.name_substitute(panel, **name, actor=officer), field="expert")
    gone = seat_at(panel, 1).expert
    again = {"expert": gone, "reason": "x"}
    refused(lambda: do.name_substitute(panel, **again, actor=officer), field="expert")
    name = {"expert": other, "reason": " "}
    refused(lambda: do.name_substitute(panel, **name, actor=officer), field="reason")
    with pytest.raises(Forbidden):
        do.name_substitute(panel, expert=other, reason="x", actor=other.person)
    named = do.name_substitute(panel, expert=other, reason="名单已尽", actor=officer)
    assert (named.position, named.named_because) == (5, "名单已尽")
    refused(lambda: do.name_substitute(panel, expert=other, reason="x", actor=officer))  # no seat
    seat_all(panel)
    fill_all(panel)
    ranking = ranked(panel)
    judges = {one["judge"] for row in ranking.inputs["proposals"] for one in row["sheets"]}
    assert judges == {3, 4, 5}
    story = replacements_of(panel.call)
    assert [seat.position for seat in story["left"]] == [1, 2]
    assert [seat.position for seat in story["named"]] == [5]


def test_an_officer_takes_nobody_off_whose_sheets_are_all_final(panel):
    fill_all(panel)
    seat = seat_at(panel, 1)
    refused(lambda: do.leave_seat(seat, reason="x", actor=make_officer()))
    do.leave_seat(seat, reason="住院", actor=seat.expert.person)
    assert set(Sheet.objects.filter(seat=seat).values_list("state", flat=True)) == {"void"}


def test_a_bond_found_while_scoring_sets_one_sheet_aside(panel):
    sheet = panel.seats.get(position=1).sheets.select_related("seat__expert__person")[0]
    seat, judge, proposal = sheet.seat, sheet.seat.expert.person, sheet.proposal
    fill_sheet(sheet, 8000, final=False)
    join(judge, proposal.organisation, MembershipRole.MEMBER)
    refused(lambda: do.finalise_sheet(sheet, actor=judge))
    others = Seat.objects.exclude(pk=seat.pk)[0].expert.person
    with pytest.raises(Forbidden):
        do.declare_conflict(seat, proposal=proposal, reason="x", actor=others)
    said = {"proposal": proposal, "reason": " "}
    refused(lambda: do.declare_conflict(seat, **said, actor=judge), field="reason")
    conflict = do.declare_conflict(seat, proposal=proposal, reason="新任理事", actor=judge)
    assert (conflict.declared, own_sheets(judge).count()) == (True, 2)
    refused(
        lambda: do.declare_conflict(seat, proposal=proposal, reason="x", actor=judge),
        field="proposal",
    )
    other = seat_at(panel, 2).sheets.get(proposal=proposal)
    done = fill_sheet(other, 9000)
    refused(  # a second one would leave a single judge: that judge has to go
        lambda: do.declare_conflict(done.seat, proposal=proposal, reason="x", actor=make_officer())
    )
    fill_all(panel)
    rows = {row["key"]: row["sheets"] for row in ranked(panel).inputs["proposals"]}
    assert [one["judge"] for one in rows[proposal.serial]] == [2, 3]
    refused(  # the ranking stands
        lambda: do.declare_conflict(seat, proposal=proposal, reason="x", actor=make_officer())
    )


def test_what_lacks_judges_goes_to_those_who_sit_where_proposals_are_shared_out():
    call = make_screened_call(6)
    Call.objects.filter(pk=call.pk).update(judges_drawn=5)
    for _one in range(5):
        make_expert()
    panel = do.draw_panel(Call.objects.get(pk=call.pk), actor=make_officer())
    seat_all(panel)
    panel = do.begin_scoring(panel, actor=make_officer())
    bound = Sheet.objects.select_related("seat").filter(seat__panel=panel)[0]
    do.declare_conflict(bound.seat, proposal=bound.proposal, reason="同乡", actor=make_officer())
    counts = {one.sheets.exclude(state="void").count() for one in call.proposals.all()}
    assert counts == {3}
    assert bound.seat_id not in bound.proposal.sheets.values_list("seat", flat=True)
    refused(lambda: do.draw_substitute(panel, actor=make_officer()))
    leave(panel, *panel.seats.values_list("position", flat=True)[:2])
    do.draw_substitute(panel, actor=make_officer())  # nobody to draw: those who sit take over
    assert {one.sheets.count() for one in call.proposals.all()} == {3}


def test_all_is_judged_anew_by_others_for_a_public_reason(panel):
    officer = make_officer()
    fill_all(panel)
    old = list(panel.seats.values_list("expert", flat=True))
    fresh = [make_expert() for _one in range(2)]
    refused(lambda: do.judge_anew(panel, reason=" ", actor=officer), field="reason")
    with pytest.raises(Forbidden):
        do.judge_anew(panel, reason="x", actor=seat_at(panel, 1).expert.person)
    do.judge_anew(panel, reason="评分泄露", actor=officer)
    panel = Panel.objects.get(pk=panel.pk)
    assert panel.state == PanelState.DRAWN
    order = draw.order_of(panel.seed, [one.pk for one in fresh])
    new = panel.seats.filter(state=SeatState.INVITED).order_by("position")
    assert list(new.values_list("expert", "position")) == [(order[0], 4), (order[1], 5)]
    assert set(Sheet.objects.values_list("state", flat=True)) == {SheetState.VOID}
    assert Notification.objects.filter(kind="judged_anew").count() == 3
    refused(lambda: do.judge_anew(panel, reason="x", actor=officer))  # there is nothing yet
    last = Expert.objects.get(pk=make_expert().pk)
    do.change_availability(last, available=False, actor=officer)
    do.name_substitute(panel, expert=last, reason="名单已尽", actor=officer)
    seat_all(panel)
    do.begin_scoring(panel, actor=officer)
    fill_all(panel)
    ranking = ranked(panel)
    assert {s["judge"] for r in ranking.inputs["proposals"] for s in r["sheets"]} == {4, 5, 6}
    assert not set(old) & set(panel.seats.filter(state="seated").values_list("expert", flat=True))
    restart = Restart.objects.get()
    assert (restart.reason, restart.seats) == ("评分泄露", [1, 2, 3])
    with transaction.atomic(), pytest.raises(DatabaseError):
        Restart.objects.update(reason="x")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_officers_fill_one_seat_at_once_and_one_person_is_asked():
    panel, officer = make_scoring_panel(experts=3), make_officer()
    leave(panel, 1)
    for _one in range(2):
        make_expert()
    twice = outcomes(*[lambda: do.draw_substitute(panel, actor=officer)] * 2)
    assert sorted(twice) == ["DomainError", "done"]
    assert panel.seats.exclude(state="recused").count() == 3
    anew = outcomes(
        lambda: do.judge_anew(panel, reason="x", actor=officer),
        lambda: do.judge_anew(panel, reason="y", actor=officer),
    )
    assert sorted(anew) == ["WrongState", "done"]
    assert Conflict.objects.count() == 0

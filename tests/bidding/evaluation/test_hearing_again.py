"""A roadshow whose judges leave: heard again by who is left and who came, or judged anew."""

from __future__ import annotations

import uuid

import pytest

from bidding.evaluation import operations as do
from bidding.evaluation.models import Panel
from bidding.evaluation.roadshow_models import LiveSheet
from bidding.evaluation.roadshow_queries import turns_of
from bidding.evaluation.states import RoadshowState, TurnState
from foundation.audit.models import Entry
from tests.bidding.evaluation.test_replacing import leave, ranked, refused, seat_at
from tests.factories.evaluation import (
    fill_all,
    hear,
    make_expert,
    make_heard_panel,
    make_roadshow,
    points_of,
    seat_all,
)
from tests.factories.organisations import make_officer
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def heard():
    return make_heard_panel(experts=3)


def stage_of(panel):
    return do.start_roadshow(make_roadshow(panel), actor=make_officer())


def test_two_of_three_leave_after_the_roadshow_and_it_is_heard_again(heard):
    officer, roadshow = make_officer(), stage_of(heard)
    for turn in turns_of(roadshow):
        hear(turn, 8000, 8000, 8000)
    do.show_results(roadshow, actor=officer)
    roadshow = do.finish_roadshow(roadshow, actor=officer)
    refused(lambda: do.reopen_roadshow(roadshow, reason="x", actor=officer))  # nothing is missing
    refused(lambda: do.reopen_turn(roadshow.turns.all()[0], reason="x", actor=officer))
    leave(heard, 1, 2)
    for _one in range(2):
        make_expert()
    do.draw_substitute(heard, actor=officer)
    seat_all(heard)
    fill_all(heard)
    refused(lambda: ranked(heard))
    refused(lambda: do.reopen_roadshow(roadshow, reason=" ", actor=officer), field="reason")
    roadshow = do.reopen_roadshow(roadshow, reason="两位评委更换", actor=officer)
    refused(lambda: do.finish_roadshow(roadshow, actor=officer))
    for closed in turns_of(roadshow):
        turn = do.reopen_turn(closed, reason="补听", actor=officer)
        assert (turn.shown, turn.shown_at) == (None, None)
        for position in (4, 5):
            judge = seat_at(heard, position).expert.person
            points = points_of(roadshow, 9000)
            do.give_points(turn, points=points, key=uuid.uuid4(), actor=judge)
        do.close_turn(turn, actor=officer)
    assert Entry.objects.filter(action="reopen_turn").latest("pk").facts["taken_back"]["of"]
    do.show_results(roadshow, actor=officer)
    do.finish_roadshow(roadshow, actor=officer)
    row = ranked(heard).inputs["proposals"][0]
    assert [(one["judge"], one["points"]["3"]) for one in row["sheets"]] == [
        (3, 8000),
        (4, 9000),
        (5, 9000),
    ]


def test_judges_leave_while_a_proposal_is_on_stage_and_a_substitute_reads_before_scoring(heard):
    officer, roadshow = make_officer(), stage_of(heard)
    turn = do.call_turn(roadshow.turns.all()[0], actor=officer)
    points = points_of(roadshow, 8000)
    for position in (1, 2):
        judge = seat_at(heard, position).expert.person
        do.give_points(turn, points=points, key=uuid.uuid4(), actor=judge)
    leave(heard, 1, 2, 3)  # nobody is left at all
    do.close_turn(turn, reason="", actor=officer)
    for later in roadshow.turns.filter(state=TurnState.WAITING):
        do.skip_turn(later, reason="没有来", actor=officer)
    refused(lambda: do.finish_roadshow(roadshow, actor=officer))
    make_expert(), make_expert(), make_expert()
    do.draw_substitute(heard, actor=officer)
    seat_all(heard)
    turn = do.reopen_turn(turn, reason="重新听", actor=officer)
    judge = seat_at(heard, 4).expert.person
    give = {"points": points, "key": uuid.uuid4(), "actor": judge}
    refused(lambda: do.give_points(turn, **give))  # paper first
    fill_all(heard)
    do.give_points(turn, **give)
    do.give_points(turn, points=points, key=uuid.uuid4(), actor=seat_at(heard, 5).expert.person)
    do.close_turn(turn, reason="一位缺席", actor=officer)
    do.finish_roadshow(roadshow, actor=officer)
    ranked(heard)


def test_judged_anew_in_the_middle_of_a_roadshow_the_stage_is_planned_again(heard):
    officer, roadshow = make_officer(), stage_of(heard)
    first, second, _third = turns_of(roadshow)
    hear(first, 8000, 8000, 8000)
    do.show_results(roadshow, actor=officer)
    do.call_turn(second, actor=officer)
    do.pause_roadshow(roadshow, actor=officer)
    for _one in range(3):
        make_expert()
    do.judge_anew(heard, reason="评委与参评方私下接触", actor=officer)
    roadshow.refresh_from_db()
    assert roadshow.state == RoadshowState.PLANNED
    assert set(roadshow.turns.values_list("state", "shown_at")) == {("waiting", None)}
    assert LiveSheet.objects.filter(state="void").count() == 3
    refused(lambda: do.drop_roadshow(roadshow, actor=officer))  # what was given is kept
    refused(lambda: do.announce_roadshow(roadshow, actor=officer))  # nobody has sheets
    seat_all(heard)
    do.begin_scoring(Panel.objects.get(pk=heard.pk), actor=officer)
    order = list(roadshow.turns.values_list("proposal", flat=True))
    do.set_running_order(roadshow, order=order[::-1], reason="重排", actor=officer)
    assert list(roadshow.turns.values_list("proposal", flat=True)) == order[::-1]
    do.announce_roadshow(roadshow, actor=officer)
    fill_all(heard)
    roadshow = do.start_roadshow(roadshow, actor=officer)
    for turn in turns_of(roadshow):
        hear(turn, 7000, 7000, 7000)
    do.finish_roadshow(roadshow, actor=officer)
    assert ranked(heard).inputs["proposals"][0]["sheets"][0]["judge"] == 4

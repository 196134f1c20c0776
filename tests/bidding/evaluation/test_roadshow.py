"""A roadshow: planned, announced, run, scored once by who may, and its points in the ranking."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from bidding.calls.models import Call, Lot
from bidding.evaluation import operations as do
from bidding.evaluation.models import Ranking, Sheet
from bidding.evaluation.ranking import rank
from bidding.evaluation.roadshow_models import LiveScore, LiveSheet, Roadshow, Turn
from bidding.evaluation.roadshow_queries import turns_of
from bidding.evaluation.running_order import lots_drawn
from bidding.evaluation.states import RoadshowState, TurnState
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.face.values import moment_text
from foundation.notifications.kinds import KINDS
from foundation.notifications.models import Notification
from foundation.people.models import Role
from tests.at_once import at_once
from tests.factories.evaluation import (
    EIGHT_MINUTES,
    hear,
    make_expert,
    make_heard_panel,
    make_roadshow,
    make_scoring_panel,
    points_of,
)
from tests.factories.organisations import join, make_officer, make_person
from tests.factories.proposals import bidder_of, make_category
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def panel():
    return make_heard_panel()


def soon(hours: float = 1) -> dt.datetime:
    return clock.now() + dt.timedelta(hours=hours)


def judge_at(turn, position=1):
    seat = turn.roadshow.call.panel.seats.get(position=position)
    return seat.expert.person


def on_stage(roadshow, position=1):
    officer = make_officer()
    if roadshow.state == RoadshowState.ANNOUNCED:
        do.start_roadshow(roadshow, actor=officer)
    return do.call_turn(roadshow.turns.get(position=position), actor=officer)


def everything():
    return (
        list(LiveSheet.objects.values_list("pk", "state", "sent_as")),
        list(LiveScore.objects.values_list("sheet", "criterion", "points_hundredths")),
        Entry.objects.filter(action="give_points").count(),
        list(Turn.objects.values_list("pk", "state", "shown_at").order_by("pk")),
    )


def test_the_order_is_drawn_by_the_panels_seed_and_everybody_is_told_their_time(panel):
    officer = make_officer()
    with pytest.raises(Forbidden):
        do.plan_roadshow(
            panel.call,
            lot=None,
            place="礼堂",
            begins_at=soon(),
            rhythm=EIGHT_MINUTES,
            actor=make_person("", Role.AUDITOR),
        )
    with pytest.raises(DomainError, match=r".+"):
        make_roadshow(panel, begins_at=soon(-1))
    assert not Roadshow.objects.exists()
    roadshow = do.plan_roadshow(
        panel.call,
        lot=None,
        place="礼堂",
        begins_at=soon(),
        rhythm=EIGHT_MINUTES,
        actor=officer,
    )
    serials = list(Proposal.objects.values_list("serial", flat=True))
    drawn = lots_drawn(roadshow.seed, serials)
    assert [turn.proposal.serial for turn in turns_of(roadshow)] == drawn
    with pytest.raises(DomainError):  # every proposal has its turn
        make_roadshow(panel, lot=panel.call.lots.get())
    assert not Notification.objects.filter(kind="turn_planned").exists()
    do.announce_roadshow(roadshow, actor=officer)
    assert Notification.objects.filter(kind="turn_planned").count() == 3
    assert Notification.objects.filter(kind="roadshow_announced").count() == 3
    first = turns_of(roadshow)[0]
    told = Notification.objects.get(
        kind="turn_planned", person=bidder_of(first.proposal.organisation)
    )
    assert told.facts["begins_at"] == str(first.begins_at)
    assert moment_text(first.begins_at) in KINDS[told.kind].words(told.facts)[1]


def test_an_officer_sets_the_order_with_a_reason_and_can_go_back_to_the_draw(panel):
    roadshow, officer = make_roadshow(panel), make_officer()
    drawn = [turn.proposal_id for turn in turns_of(roadshow)]
    other = [*drawn[1:], drawn[0]]
    for fields in ({"order": other, "reason": " "}, {"order": drawn[:2], "reason": "x"}):
        with pytest.raises(DomainError):
            do.set_running_order(roadshow, **fields, actor=officer)
    assert [turn.proposal_id for turn in turns_of(roadshow)] == drawn
    do.set_running_order(roadshow, order=other, reason="一家机构上午到不了", actor=officer)
    moved = do.change_roadshow(
        roadshow, place="二楼", begins_at=soon(5), rhythm=EIGHT_MINUTES, actor=officer
    )
    assert [turn.proposal_id for turn in turns_of(moved)] == other
    assert turns_of(moved)[0].begins_at == moved.begins_at
    do.draw_running_order(moved, actor=officer)
    assert [turn.proposal_id for turn in turns_of(moved)] == drawn
    with pytest.raises(WrongState):
        do.drop_roadshow(moved, actor=officer)  # announced
    do.start_roadshow(moved, actor=officer)
    with pytest.raises(WrongState):
        do.draw_running_order(moved, actor=officer)


def test_nobody_is_on_two_stages_at_once():
    panel = make_heard_panel(4)
    one = panel.call.lots.get()
    facts = {"call": one.call, "ceiling_fen": 100, "proposal_ceiling_fen": 100}
    other = Lot.objects.create(category=make_category("life-care", name="生活"), **facts)
    moved = list(Proposal.objects.values_list("pk", flat=True)[2:])
    Proposal.objects.filter(pk__in=moved).update(lot=other)
    make_roadshow(panel, lot=one)
    with pytest.raises(DomainError) as refused:  # the same judges
        make_roadshow(panel, lot=other)
    assert refused.value.field == "begins_at"
    assert Roadshow.objects.count() == 1
    make_roadshow(panel, lot=other, begins_at=soon(2))
    with pytest.raises((Clash, DomainError)):
        make_roadshow(panel, lot=one, begins_at=soon(9))
    assert Turn.objects.count() == 4


def test_the_stage_opens_when_paper_is_final_and_holds_one_proposal_at_a_time(panel):
    roadshow, officer = make_roadshow(panel), make_officer()
    Sheet.objects.filter(pk=Sheet.objects.values("pk")[:1]).update(state="draft")
    with pytest.raises(WrongState, match="1"):
        do.start_roadshow(roadshow, actor=officer)
    Sheet.objects.update(state="final")
    first, second, _third = roadshow.turns.all()
    with pytest.raises(WrongState):
        do.call_turn(first, actor=officer)
    first = on_stage(roadshow)
    with pytest.raises(WrongState):
        do.call_turn(second, actor=officer)
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.filter(pk=second.pk).update(state=TurnState.ON_STAGE)
    with pytest.raises(WrongState):
        do.finish_roadshow(roadshow, actor=officer)
    with clock.at(soon(0.1)):
        do.pause_roadshow(roadshow, actor=officer)
        with pytest.raises(WrongState):
            do.close_turn(first, reason="x", actor=officer)
    with clock.at(soon(0.2)):
        do.resume_roadshow(roadshow, actor=officer)
    first.refresh_from_db()
    assert first.held_at is None
    assert 350 <= first.held_seconds <= 370
    with pytest.raises(Forbidden):
        do.pause_roadshow(roadshow, actor=judge_at(first))


def test_points_are_kept_as_typed_and_final_once_however_often_they_are_sent(panel):
    roadshow = make_roadshow(panel)
    turn, key = on_stage(roadshow), uuid.uuid4()
    judge, points = judge_at(turn), points_of(roadshow, 8850)
    do.give_points(turn, points=points_of(roadshow, 7000), actor=judge)
    do.give_points(turn, points=points_of(roadshow, 7000), actor=judge)  # nothing new
    assert Entry.objects.filter(action="give_points").count() == 1
    with pytest.raises(DomainError):
        do.give_points(turn, points=dict.fromkeys(points), key=key, actor=judge)
    with pytest.raises(DomainError):
        do.give_points(turn, points=points_of(roadshow, 10_001), actor=judge)
    paper = roadshow.call.criteria.get(position=1).pk
    with pytest.raises(DomainError):
        do.give_points(turn, points={paper: 100}, actor=judge)
    do.give_points(turn, points=points, key=key, actor=judge)
    before = everything()
    assert before[1][0][2] == 8850
    do.give_points(turn, points=points, key=key, actor=judge)  # the phone lost the answer
    assert everything() == before
    with pytest.raises(WrongState):
        do.give_points(turn, points=points, key=uuid.uuid4(), actor=judge)
    other = judge_at(turn, 2)
    with pytest.raises(DomainError):
        do.give_points(turn, points=points, key=key, actor=other)  # another's key
    assert everything() == before
    sheet = LiveSheet.objects.get()
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        LiveSheet.objects.create(turn=turn, seat=sheet.seat)


def test_who_may_not_score_is_refused_and_nothing_is_changed(panel):
    roadshow = make_roadshow(panel)
    turn = on_stage(roadshow)
    points, bidder = points_of(roadshow, 8000), bidder_of(turn.proposal.organisation)
    before = everything()
    for person in (make_expert().person, bidder, make_officer()):
        with pytest.raises(Forbidden):
            do.give_points(turn, points=points, key=uuid.uuid4(), actor=person)
    bound, joined, ill = (judge_at(turn, position) for position in (1, 2, 3))
    seat = turn.roadshow.call.panel.seats.get(position=1)
    seat.conflicts.create(proposal=turn.proposal, reason="亲属", found_at=clock.now())
    join(joined, turn.proposal.organisation)
    for person in (bound, joined):
        with pytest.raises(DomainError, match=r".+"):
            do.give_points(turn, points=points, key=uuid.uuid4(), actor=person)
    assert everything() == before
    do.close_turn(turn, reason="两位评委回避，一位缺席", actor=make_officer())
    before = everything()
    with pytest.raises(WrongState):
        do.give_points(turn, points=points, key=uuid.uuid4(), actor=ill)  # after the closing
    waiting = roadshow.turns.get(position=2)
    with pytest.raises(WrongState):
        do.give_points(waiting, points=points, key=uuid.uuid4(), actor=ill)  # before its turn
    assert everything() == before


def test_closing_counts_every_whole_sheet_and_names_the_seats_that_are_missing(panel):
    roadshow, officer = make_roadshow(panel), make_officer()
    turn = on_stage(roadshow)
    points = points_of(roadshow, 8000)
    do.give_points(turn, points=points, key=uuid.uuid4(), actor=judge_at(turn, 1))
    do.give_points(turn, points=points, actor=judge_at(turn, 2))  # typed, not pressed
    with pytest.raises(DomainError, match="3") as refused:
        do.close_turn(turn, actor=officer)
    assert refused.value.field == "reason"
    assert LiveSheet.objects.filter(state="final").count() == 1
    turn = do.close_turn(turn, reason="三号评委的手机没电", actor=officer)
    assert set(LiveSheet.objects.values_list("state", flat=True)) == {"final"}
    entry = Entry.objects.get(action="close_turn")
    assert (entry.facts["given"], entry.facts["missing"]) == (2, [3])
    do.reopen_turn(turn, reason="充上电了", actor=officer)
    do.give_points(turn, points=points, key=uuid.uuid4(), actor=judge_at(turn, 3))
    turn = do.close_turn(turn, actor=officer)
    do.show_results(roadshow, actor=officer)
    turn.refresh_from_db()
    assert turn.shown == {"score": 200_000, "totals": [200_000] * 3, "of": 250_000}
    before = everything()
    with pytest.raises(WrongState):
        do.reopen_turn(turn, reason="x", actor=officer)
    with pytest.raises(WrongState):
        do.show_results(roadshow, actor=officer)
    assert everything() == before


def test_who_did_not_come_is_passed_over_though_a_judge_typed_points_and_took_them_back(panel):
    roadshow, officer = make_roadshow(panel), make_officer()
    turn = on_stage(roadshow)
    points, judge = points_of(roadshow, 8000), judge_at(turn)
    do.give_points(turn, points=points, actor=judge)
    with pytest.raises(WrongState):
        do.skip_turn(turn, reason="没有人来", actor=officer)
    do.give_points(turn, points=dict.fromkeys(points), actor=judge)
    # closed by mistake: without points it could never be finished
    turn = do.close_turn(turn, reason="没有人来", actor=officer)
    turn = do.reopen_turn(turn, reason="应为缺席", actor=officer)
    assert do.skip_turn(turn, reason="没有人来", actor=officer).state == TurnState.SKIPPED
    # there after all: what was typed then counts
    turn = do.call_turn(turn, actor=officer)
    do.give_points(turn, points=points, key=uuid.uuid4(), actor=judge)
    assert list(LiveScore.objects.values_list("points_hundredths", flat=True)) == [8000]


def test_the_points_of_the_stage_enter_the_ranking_as_the_weights_say(panel):
    officer = make_officer()
    call = Call.objects.get(pk=panel.call_id)
    with pytest.raises(WrongState):
        do.rank_proposals(call, actor=officer)
    roadshow = do.start_roadshow(make_roadshow(panel), actor=officer)
    by_serial = {turn.proposal.serial: turn for turn in turns_of(roadshow)}
    best, middle, last = (by_serial[serial] for serial in sorted(by_serial))
    hear(last, 10_000, 10_000, 10_000)
    do.skip_turn(middle, reason="没有人来", actor=officer)
    do.call_turn(best, actor=officer)
    for position in (1, 2):
        do.give_points(best, points=points_of(roadshow, 0), actor=judge_at(best, position))
    do.close_turn(best, reason="三号评委离场", actor=officer)
    with pytest.raises(WrongState):
        do.rank_proposals(call, actor=officer)
    assert not Ranking.objects.exists()
    do.finish_roadshow(roadshow, actor=officer)
    ranking = do.rank_proposals(Call.objects.get(pk=call.pk), actor=officer)
    assert ranking.inputs["roadshow"] == ["3"]
    rows = {row["key"]: row for row in ranking.inputs["proposals"]}
    assert rows[best.proposal.serial]["not_counted"] == [3]
    assert [one["judge"] for one in rows[best.proposal.serial]["sheets"]] == [1, 2]
    assert rows[middle.proposal.serial]["absent"]
    scores = {row.key: row.printed for row in rank(ranking.inputs)}
    # on paper 75 of 100: 90.10/90.20/90.30, 85.10…, 80.10…; the stage weighs 25
    assert scores == {
        best.proposal.serial: 676_125,
        middle.proposal.serial: 639_000,
        last.proposal.serial: 851_500,
    }
    assert rank(ranking.inputs)[0].key == last.proposal.serial


def test_what_is_scored_on_stage_is_not_scored_on_paper(panel):
    sheet = Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person")[0]
    assert sheet.scores.count() == 2
    Sheet.objects.filter(pk=sheet.pk).update(state="draft")
    live = panel.call.criteria.get(stage="roadshow")
    with pytest.raises(DomainError):
        do.score_proposal(sheet, points={live.pk: 100}, comment="", actor=sheet.seat.expert.person)
    other = make_scoring_panel()
    with pytest.raises(WrongState):
        make_roadshow(other)  # nothing of that call is scored at a roadshow


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_points_sent_twice_at_once_and_a_closing_between_leave_one_sheet():
    roadshow, officer = make_roadshow(), make_officer()
    turn, key = on_stage(roadshow), uuid.uuid4()
    points, judge = points_of(roadshow, 8000), judge_at(turn)
    twice = at_once(*[lambda: do.give_points(turn, points=points, key=key, actor=judge)] * 2)
    assert [result.pk for result in twice] == [LiveSheet.objects.get().pk] * 2
    assert Entry.objects.filter(action="give_points").count() == 1
    late, reason = judge_at(turn, 2), "三号评委缺席"
    sent, closed = at_once(
        lambda: do.give_points(turn, points=points, key=uuid.uuid4(), actor=late),
        lambda: do.close_turn(turn, reason=reason, actor=officer),
    )
    assert isinstance(closed, Turn)
    counted = 1 if isinstance(sent, WrongState) else 2
    assert LiveSheet.objects.filter(state="final").count() == counted
    assert Entry.objects.get(action="close_turn").facts["given"] == counted
    others = list(roadshow.turns.filter(state=TurnState.WAITING))
    called = at_once(*[lambda t=t: do.call_turn(t, actor=officer) for t in others])
    assert sorted(isinstance(result, WrongState) for result in called) == [False, True]

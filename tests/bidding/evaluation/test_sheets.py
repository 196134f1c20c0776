"""Scores: one's own, final once, and put together into the ranking."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from bidding.calls.models import Call
from bidding.evaluation.models import Departure, Place, Ranking, Score, Sheet
from bidding.evaluation.operations import (
    finalise_sheet,
    leave_seat,
    move_place,
    rank_proposals,
    remind_judges,
    score_proposal,
)
from bidding.evaluation.queries import (
    decided_order,
    decided_ranks,
    judges_of,
    own_sheets,
    proposals_to_judge,
    rankings_visible_to,
    sheets_on,
    sheets_visible_to,
)
from bidding.evaluation.ranking import rank
from bidding.evaluation.states import PanelState, SheetState
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.models import Entry
from foundation.due.models import DueEvent
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.people.models import Role
from foundation.seals.chain import sha256_of
from tests.factories.evaluation import (
    fill_all,
    fill_sheet,
    make_ranked_call,
    make_scoring_panel,
    seat_all,
)
from tests.factories.organisations import make_buyer, make_officer, make_person
from tests.factories.proposals import bidder_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def sheet():
    panel = make_scoring_panel()
    return Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person")[0]


def test_points_are_kept_as_a_draft_and_can_change(sheet):
    fill_sheet(sheet, 8750, final=False)
    fill_sheet(sheet, 9025, final=False)
    assert set(Score.objects.values_list("points_hundredths", flat=True)) == {9025}
    assert Score.objects.count() == 3


@pytest.mark.parametrize("value", [-1, 10_001])
def test_points_go_from_0_to_100(sheet, value):
    criterion = sheet.seat.panel.call.criteria.first()
    with pytest.raises(DomainError):
        score_proposal(
            sheet, points={criterion.pk: value}, comment="", actor=sheet.seat.expert.person
        )
    assert not Score.objects.exists()


def test_only_the_judge_scores_on_the_sheet(sheet):
    other = Sheet.objects.exclude(seat=sheet.seat)[0].seat.expert.person
    for person in (other, make_officer(), bidder_of(sheet.proposal.organisation)):
        with pytest.raises(Forbidden):
            score_proposal(sheet, points={}, comment="", actor=person)
        with pytest.raises(Forbidden):
            finalise_sheet(sheet, actor=person)


def test_a_sheet_with_a_gap_is_not_final(sheet):
    criterion = sheet.seat.panel.call.criteria.first()
    judge = sheet.seat.expert.person
    score_proposal(sheet, points={criterion.pk: 100}, comment="", actor=judge)
    with pytest.raises(DomainError, match=r".+"):
        finalise_sheet(sheet, actor=judge)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.DRAFT


def test_a_remark_may_come_before_its_points_and_nothing_typed_is_lost(sheet):
    criterion = sheet.seat.panel.call.criteria.first()
    judge = sheet.seat.expert.person
    score_proposal(
        sheet, points={}, remarks={criterion.pk: "目标可更具体"}, comment="", actor=judge
    )
    assert (sheet.scores.get().points_hundredths, sheet.scores.get().remark) == (
        None,
        "目标可更具体",
    )
    with pytest.raises(DomainError):
        finalise_sheet(sheet, actor=judge)
    score_proposal(sheet, points={criterion.pk: 9000}, comment="", actor=judge)
    assert (sheet.scores.get().points_hundredths, sheet.scores.get().remark) == (
        9000,
        "目标可更具体",
    )
    entries = Entry.objects.filter(action="score_proposal").count()
    score_proposal(sheet, points={criterion.pk: 9000}, comment="", actor=judge)
    assert Entry.objects.filter(action="score_proposal").count() == entries
    score_proposal(
        sheet, points={criterion.pk: None}, remarks={criterion.pk: ""}, comment="", actor=judge
    )
    assert not sheet.scores.exists()


def test_a_final_sheet_stays_as_it_is(sheet):
    fill_sheet(sheet, 8000)
    judge = sheet.seat.expert.person
    criterion = sheet.seat.panel.call.criteria.first()
    with pytest.raises(WrongState):
        score_proposal(sheet, points={criterion.pk: 100}, comment="", actor=judge)
    with pytest.raises(WrongState):
        finalise_sheet(sheet, actor=judge)
    leave_seat(sheet.seat, reason="病", actor=make_officer())  # what was given is kept all the same
    assert set(Score.objects.values_list("points_hundredths", flat=True)) == {8000}


def test_nobody_sees_anothers_scores_before_the_panel_is_closed(sheet):
    fill_sheet(sheet, 8000)
    judge = sheet.seat.expert.person
    assert {row.seat_id for row in sheets_visible_to(judge)} == {sheet.seat_id}
    for person in (make_officer(), make_person("", Role.AUDITOR), make_person()):
        assert sheets_visible_to(person).count() == 0
    panel = sheet.seat.panel
    fill_all(panel)
    rank_proposals(Call.objects.get(pk=panel.call_id), actor=make_officer())
    assert sheets_visible_to(make_officer()).count() == 9
    assert sheets_visible_to(judge).count() == 3


def test_a_judge_reads_what_is_theirs_to_judge_and_nothing_else(sheet):
    judge = sheet.seat.expert.person
    assert proposals_to_judge(judge).count() == 3
    sheet.seat.conflicts.create(proposal=sheet.proposal, reason="x", found_at=clock.now())
    assert sheet.proposal not in proposals_to_judge(judge)
    assert not own_sheets(judge).filter(pk=sheet.pk).exists()
    assert proposals_to_judge(make_person("", Role.EXPERT)).count() == 0


def test_ranking_waits_for_every_sheet(sheet):
    call = Call.objects.get(pk=sheet.seat.panel.call_id)
    with pytest.raises(WrongState, match="9"):
        rank_proposals(call, actor=make_officer())
    assert not Ranking.objects.exists()


def test_the_ranking_can_be_computed_again_from_its_frozen_inputs():
    call, ranking = make_ranked_call()
    assert ranking.sha256 == sha256_of(ranking.inputs)
    stored = Ranking.objects.get().inputs
    again = {row.key: (row.rank, row.printed) for row in rank(stored)}
    places = Place.objects.select_related("proposal")
    assert {p.proposal.serial: (p.rank, p.score_ten_thousandths) for p in places} == again
    order = list(Proposal.objects.order_by("serial").values_list("pk", flat=True))
    assert list(places.order_by("rank").values_list("proposal_id", flat=True)) == order
    # judges gave 90.10, 90.20, 90.30 to the first
    assert places.get(rank=1).score_ten_thousandths == 902_000
    assert set(Proposal.objects.values_list("state", flat=True)) == {"ranked"}
    call.refresh_from_db()
    assert call.panel.state == PanelState.CLOSED


def test_a_ranking_is_made_once_and_never_changed():
    call, ranking = make_ranked_call()
    with pytest.raises(WrongState):
        rank_proposals(call, actor=make_officer())
    with pytest.raises(DatabaseError), transaction.atomic():
        Ranking.objects.update(policy="mean")
    with pytest.raises(DatabaseError), transaction.atomic():
        Place.objects.update(rank=9)
    assert Ranking.objects.get().pk == ranking.pk


def test_the_ranking_is_public_with_the_result_and_not_before():
    call, ranking = make_ranked_call()
    proposal = Proposal.objects.all()[0]
    sheet = Sheet.objects.filter(proposal=proposal)[0]
    Sheet.objects.filter(pk=sheet.pk).update(comment="目标可更具体")
    bidder = bidder_of(proposal.organisation)
    assert not rankings_visible_to(bidder).exists()
    for person in (make_officer(), make_person("", Role.AUDITOR), make_buyer()):
        assert rankings_visible_to(person).get() == ranking
    assert (sheets_on(Proposal.objects.get(pk=proposal.pk)), judges_of(call)) == ([], [])
    Call.objects.update(decided_at=clock.now())
    call.refresh_from_db()
    assert rankings_visible_to(bidder).get() == ranking
    assert "目标可更具体" in [
        row.comment for row in sheets_on(Proposal.objects.get(pk=proposal.pk))
    ]
    assert len(judges_of(call)) == 3


def test_an_officer_departs_from_the_order_with_a_reason_and_money_follows():
    call, ranking = make_ranked_call()
    officer, places = make_officer(), list(Place.objects.order_by("rank"))
    for refused, fields in (
        (DomainError, {"to_rank": 1, "reason": " "}),
        (DomainError, {"to_rank": 4, "reason": "x"}),
        (DomainError, {"to_rank": 3, "reason": "x"}),
    ):
        with pytest.raises(refused):
            move_place(places[2], **fields, actor=officer)
    with pytest.raises(Forbidden):
        move_place(places[2], to_rank=1, reason="x", actor=make_person("", Role.AUDITOR))
    assert not Departure.objects.exists()
    move_place(places[2], to_rank=1, reason="唯一覆盖园区的项目", actor=officer)
    move_place(places[0], to_rank=3, reason="已有同类项目", actor=officer)
    order = [places[2].pk, places[1].pk, places[0].pk]
    assert decided_order(ranking) == order
    assert decided_ranks(call) == {places[n].proposal_id: 3 - n for n in range(3)}
    assert [place.rank for place in Place.objects.order_by("rank")] == [1, 2, 3]
    with pytest.raises(DatabaseError), transaction.atomic():
        Departure.objects.update(reason="anders")
    Call.objects.update(decided_at=clock.now())
    with pytest.raises(WrongState):
        move_place(Place.objects.get(pk=places[1].pk), to_rank=1, reason="x", actor=officer)
    assert decided_order(ranking) == order


def test_judges_with_open_sheets_are_reminded_as_the_call_says_and_not_twice_a_day(sheet):
    panel, officer = sheet.seat.panel, make_officer()
    for other in Sheet.objects.filter(seat=sheet.seat).select_related("seat__expert__person"):
        fill_sheet(other, 8000)
    told = Notification.objects.filter(kind="sheets_open")
    with clock.at(clock.now() + dt.timedelta(days=2)):
        work_off()
        assert not told.exists()
    with clock.at(clock.now() + dt.timedelta(days=3, minutes=1)):
        work_off()
        work_off()
        assert told.count() == 2  # the third judge has finished
        assert told.exclude(person=sheet.seat.expert.person).count() == 2
        with pytest.raises(WrongState):
            remind_judges(panel, actor=officer)
        with pytest.raises(Forbidden):
            remind_judges(panel, actor=sheet.seat.expert.person)
        assert told.count() == 2
    with clock.at(clock.now() + dt.timedelta(days=5)):
        remind_judges(panel, actor=officer)
        assert told.count() == 4
    with clock.at(clock.now() + dt.timedelta(days=7)):
        work_off()  # the next is counted from the officer's
        assert told.count() == 4
        fill_all(panel)
        with pytest.raises(WrongState):
            remind_judges(panel, actor=officer)
    with clock.at(clock.now() + dt.timedelta(days=9)):
        work_off()
    assert told.count() == 4
    assert not DueEvent.objects.filter(handler="sheets_reminder", done_at=None).exists()


def test_a_substitute_who_sits_down_when_all_others_are_done_is_reminded_too():
    panel = make_scoring_panel(experts=4)
    gone = panel.seats.select_related("expert__person").first()
    leave_seat(gone, reason="病", actor=gone.expert.person)
    fill_all(panel)
    told = Notification.objects.filter(kind="sheets_open")
    with clock.at(clock.now() + dt.timedelta(days=4)):
        work_off()
        assert not told.exists()
        (late,) = seat_all(panel)
    with clock.at(clock.now() + dt.timedelta(days=8)):
        work_off()
    assert [row.person_id for row in told] == [late.expert.person_id]

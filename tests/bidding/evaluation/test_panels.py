"""Panels: drawn, declared, left, filled again, set to work."""

from __future__ import annotations

import datetime as dt

import pytest

from bidding.calls.models import Call
from bidding.evaluation import draw
from bidding.evaluation.conflicts import found_conflicts
from bidding.evaluation.models import Conflict, Panel, Seat, Sheet
from bidding.evaluation.operations import (
    begin_scoring,
    change_availability,
    draw_panel,
    draw_substitute,
    end_tie,
    enrol_expert,
    leave_seat,
    rank_proposals,
    state_tie,
    take_seat,
)
from bidding.evaluation.states import SeatState
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.organisations.models import MembershipRole
from tests.factories.evaluation import (
    admit_all,
    make_expert,
    make_panel,
    make_scoring_panel,
    make_screened_call,
    seat_all,
)
from tests.factories.organisations import join, make_officer, make_person
from tests.factories.proposals import make_opened_call
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def panel():
    return make_panel()


def test_the_draw_can_be_repeated_from_what_is_published():
    panel = make_panel(experts=6)
    hashes = Submission.objects.values_list("sha256", flat=True)
    assert panel.seed == draw.seed_of(hashes)
    conflicts = {int(expert): barred for expert, barred in panel.inputs["conflicts"].items()}
    again = draw.draw(
        panel.seed,
        conflicts,
        panel.inputs["size"],
        proposals=panel.inputs["proposals"],
        conflicts=conflicts,
    )
    assert list(panel.seats.values_list("expert_id", flat=True)) == again
    assert len(again) == 3


def test_a_panel_is_drawn_once(panel):
    with pytest.raises(WrongState):
        draw_panel(Call.objects.get(pk=panel.call_id), actor=make_officer())
    assert Panel.objects.count() == 1


def test_every_proposal_must_have_been_checked():
    call = make_opened_call(2)
    for _one in range(4):
        make_expert()
    with pytest.raises(WrongState):
        draw_panel(call, actor=make_officer())
    admit_all(call)
    assert draw_panel(call, actor=make_officer()).seats.count() == 3


def test_too_few_experts_is_a_sentence_and_nothing_is_drawn():
    call = make_screened_call()
    make_expert(), make_expert()
    with pytest.raises(DomainError, match="3"):
        draw_panel(call, actor=make_officer())
    assert not Panel.objects.exists()


def test_who_is_not_available_is_not_drawn():
    call = make_screened_call()
    experts = [make_expert() for _one in range(4)]
    change_availability(experts[0], available=False, actor=experts[0].person)
    panel = draw_panel(call, actor=make_officer())
    assert not panel.seats.filter(expert=experts[0]).exists()


@pytest.mark.parametrize(
    ("tie", "years_ago", "bound"),
    [
        ("employee", None, True),
        ("employee", 2, True),
        ("employee", 4, False),
        ("owner", 2, True),
        ("kin", 10, True),
        ("coach", 10, True),
    ],
)
def test_ties_within_three_years_are_conflicts_and_kin_always(tie, years_ago, bound):
    call = make_screened_call(1)
    proposal, expert = Proposal.objects.get(call=call), make_expert()
    today = clock.today()
    ended = None if years_ago is None else today - dt.timedelta(days=365 * years_ago)
    state_tie(
        expert,
        organisation=proposal.organisation,
        tie=tie,
        began_on=today - dt.timedelta(days=5000),
        ended_on=ended,
        actor=expert.person,
    )
    found = found_conflicts([expert], [proposal])
    assert (proposal.pk in found.get(expert.pk, {})) is bound


def test_whoever_belongs_to_a_bidder_has_a_conflict():
    call = make_screened_call(2)
    proposal, expert = Proposal.objects.filter(call=call)[0], make_expert()
    join(expert.person, proposal.organisation, MembershipRole.MEMBER)
    assert set(found_conflicts([expert], Proposal.objects.all())[expert.pk]) == {proposal.pk}


def test_a_conflict_found_in_data_gets_a_row_and_no_sheet():
    call = make_screened_call(3)
    proposal = Proposal.objects.filter(call=call)[0]
    experts = [make_expert() for _one in range(3)]
    state_tie(
        experts[0],
        organisation=proposal.organisation,
        tie="director",
        began_on=clock.today(),
        actor=make_officer(),
    )
    panel = draw_panel(call, actor=make_officer())
    conflict = Conflict.objects.get()
    assert (conflict.seat.expert, conflict.proposal) == (experts[0], proposal)
    assert conflict.declared is False
    seat_all(panel)
    begin_scoring(panel, actor=make_officer())
    assert Sheet.objects.count() == 8
    assert not Sheet.objects.filter(seat=conflict.seat, proposal=proposal).exists()


def test_a_declared_conflict_takes_the_sheet_away(panel):
    proposal = Proposal.objects.filter(call=panel.call)[0]
    first, *others = panel.seats.select_related("expert__person")
    take_seat(first, conflicts={proposal.pk: "老同事"}, actor=first.expert.person)
    for seat in others:
        take_seat(seat, conflicts={}, actor=seat.expert.person)
    begin_scoring(panel, actor=make_officer())
    assert Conflict.objects.get().declared is True
    assert Sheet.objects.filter(seat=first).count() == 2


def test_a_second_declared_conflict_on_one_proposal_breaks_the_quorum(panel):
    proposal = Proposal.objects.filter(call=panel.call)[0]
    first, second, _third = panel.seats.select_related("expert__person")
    take_seat(first, conflicts={proposal.pk: "老同事"}, actor=first.expert.person)
    with pytest.raises(DomainError):
        take_seat(second, conflicts={proposal.pk: "亲戚"}, actor=second.expert.person)
    second.refresh_from_db()
    assert second.state == SeatState.INVITED
    assert Conflict.objects.count() == 1


def test_who_steps_back_is_followed_by_the_next_in_the_draw():
    panel = make_panel(experts=5)
    order = draw.order_of(panel.seed, [int(pk) for pk in panel.inputs["conflicts"]])
    seat = panel.seats.get(position=2)
    leave_seat(seat, reason="出差", actor=seat.expert.person)
    assert panel.seats.get(position=4).expert_id == order[3]
    assert Seat.objects.get(pk=seat.pk).state == SeatState.RECUSED


def test_a_seat_nobody_is_left_for_is_filled_after_enrolling():
    panel = make_panel(experts=3)
    seat = panel.seats.get(position=1)
    leave_seat(seat, reason="病", actor=make_officer())
    with pytest.raises(DomainError):
        draw_substitute(panel, actor=make_officer())
    fresh = make_expert()
    assert [row.expert for row in draw_substitute(panel, actor=make_officer())] == [fresh]
    with pytest.raises(DomainError):
        draw_substitute(panel, actor=make_officer())


def test_nobody_takes_anothers_seat(panel):
    seat, other = panel.seats.select_related("expert__person")[:2]
    for person in (other.expert.person, make_officer()):
        with pytest.raises(Forbidden):
            take_seat(seat, conflicts={}, actor=person)


def test_scoring_begins_when_every_judge_sits(panel):
    with pytest.raises(DomainError, match="0"):
        begin_scoring(panel, actor=make_officer())
    assert not Sheet.objects.exists()
    seat_all(panel)
    begin_scoring(panel, actor=make_officer())
    assert Sheet.objects.count() == 9


def test_a_substitute_during_scoring_gets_sheets_on_sitting():
    panel = make_scoring_panel(experts=4)
    seat = panel.seats.get(position=1)
    leave_seat(seat, reason="病", actor=seat.expert.person)
    assert Sheet.objects.count() == 6
    new = panel.seats.get(position=4)
    take_seat(new, conflicts={}, actor=new.expert.person)
    assert Sheet.objects.filter(seat=new).count() == 3


def test_a_lot_with_too_few_valid_proposals_is_void():
    call = make_opened_call(2, least_proposals=3)
    admit_all(call)
    for _one in range(3):
        make_expert()
    with pytest.raises(DomainError):
        draw_panel(call, actor=make_officer())
    # nothing left to judge: the draw is refused whole, so nothing has changed
    states = set(Proposal.objects.values_list("state", flat=True))
    assert states == {ProposalState.ELIGIBLE}


def test_an_expert_is_enrolled_once_and_by_an_officer():
    expert = make_expert()
    with pytest.raises(Clash):
        enrol_expert(expert.person, field_of_work="x", actor=make_officer())
    with pytest.raises(Forbidden):
        enrol_expert(make_person(), field_of_work="x", actor=make_person())


def test_a_tie_ends_between_its_beginning_and_today():
    expert, call = make_expert(), make_screened_call(1)
    organisation = Proposal.objects.get(call=call).organisation
    today = clock.today()
    tie = state_tie(
        expert, organisation=organisation, tie="employee", began_on=today, actor=expert.person
    )
    with pytest.raises(DomainError):
        end_tie(tie, ended_on=today - dt.timedelta(days=1), actor=expert.person)
    assert end_tie(tie, ended_on=today, actor=expert.person).ended_on == today


def test_many_proposals_are_shared_out_evenly_and_nobody_gets_what_they_are_bound_to():
    call = make_screened_call(8)
    Call.objects.filter(pk=call.pk).update(judges_drawn=6)
    for _one in range(7):
        make_expert()
    panel = draw_panel(Call.objects.get(pk=call.pk), actor=make_officer())
    seats = list(panel.seats.select_related("expert__person"))
    assert len(seats) == 6
    bound = call.proposals.all()[0]
    for place, seat in enumerate(seats):
        conflicts = {bound.pk: "同乡"} if place < 3 else {}
        take_seat(seat, conflicts=conflicts, actor=seat.expert.person)
    panel = begin_scoring(Panel.objects.get(), actor=make_officer())
    loads = [seat.sheets.count() for seat in panel.seats.all()]
    assert sorted(loads) == [4] * 6
    assert {proposal.sheets.count() for proposal in call.proposals.all()} == {3}
    assert set(bound.sheets.values_list("seat", flat=True)) == {seat.pk for seat in seats[3:]}
    assert panel.assignment["each"] == 3
    leaver = seats[0]
    leave_seat(leaver, reason="生病", actor=leaver.expert.person)
    with pytest.raises(DomainError):
        rank_proposals(Call.objects.get(pk=call.pk), actor=make_officer())
    seat_all(panel)
    assert {proposal.sheets.count() for proposal in call.proposals.all()} == {3}


def test_a_fourth_bound_judge_is_refused_where_three_must_stay_free():
    call = make_screened_call(4)
    Call.objects.filter(pk=call.pk).update(judges_drawn=5)
    for _one in range(5):
        make_expert()
    panel = draw_panel(Call.objects.get(pk=call.pk), actor=make_officer())
    bound = {call.proposals.all()[0].pk: "同乡"}
    seats = list(panel.seats.select_related("expert__person"))
    for seat in seats[:2]:
        take_seat(seat, conflicts=bound, actor=seat.expert.person)
    with pytest.raises(DomainError):
        take_seat(seats[2], conflicts=bound, actor=seats[2].expert.person)
    assert Seat.objects.filter(state="seated").count() == 2

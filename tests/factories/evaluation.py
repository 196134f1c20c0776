"""Evaluations at each stage, for tests; times are those of the call, so travel with `clock.at`."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from bidding.calls.models import Call, Stage
from bidding.evaluation.models import Expert, Panel, Ranking, Seat, Sheet
from bidding.evaluation.operations import (
    announce_roadshow,
    begin_scoring,
    call_turn,
    close_turn,
    draw_panel,
    enrol_expert,
    finalise_sheet,
    give_points,
    plan_roadshow,
    rank_proposals,
    score_proposal,
    screen_proposal,
    take_seat,
)
from bidding.evaluation.roadshow_models import Roadshow, Turn
from bidding.evaluation.running_order import Rhythm
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.people.models import Person, Role
from tests.factories.organisations import make_officer, make_person
from tests.factories.proposals import make_opened_call


def make_expert(name: str = "", **fields: Any) -> Expert:
    """A person with the expert's post who may be drawn."""
    person = make_person(name, Role.EXPERT)
    return enrol_expert(
        person, field_of_work="社会工作", actor=fields.get("actor") or make_officer()
    )


def make_screened_call(count: int = 3, **fields: Any) -> Call:
    """A call whose proposals have all been admitted."""
    call = make_opened_call(count, **fields)
    admit_all(call)
    return call


def admit_all(call: Call, officer: Person | None = None) -> None:
    """Admit every proposal that was opened."""
    officer = officer or make_officer()
    for proposal in Proposal.objects.filter(call=call, state=ProposalState.OPENED):
        screen_proposal(proposal, decision="admit", reason="", actor=officer)


def make_panel(call: Call | None = None, experts: int = 4, **fields: Any) -> Panel:
    """A drawn panel; `experts` are enrolled before."""
    call = call or make_screened_call(**fields)
    for _one in range(experts):
        make_expert()
    return draw_panel(Call.objects.get(pk=call.pk), actor=make_officer())


def seat_all(panel: Panel) -> list[Seat]:
    """Every judge declares nothing and sits."""
    return [
        take_seat(seat, conflicts={}, actor=seat.expert.person)
        for seat in panel.seats.filter(state="invited").select_related("expert__person")
    ]


def make_scoring_panel(call: Call | None = None, **fields: Any) -> Panel:
    """A panel at work: every judge sits, every sheet is handed out."""
    panel = make_panel(call, **fields)
    seat_all(panel)
    return begin_scoring(panel, actor=make_officer())


def fill_sheet(sheet: Sheet, *points: int, comment: str = "", final: bool = True) -> Sheet:
    """Give hundredths to the criteria in order (the last value repeats), and make it final."""
    criteria = list(sheet.seat.panel.call.criteria.filter(stage="paper").order_by("position"))
    padded = [*points, *[points[-1]] * len(criteria)]
    judge = sheet.seat.expert.person
    score_proposal(
        sheet,
        points={row.pk: value for row, value in zip(criteria, padded, strict=False)},
        comment=comment,
        actor=judge,
    )
    return finalise_sheet(sheet, actor=judge) if final else sheet


def fill_all(panel: Panel) -> None:
    """Final sheets everywhere; later proposals (by number) get less."""
    order = {
        pk: place
        for place, pk in enumerate(
            Proposal.objects.filter(call=panel.call).order_by("serial").values_list("pk", flat=True)
        )
    }
    for sheet in Sheet.objects.filter(seat__panel=panel, state="draft").select_related(
        "seat__expert__person", "seat__panel__call"
    ):
        fill_sheet(sheet, 9000 - 500 * order[sheet.proposal_id] + 10 * sheet.seat.position)


def make_ranked_call(**fields: Any) -> tuple[Call, Ranking]:
    """A call whose ranking stands."""
    panel = make_scoring_panel(**fields)
    fill_all(panel)
    call = Call.objects.get(pk=panel.call_id)
    return call, rank_proposals(call, actor=make_officer())


EIGHT_MINUTES = Rhythm(talk=8, questions=5, between=2)


def make_heard_panel(count: int = 3, experts: int = 4, **fields: Any) -> Panel:
    """A panel whose sheets on paper are final; the last criterion (25) is scored at a roadshow."""
    call = make_screened_call(count, **fields)
    call.criteria.filter(position=3).update(stage=Stage.ROADSHOW)
    panel = make_scoring_panel(call, experts=experts)
    fill_all(panel)
    return panel


def make_roadshow(panel: Panel | None = None, *, lot: Any = None, **fields: Any) -> Roadshow:
    """A roadshow an hour from now, planned and announced."""
    panel = panel or make_heard_panel()
    begins_at = fields.pop("begins_at", clock.now() + dt.timedelta(hours=1))
    officer = make_officer()
    facts = {"place": "市总工会礼堂", "rhythm": EIGHT_MINUTES, **fields}
    made = plan_roadshow(panel.call, lot=lot, begins_at=begins_at, actor=officer, **facts)
    return announce_roadshow(made, actor=officer)


def points_of(roadshow: Roadshow, hundredths: int) -> dict[int, int]:
    """The same points for every criterion of the stage."""
    rows = roadshow.call.criteria.filter(stage=Stage.ROADSHOW)
    return dict.fromkeys(rows.values_list("pk", flat=True), hundredths)


def hear(turn: Turn, *given: int, officer: Person | None = None) -> Turn:
    """Call the proposal on stage, let the judges (by seat) give points, close the scoring."""
    officer = officer or make_officer()
    turn = call_turn(turn, actor=officer)
    seats = turn.roadshow.call.panel.seats.filter(state="seated").select_related("expert__person")
    for seat, hundredths in zip(seats, given, strict=True):
        points = points_of(turn.roadshow, hundredths)
        give_points(turn, points=points, key=uuid.uuid4(), actor=seat.expert.person)
    return close_turn(turn, actor=officer)

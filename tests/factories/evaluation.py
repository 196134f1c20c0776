"""Evaluations at each stage, for tests; times are those of the call, so travel with `clock.at`."""

from __future__ import annotations

from typing import Any

from bidding.calls.models import Call
from bidding.evaluation.models import Expert, Panel, Ranking, Seat, Sheet
from bidding.evaluation.operations import (
    begin_scoring,
    draw_panel,
    enrol_expert,
    finalise_sheet,
    rank_proposals,
    score_proposal,
    screen_proposal,
    take_seat,
)
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState
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
    criteria = list(sheet.seat.panel.call.criteria.order_by("position"))
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

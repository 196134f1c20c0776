"""What the pages of a roadshow show: the board in the hall, the officer's stage, the judge's."""

from __future__ import annotations

from typing import Any

from bidding.calls.models import Aggregation
from bidding.evaluation.queries import own_sheets
from bidding.evaluation.roadshow_models import LiveSheet, Roadshow, Turn
from bidding.evaluation.roadshow_queries import (
    given_on,
    heard_by_too_few,
    live_criteria,
    reading_of,
    stage_policy,
    turns_of,
)
from bidding.evaluation.states import PanelState, TurnState
from foundation import clock
from foundation.permissions import can, may_ever, why_not

HALL = (
    "start_roadshow",
    "pause_roadshow",
    "resume_roadshow",
    "show_results",
    "finish_roadshow",
    "reopen_roadshow",
)
PLAN = ("announce_roadshow", "change_roadshow", "set_running_order", "draw_running_order")


def stage_of(roadshow: Roadshow, turns: list[Turn]) -> dict[str, Any]:
    """Who is on stage and comes next, the clock, and from how many judges points came."""
    on_stage = next((one for one in turns if one.state == TurnState.ON_STAGE), None)
    following = [one for one in turns if one.state == TurnState.WAITING]
    stage: dict[str, Any] = {"turn": on_stage, "next": following[0] if following else None}
    if on_stage is not None:
        on_stage.roadshow = roadshow
        stage |= {"reading": reading_of(on_stage, clock.now()), "given": given_on(on_stage)}
        seconds = abs(stage["reading"].left)
        stage["clock"] = f"{seconds // 60:02d}:{seconds % 60:02d}"
    return stage


def board_page(roadshow: Roadshow) -> dict[str, Any]:
    """The board: the stage, and the results an officer has shown, the best first."""
    turns = list(turns_of(roadshow))
    shown = [(one, one.shown) for one in turns if one.shown]
    shown.sort(key=lambda row: (-row[1]["score"], row[0].position))
    return {
        "roadshow": roadshow,
        "call": roadshow.call,
        "turns": turns,
        "stage": stage_of(roadshow, turns),
        "results": [
            {
                "turn": one,
                "score": f"{result['score'] / 10_000:.2f}",
                "of": result["of"] // 10_000,
                "totals": [f"{total / 10_000:.2f}" for total in result["totals"]],
            }
            for one, result in shown
        ],
        "how": Aggregation(stage_policy(roadshow.call)).label,
        "heard": sum(one.state == TurnState.CLOSED for one in turns),
    }


def console_page(roadshow: Roadshow, person: Any) -> dict[str, Any]:
    """The officer's page: the board's facts, and what can be done now."""
    page = board_page(roadshow)
    laws = {law: why_not(person, law, roadshow) for law in (*HALL, *PLAN, "drop_roadshow")}
    for turn in page["turns"]:
        turn.roadshow = roadshow
    unshown = [one for one in page["turns"] if one.state == TurnState.CLOSED and not one.shown]
    return {
        **page,
        "may": {law for law, refusal in laws.items() if refusal is None},
        "officer": may_ever(person, "start_roadshow", roadshow),
        "rows": [
            {
                "turn": turn,
                "call": can(person, "call_turn", turn),
                "skip": can(person, "skip_turn", turn),
                "reopen": can(person, "reopen_turn", turn),
            }
            for turn in page["turns"]
        ],
        "unshown": len(unshown),
        "thin": heard_by_too_few(page["turns"], roadshow.call),
        "left": sum(one.state == TurnState.WAITING for one in page["turns"]),
    }


def judges_page(roadshow: Roadshow, person: Any) -> dict[str, Any]:
    """What a judge needs in the hand: who is on stage, whether it is theirs to score, the form's
    criteria, and what they gave so far."""
    turns = list(turns_of(roadshow))
    stage = stage_of(roadshow, turns)
    own = own_sheets(person).filter(seat__panel__call=roadshow.call).order_by()
    mine = dict(own.values_list("proposal", "pk"))
    sheets = {
        sheet.turn_id: sheet
        for sheet in LiveSheet.objects.filter(
            turn__roadshow=roadshow, seat__expert__person=person
        ).prefetch_related("scores")
    }
    turn = stage["turn"]
    sheet = sheets.get(turn.pk) if turn else None
    return {
        "roadshow": roadshow,
        "call": roadshow.call,
        "stage": stage,
        "theirs": bool(turn and turn.proposal_id in mine),
        "sheet": sheet,
        "criteria": list(live_criteria(roadshow.call)) if turn else [],
        "rows": [
            {"turn": one, "paper": mine.get(one.proposal_id), "sheet": sheets.get(one.pk)}
            for one in turns
        ],
        "seen": seen_of(roadshow, turn, sheet),
    }


def seen_of(roadshow: Roadshow, turn: Turn | None, sheet: LiveSheet | None) -> str:
    """What the judge's page stands for: when it differs, the page is out of date."""
    on_stage = f"{turn.pk}-{turn.called_at:%H%M%S}" if turn and turn.called_at else "-"
    return f"{roadshow.state}:{on_stage}:{sheet.state if sheet else 'draft'}"


def roadshows_of(call: Any, person: Any) -> dict[str, Any]:
    """The roadshows of a call (one `with_roadshow`) for the page of its evaluation, and whether
    another can be planned; one query, and none where nothing is scored on stage."""
    if not call.stage_weight:
        return {}
    scoring = hasattr(call, "panel") and call.panel.state == PanelState.SCORING
    officer = may_ever(person, "plan_roadshow", call)
    return {
        "weight": call.stage_weight,
        "rows": list(call.roadshows.select_related("lot__category")),
        "plan": scoring and officer and call.unplanned,
        "early": not scoring,
        "waits": call.unheard,
    }

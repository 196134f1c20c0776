"""Who may plan and run a roadshow, and who scores there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.models import Stage
from bidding.calls.rules import call_stands, was_not_cancelled
from bidding.evaluation.models import Seat
from bidding.evaluation.roadshow_queries import heard_by_too_few, turns_of
from bidding.evaluation.rules import panel_scores
from bidding.evaluation.states import RoadshowState, SeatState, TurnState
from foundation.people.rules import is_officer
from foundation.permissions import may_become, permit


@predicate
def is_on_panel(person: Any, turn: Any = None) -> bool:
    """A judge who sits on the panel of the turn's call."""
    return bool(
        turn is not None
        and person.is_authenticated
        and Seat.objects.filter(
            panel__call=turn.roadshow.call_id, expert__person=person.pk, state=SeatState.SEATED
        ).exists()
    )


def has_a_roadshow(call: Any) -> Any:
    """Something of the call is scored at a roadshow."""
    if call.criteria.filter(stage=Stage.ROADSHOW).exists():
        return None
    return _("No criterion of this call is scored at a roadshow.")


def not_begun(roadshow: Any) -> Any:
    """The order and the times can still change."""
    if roadshow.state in (RoadshowState.PLANNED, RoadshowState.ANNOUNCED):
        return None
    return _("The roadshow has begun; its order stands.")


def only_planned(roadshow: Any) -> Any:
    """Nobody was told of it yet."""
    if roadshow.state == RoadshowState.PLANNED:
        return None
    return _("It was announced. Change its time or its place instead.")


def only_announced(roadshow: Any) -> Any:
    """It was made known and has not begun."""
    if roadshow.state == RoadshowState.ANNOUNCED:
        return None
    if roadshow.state == RoadshowState.PLANNED:
        return _("Announce it first: those who come on stage have to know when.")
    return _("The roadshow has begun already.")


def is_running(roadshow: Any) -> Any:
    """The stage is open."""
    if roadshow.state == RoadshowState.RUNNING:
        return None
    if roadshow.state == RoadshowState.PAUSED:
        return _("The roadshow is paused. Go on first.")
    return _("The roadshow has not begun, or is over.")


def is_paused(roadshow: Any) -> Any:
    """The stage waits."""
    return None if roadshow.state == RoadshowState.PAUSED else _("The roadshow is not paused.")


def has_begun(roadshow: Any) -> Any:
    """There may be results."""
    return _("The roadshow has not begun.") if not_begun(roadshow) is None else None


def must_be_heard_again(roadshow: Any) -> Any:
    """It is over, no ranking stands on it, and of a proposal's judges too few are left."""
    if roadshow.state != RoadshowState.FINISHED:
        return _("The roadshow is not over.")
    if refusal := panel_scores(roadshow.call):
        return refusal
    if heard_by_too_few(turns_of(roadshow), roadshow.call):
        return None
    return _("Every proposal was heard by as many judges as it needs. The stage stays closed.")


def turns_stage_is_open(turn: Any) -> Any:
    """The roadshow of the turn runs."""
    return is_running(turn.roadshow)


def may_be_called(turn: Any) -> Any:
    """Waiting, or skipped and there after all."""
    if turn.state in (TurnState.WAITING, TurnState.SKIPPED):
        return None
    return _("This proposal is on stage, or was heard already.")


def is_on_stage(turn: Any) -> Any:
    """It is this proposal's turn."""
    return None if turn.state == TurnState.ON_STAGE else _("This proposal is not on stage.")


def may_be_reopened(turn: Any) -> Any:
    """Heard, and nobody has seen what it got; or too few of its judges are left."""
    if turn.shown_at and not heard_by_too_few([turn], turn.roadshow.call):
        return _("Its result was shown, so nobody can score it any more.")
    return None if turn.state == TurnState.CLOSED else _("This proposal was not heard yet.")


def panel_is_at_work(roadshow: Any) -> Any:
    """The judges have their sheets."""
    return panel_scores(roadshow.call)


CALL, TURNS_CALL = call_stands("call"), call_stands("roadshow.call")

permit(
    "plan_roadshow",
    who=is_officer,
    when=(was_not_cancelled, has_a_roadshow, panel_scores),
    meaning=_("plan a roadshow"),
)
for name, when, meaning in (
    ("change_roadshow", not_begun, _("change the time or the place of a roadshow")),
    ("draw_running_order", not_begun, _("draw the running order of a roadshow")),
    ("set_running_order", not_begun, _("set the running order of a roadshow, with a reason")),
    ("drop_roadshow", only_planned, _("drop a roadshow that was not announced")),
    ("pause_roadshow", is_running, _("pause a roadshow")),
    ("resume_roadshow", is_paused, _("go on with a roadshow")),
    ("finish_roadshow", is_running, _("finish a roadshow")),
    (
        "reopen_roadshow",
        must_be_heard_again,
        _("open a finished roadshow again, since judges left, with a reason"),
    ),
    ("show_results", has_begun, _("show results at a roadshow")),
):
    permit(name, who=is_officer, when=(CALL, when), meaning=meaning)
for name, step, meaning in (
    ("announce_roadshow", may_become(RoadshowState.ANNOUNCED), _("announce a roadshow")),
    ("start_roadshow", only_announced, _("start a roadshow")),
):
    permit(name, who=is_officer, when=(CALL, step, panel_is_at_work), meaning=meaning)
for name, then, meaning in (
    ("call_turn", may_be_called, _("call a proposal on stage")),
    ("close_turn", is_on_stage, _("close the scoring of a proposal on stage")),
    ("skip_turn", may_become(TurnState.SKIPPED), _("pass over a proposal that did not come")),
    ("reopen_turn", may_be_reopened, _("open the scoring of a proposal on stage again")),
):
    permit(name, who=is_officer, when=(TURNS_CALL, turns_stage_is_open, then), meaning=meaning)
permit("give_points", who=is_on_panel, when=TURNS_CALL, meaning=_("give points at a roadshow"))

"""Running a roadshow: who is on stage, the clock, the scoring opened and closed, results shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.evaluation import kinds, roadshow_rules  # noqa: F401  (the words and the laws)
from bidding.evaluation.draw import quorum
from bidding.evaluation.roadshow_models import LiveScore, LiveSheet, Roadshow, Turn
from bidding.evaluation.roadshow_queries import (
    final_points,
    given_on,
    heard_by_too_few,
    live_criteria,
    result_of,
)
from bidding.evaluation.sheets import must_be_final
from bidding.evaluation.states import RoadshowState, SheetState, TurnState
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError, WrongState
from foundation.operations import lock, operation
from foundation.permissions import allow


@operation
def start_roadshow(roadshow: Roadshow, *, actor: Any) -> Roadshow:
    """Open the stage. What is scored on paper is final by then, so nothing heard changes it."""
    roadshow = lock(roadshow, "call__panel")
    allow(actor, "start_roadshow", roadshow)
    must_be_final(roadshow.call.panel)
    roadshow.move_to(RoadshowState.RUNNING)
    record(actor, "start_roadshow", roadshow.call, roadshow=roadshow.pk)
    return roadshow


@operation
def pause_roadshow(roadshow: Roadshow, *, actor: Any) -> Roadshow:
    """Hold the clock; judges may still give points."""
    roadshow = lock(roadshow, "call")
    allow(actor, "pause_roadshow", roadshow)
    roadshow.turns.filter(state=TurnState.ON_STAGE).update(held_at=clock.now())
    roadshow.move_to(RoadshowState.PAUSED)
    record(actor, "pause_roadshow", roadshow.call, roadshow=roadshow.pk)
    return roadshow


@operation
def resume_roadshow(roadshow: Roadshow, *, actor: Any) -> Roadshow:
    """Let the clock go on where it was held."""
    roadshow = lock(roadshow, "call")
    allow(actor, "resume_roadshow", roadshow)
    for turn in roadshow.turns.select_for_update().filter(state=TurnState.ON_STAGE):
        if turn.held_at:
            turn.held_seconds += int((clock.now() - turn.held_at).total_seconds())
            turn.held_at = None
            turn.save(update_fields=["held_at", "held_seconds"])
    roadshow.move_to(RoadshowState.RUNNING)
    record(actor, "resume_roadshow", roadshow.call, roadshow=roadshow.pk)
    return roadshow


def _locked(turn: Turn) -> Turn:
    """The turn and its roadshow, the roadshow first: whoever runs the stage takes this order."""
    roadshow = lock(turn.roadshow, "call")
    turn = lock(turn, "proposal")
    turn.roadshow = roadshow
    return turn


@operation
def call_turn(turn: Turn, *, actor: Any) -> Turn:
    """Bring a proposal on stage: its clock starts, and its judges can give points."""
    turn = _locked(turn)
    allow(actor, "call_turn", turn)
    there = turn.roadshow.turns.filter(state=TurnState.ON_STAGE).first()
    if there is not None:
        raise WrongState(
            _("“%(title)s” is on stage. Close its scoring first.") % {"title": there.proposal.title}
        )
    now = clock.now()
    turn.move_to(TurnState.ON_STAGE, called_at=now, held_at=None, held_seconds=0, reason="")
    record(actor, "call_turn", turn.roadshow.call, proposal=turn.proposal.serial)
    return turn


@operation
def close_turn(turn: Turn, *, reason: str = "", actor: Any) -> Turn:
    """Close the scoring of what is on stage: whoever gave every point counts, pressed or not.

    Where points are missing it takes a reason; those judges then do not count for this proposal.
    """
    turn = _locked(turn)
    allow(actor, "close_turn", turn)
    given = given_on(turn)
    if given.missing and not reason.strip():
        raise DomainError(
            _(
                "%(left)s of %(all)s judges have not given all their points (seats %(seats)s). "
                "Wait for them, or say why it goes on without them."
            )
            % {
                "left": len(given.missing),
                "all": len(given.all),
                "seats": ", ".join(map(str, given.missing)),
            },
            field="reason",
        )
    now = clock.now()
    drafts = LiveSheet.objects.filter(turn=turn, state=SheetState.DRAFT)
    for sheet in drafts.filter(seat__position__in=given.whole):
        sheet.move_to(SheetState.FINAL, final_at=now)
    turn.move_to(TurnState.CLOSED, closed_at=now, held_at=None, reason=reason.strip()[:200])
    record(
        actor,
        "close_turn",
        turn.roadshow.call,
        proposal=turn.proposal.serial,
        given=len(given.whole),
        missing=given.missing,
        reason=reason.strip(),
    )
    return turn


@operation
def reopen_turn(turn: Turn, *, reason: str, actor: Any) -> Turn:
    """Let the judges from whom points are missing give them after all; final ones stay. Where so
    many judges left that it has to be heard again, what the board showed of it is taken back."""
    turn = _locked(turn)
    allow(actor, "reopen_turn", turn)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is on record."), field="reason")
    if turn.roadshow.turns.filter(state=TurnState.ON_STAGE).exists():
        raise WrongState(_("Another proposal is on stage. Close its scoring first."))
    taken_back = turn.shown
    turn.move_to(TurnState.ON_STAGE, closed_at=None, shown_at=None, shown=None)
    record(
        actor,
        "reopen_turn",
        turn.roadshow.call,
        proposal=turn.proposal.serial,
        reason=reason.strip(),
        **({"taken_back": taken_back} if taken_back else {}),
    )
    return turn


@operation
def skip_turn(turn: Turn, *, reason: str, actor: Any) -> Turn:
    """Pass over a proposal nobody came for. It can be called until the roadshow is finished; then
    it has no points for what is scored there."""
    turn = _locked(turn)
    allow(actor, "skip_turn", turn)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is on record."), field="reason")
    live = LiveScore.objects.filter(sheet__turn=turn).exclude(sheet__state=SheetState.VOID)
    if live.exists():  # what was taken back leaves a sheet
        raise WrongState(_("Judges have given points already, so it cannot be passed over."))
    turn.move_to(TurnState.SKIPPED, called_at=None, held_at=None, reason=reason.strip()[:200])
    record(
        actor, "skip_turn", turn.roadshow.call, proposal=turn.proposal.serial, reason=reason.strip()
    )
    return turn


@operation
def show_results(roadshow: Roadshow, *, actor: Any) -> Roadshow:
    """Show on the board what every proposal heard so far came to; what is shown stays shown."""
    roadshow = lock(roadshow, "call")
    allow(actor, "show_results", roadshow)
    turns = list(
        roadshow.turns.select_for_update(of=("self",))
        .filter(state=TurnState.CLOSED, shown_at=None)
        .select_related("proposal")
    )
    points = final_points(turns)
    least = quorum(roadshow.call.panel_size)
    ready = [turn for turn in turns if len(points.get(turn.pk, ())) >= least]
    if not ready:
        raise WrongState(_("There is no result that is not shown yet."))
    weights = dict(live_criteria(roadshow.call).values_list("position", "weight"))
    for turn in ready:
        turn.shown_at = clock.now()
        turn.shown = result_of(points[turn.pk], roadshow.call, weights)
        turn.save(update_fields=["shown_at", "shown"])
    serials = [turn.proposal.serial for turn in ready]
    record(actor, "show_results", roadshow.call, proposals=serials)
    return roadshow


@operation
def finish_roadshow(roadshow: Roadshow, *, actor: Any) -> Roadshow:
    """Every proposal was heard or passed over: the stage closes for good."""
    roadshow = lock(roadshow, "call")
    allow(actor, "finish_roadshow", roadshow)
    turns = list(roadshow.turns.select_related("proposal"))
    open_ones = [one for one in turns if one.state in (TurnState.WAITING, TurnState.ON_STAGE)]
    if open_ones:
        raise WrongState(
            _("Not heard yet: %(titles)s.")
            % {"titles": "、".join(one.proposal.title for one in open_ones)}
        )
    heard = [one for one in turns if one.state == TurnState.CLOSED]
    if thin := heard_by_too_few(heard, roadshow.call):
        raise WrongState(
            _(
                "Too few judges who sit gave points: %(titles)s. Open their scoring again, with "
                "substitutes where judges left."
            )
            % {"titles": "、".join(one.proposal.title for one in thin)}
        )
    roadshow.move_to(RoadshowState.FINISHED)
    skipped = [one.proposal.serial for one in turns if one.state == TurnState.SKIPPED]
    record(actor, "finish_roadshow", roadshow.call, heard=len(heard), skipped=skipped)
    return roadshow


@operation
def reopen_roadshow(roadshow: Roadshow, *, reason: str, actor: Any) -> Roadshow:
    """Open a finished roadshow again: judges left since, and proposals have to be heard anew."""
    roadshow = lock(roadshow, "call__panel")
    allow(actor, "reopen_roadshow", roadshow)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is on record."), field="reason")
    roadshow.move_to(RoadshowState.RUNNING)
    record(actor, "reopen_roadshow", roadshow.call, roadshow=roadshow.pk, reason=reason.strip())
    return roadshow

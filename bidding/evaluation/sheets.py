"""Score sheets: filled in, and made final."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Stage
from bidding.evaluation import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.evaluation.conflicts import found_conflicts
from bidding.evaluation.models import Panel, Score, Sheet
from bidding.evaluation.queries import judged_criteria, sitting
from bidding.evaluation.states import SeatState, SheetState
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError, WrongState
from foundation.operations import lock, operation
from foundation.permissions import allow

FULL = 10_000


@operation
def score_proposal(
    sheet: Sheet,
    *,
    points: Mapping[int, int | None],
    comment: str,
    remarks: Mapping[int, str] | None = None,
    actor: Any,
) -> Sheet:
    """Keep a judge's points (criterion id → hundredths; None takes them away), remarks on single
    criteria and comment. What is not given stays; nothing new leaves no trace."""
    sheet = lock(sheet, "seat__expert", "seat__panel__call")
    allow(actor, "score_proposal", sheet)
    remarks = remarks or {}
    judged = judged_criteria(sheet.seat.panel.call).values_list("pk", "stage")
    criteria = dict(judged)
    given = set(points) | set(remarks)
    if not given <= set(criteria):
        raise DomainError(_("This criterion belongs to another call, or nobody judges it."))
    if any(criteria[pk] != Stage.PAPER for pk in given):
        raise DomainError(_("This criterion is scored at the roadshow."))
    for value in points.values():
        if value is not None and not 0 <= value <= FULL:
            raise DomainError(_("Points go from 0 to 100."))
    kept = {row.criterion_id: (row.points_hundredths, row.remark) for row in sheet.scores.all()}
    wanted = {
        pk: (
            points.get(pk, kept.get(pk, (None, ""))[0]),
            remarks.get(pk, kept.get(pk, (None, ""))[1]).strip(),
        )
        for pk in set(points) | set(remarks) | set(kept)
    }
    wanted = {pk: row for pk, row in wanted.items() if row != (None, "")}
    if wanted == kept and comment == sheet.comment:
        return sheet
    _write(sheet, wanted, set(kept) - set(wanted))
    sheet.comment = comment
    sheet.save(update_fields=["comment"])
    # neither the points nor the proposal: the trail is read while others still score
    record(actor, "score_proposal", sheet.seat.panel.call, seat=sheet.seat.position)
    return sheet


def _write(sheet: Sheet, wanted: Mapping[int, tuple[int | None, str]], gone: set[int]) -> None:
    sheet.scores.filter(criterion_id__in=gone).delete()
    Score.objects.bulk_create(
        [
            Score(sheet=sheet, criterion_id=pk, points_hundredths=value, remark=remark)
            for pk, (value, remark) in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["points_hundredths", "remark"],
    )


@operation
def finalise_sheet(sheet: Sheet, *, actor: Any) -> Sheet:
    """Make the scores final; nobody, the judge included, changes them afterwards."""
    sheet = lock(sheet, "seat__expert", "seat__panel__call", "proposal")
    allow(actor, "finalise_sheet", sheet)
    call = sheet.seat.panel.call
    given = sheet.scores.exclude(points_hundredths=None).values("criterion")
    missing = judged_criteria(call).filter(stage=Stage.PAPER).exclude(pk__in=given)
    if names := [criterion.name for criterion in missing]:
        raise DomainError(
            _("These criteria have no points yet: %(names)s.") % {"names": ", ".join(names)}
        )
    if found_conflicts([sheet.seat.expert], [sheet.proposal]):
        raise DomainError(_("You are bound to this bidder. Say so; you then do not score it."))
    sheet.move_to(SheetState.FINAL, final_at=clock.now())
    record(actor, "finalise_sheet", call, seat=sheet.seat.position)
    return sheet


def must_be_final(panel: Panel) -> None:
    """Every judge sits and has made all sheets on paper final, or a sentence says what is left."""
    seats = [seat for seat in sitting(panel) if seat.state == SeatState.SEATED]
    if len(seats) < panel.call.seats:
        raise WrongState(
            _("%(ready)s of %(size)s judges have taken their seats.")
            % {"ready": len(seats), "size": panel.call.seats}
        )
    left = Sheet.objects.filter(seat__in=seats, state=SheetState.DRAFT).count()
    if left:
        raise WrongState(_("%(left)s sheets on paper are not final yet.") % {"left": left})

"""Points given on the stage: kept as they are typed, final once, however often they are sent."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.evaluation import roadshow_rules  # noqa: F401  (the laws, always there)
from bidding.evaluation.conflicts import found_conflicts
from bidding.evaluation.models import Conflict, Seat, Sheet
from bidding.evaluation.roadshow_models import LiveScore, LiveSheet, Turn
from bidding.evaluation.roadshow_queries import live_criteria, paper_criteria
from bidding.evaluation.sheets import FULL
from bidding.evaluation.states import SeatState, SheetState, TurnState
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError, WrongState
from foundation.operations import lock, operation
from foundation.permissions import allow


@operation
def give_points(
    turn: Turn,
    *,
    points: Mapping[int, int | None],
    key: uuid.UUID | None = None,
    actor: Any,
) -> LiveSheet:
    """Keep a judge's points (criterion id → hundredths; None takes them away); with `key` they are
    final. The same key sent again, as phones do that lost the answer, changes nothing."""
    turn = lock(turn, "roadshow__call", "proposal__organisation")
    allow(actor, "give_points", turn)
    seat = Seat.objects.select_related("expert").get(
        panel__call=turn.roadshow.call, expert__person=actor.pk, state=SeatState.SEATED
    )
    sheet = LiveSheet.objects.filter(turn=turn, seat=seat).first()
    if sheet is not None and key is not None and sheet.sent_as == key:
        return sheet
    _must_be_theirs(turn, seat, actor)
    if turn.state != TurnState.ON_STAGE:
        raise WrongState(_("The scoring of this proposal is closed; nothing was changed."))
    if sheet is not None and sheet.state == SheetState.FINAL:
        raise WrongState(_("Your points for this proposal are final already."))
    criteria = {row.pk: row for row in live_criteria(turn.roadshow.call)}
    if not set(points) <= set(criteria):
        raise DomainError(_("This criterion is not scored at the roadshow."))
    if any(value is not None and not 0 <= value <= FULL for value in points.values()):
        raise DomainError(_("Points go from 0 to 100."))
    sheet = sheet or LiveSheet.objects.create(turn=turn, seat=seat)
    changed = _write(sheet, points)
    if key is not None:
        _make_final(sheet, key, {row.pk: row.name for row in criteria.values()})
    if changed or key is not None:
        # never what was given: the trail is read while others still score
        record(actor, "give_points", turn.roadshow.call, seat=seat.position, final=key is not None)
    return sheet


def _must_be_theirs(turn: Turn, seat: Seat, actor: Any) -> None:
    """The proposal is one that this judge judges, and nothing binds them to the bidder."""
    bound = Conflict.objects.filter(seat=seat, proposal=turn.proposal).exists()
    if bound or found_conflicts([seat.expert], [turn.proposal]):
        raise DomainError(_("You are bound to this bidder, so you do not score it."))
    paper = Sheet.objects.filter(seat=seat, proposal=turn.proposal).first()
    if paper is None:
        raise DomainError(_("This proposal is scored by other judges."))
    if paper.state == SheetState.DRAFT and paper_criteria(turn.roadshow.call).exists():
        raise DomainError(_("Make your sheet on paper for this proposal final first."))


def _write(sheet: LiveSheet, points: Mapping[int, int | None]) -> bool:
    """Keep what differs from what is kept; was there anything?"""
    kept = dict(sheet.scores.values_list("criterion", "points_hundredths"))
    wanted = {pk: value for pk, value in points.items() if value is not None}
    gone = [pk for pk, value in points.items() if value is None and pk in kept]
    new = {pk: value for pk, value in wanted.items() if kept.get(pk) != value}
    if gone:
        sheet.scores.filter(criterion__in=gone).delete()
    LiveScore.objects.bulk_create(
        [LiveScore(sheet=sheet, criterion_id=pk, points_hundredths=v) for pk, v in new.items()],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["points_hundredths"],
    )
    return bool(gone or new)


def _make_final(sheet: LiveSheet, key: uuid.UUID, names: Mapping[int, str]) -> None:
    given = set(sheet.scores.values_list("criterion", flat=True))
    if missing := [name for pk, name in names.items() if pk not in given]:
        raise DomainError(
            _("These criteria have no points yet: %(names)s.") % {"names": ", ".join(missing)}
        )
    if LiveSheet.objects.filter(sent_as=key).exists():
        raise DomainError(_("This page is out of date. Load it again."))
    sheet.move_to(SheetState.FINAL, final_at=clock.now(), sent_as=key)

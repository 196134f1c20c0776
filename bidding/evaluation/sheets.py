"""Score sheets: filled in, made final, and put together into the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.evaluation import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.evaluation.models import Panel, Place, Ranking, Score, Sheet
from bidding.evaluation.queries import eligible_proposals, officers, sitting
from bidding.evaluation.ranking import rank
from bidding.evaluation.states import PanelState, SeatState, SheetState
from bidding.proposals.queries import last_submissions
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError, WrongState
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import allow
from foundation.seals.chain import sha256_of

FULL = 10_000


@operation
def score_proposal(
    sheet: Sheet, *, points: Mapping[int, int | None], comment: str, actor: Any
) -> Sheet:
    """Keep a judge's points (criterion id → hundredths; None takes them away) and comment."""
    sheet = lock(sheet, "seat__expert", "seat__panel__call")
    allow(actor, "score_proposal", sheet)
    criteria = set(sheet.seat.panel.call.criteria.values_list("pk", flat=True))
    if not set(points) <= criteria:
        raise DomainError(_("This criterion belongs to another call."))
    for value in points.values():
        if value is not None and not 0 <= value <= FULL:
            raise DomainError(_("Points go from 0 to 100."))
    taken_away = [criterion for criterion, value in points.items() if value is None]
    sheet.scores.filter(criterion_id__in=taken_away).delete()
    Score.objects.bulk_create(
        [
            Score(sheet=sheet, criterion_id=criterion, points_hundredths=value)
            for criterion, value in points.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["points_hundredths"],
    )
    sheet.comment = comment
    sheet.save(update_fields=["comment"])
    # neither the points nor the proposal: the trail is read while others still score
    record(actor, "score_proposal", sheet.seat.panel.call, seat=sheet.seat.position)
    return sheet


@operation
def finalise_sheet(sheet: Sheet, *, actor: Any) -> Sheet:
    """Make the scores final; nobody, the judge included, changes them afterwards."""
    sheet = lock(sheet, "seat__expert", "seat__panel__call")
    allow(actor, "finalise_sheet", sheet)
    call = sheet.seat.panel.call
    missing = call.criteria.exclude(scores__sheet=sheet)
    if names := [criterion.name for criterion in missing]:
        raise DomainError(
            _("These criteria have no points yet: %(names)s.") % {"names": ", ".join(names)}
        )
    sheet.move_to(SheetState.FINAL, final_at=clock.now())
    record(actor, "finalise_sheet", call, seat=sheet.seat.position)
    return sheet


@operation
def rank_proposals(call: Call, *, actor: Any) -> Ranking:
    """Compute the ranking from all final sheets, freeze its inputs, and close the panel."""
    panel = lock(Panel.objects.get(call=call), "call") if hasattr(call, "panel") else None
    if panel is not None:
        call = panel.call
        call.panel = panel
    allow(actor, "rank_proposals", call)
    assert panel is not None  # the law wants a panel that scores
    _must_be_complete(panel)
    inputs = frozen_inputs(panel)
    ranking = Ranking.objects.create(
        call=call,
        policy=call.aggregation,
        inputs=inputs,
        sha256=sha256_of(inputs),
        computed_by=actor,
        computed_at=clock.now(),
    )
    proposals = {proposal.serial: proposal for proposal in eligible_proposals(call)}
    places = rank(inputs)
    for place in places:
        Place.objects.create(
            ranking=ranking,
            proposal=proposals[place.key],
            rank=place.rank,
            score_ten_thousandths=place.printed,
            judges=len(place.totals),
        )
        proposals[place.key].move_to(ProposalState.RANKED)
    panel.move_to(PanelState.CLOSED)
    record(actor, "rank_proposals", call, sha256=ranking.sha256, proposals=len(places))
    tell(
        officers(),
        "proposals_ranked",
        url=path_to("evaluation:call", call.number),
        call=own_words_lazily(call, "title"),
        proposals=len(places),
    )
    return ranking


def _must_be_complete(panel: Panel) -> None:
    """Every seat is taken and every sheet is final."""
    seats = [seat for seat in sitting(panel) if seat.state == SeatState.SEATED]
    if len(seats) < panel.call.panel_size:
        raise WrongState(
            _("%(ready)s of %(size)s judges have taken their seats.")
            % {"ready": len(seats), "size": panel.call.panel_size}
        )
    left = Sheet.objects.filter(seat__in=seats, state=SheetState.DRAFT).count()
    if left:
        raise WrongState(_("%(left)s sheets are not final yet.") % {"left": left})


def frozen_inputs(panel: Panel) -> dict[str, Any]:
    """What the ranking is computed from, judges by their number only: fit to be published."""
    call = panel.call
    criteria = list(call.criteria.order_by("position"))
    received = {row.proposal_id: row for row in last_submissions(call)}
    sheets = (
        Sheet.objects.filter(seat__panel=panel, state=SheetState.FINAL)
        .exclude(seat__state=SeatState.RECUSED)
        .select_related("seat")
        .prefetch_related("scores__criterion")
        .order_by("seat__position")
    )
    by_proposal: dict[int, list[dict[str, Any]]] = {}
    for sheet in sheets:
        points = {
            str(score.criterion.position): score.points_hundredths for score in sheet.scores.all()
        }
        by_proposal.setdefault(sheet.proposal_id, []).append(
            {"judge": sheet.seat.position, "points": points}
        )
    return {
        "call": call.number,
        "policy": call.aggregation,
        "criteria": [
            {"key": str(row.position), "name": row.name, "weight": row.weight} for row in criteria
        ],
        "proposals": [
            {
                "key": proposal.serial,
                "receipt": received[proposal.pk].receipt,
                "received_at": received[proposal.pk].submitted_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "sheets": by_proposal.get(proposal.pk, []),
            }
            for proposal in eligible_proposals(call)
        ],
    }

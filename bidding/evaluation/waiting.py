"""What waits for a person here: seats and sheets, checks, cures, panels and rankings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls.models import Call
from bidding.evaluation.models import Screening, Seat, Sheet
from bidding.evaluation.states import PanelState, SeatState, SheetState
from bidding.proposals.models import Proposal
from bidding.proposals.rules import acting_for
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.http import Waiting
from foundation.people.rules import is_expert, is_officer


def waiting_for(person: Any) -> list[Waiting]:
    """Everything an officer, a judge or a bidder has to do in evaluations now."""
    rows = [*_for_bidder(person)]
    if is_officer(person):
        rows += _for_officer()
    if is_expert(person):
        rows += _for_judge(person)
    return rows


def _for_officer() -> Iterator[Waiting]:
    """Calls with something to check, draw, set going or rank: one query."""
    proposals = Proposal.objects.filter(call=OuterRef("pk"))
    last_cure = Screening.objects.filter(proposal__call=OuterRef("pk"), decision="cure").filter(
        Q(cured_at__isnull=False) | Q(cure_until__lte=clock.now()),
        proposal__state=ProposalState.CURING,
    )
    sheets = Sheet.objects.filter(seat__panel__call=OuterRef("pk"), state=SheetState.DRAFT)
    calls = (
        Call.objects.filter(opened_at__isnull=False, decided_at=None)
        .annotate(
            unchecked=Exists(proposals.filter(state=ProposalState.OPENED)),
            cured=Exists(last_cure),
            curing=Exists(proposals.filter(state=ProposalState.CURING)),
            admitted=Exists(proposals.filter(state=ProposalState.ELIGIBLE)),
            unscored=Exists(sheets),
            seated=Count("panel__seats", filter=Q(panel__seats__state=SeatState.SEATED)),
        )
        .select_related("panel")
        .order_by("opened_at")
    )
    for call in calls:
        title = _next_step(call)
        if title:
            url = reverse("evaluation:call", args=[call.number])
            yield Waiting(title=f"{title}: {call.title}", url=url, kind="evaluation")


def _next_step(call: Any) -> str:
    """What an officer can do next in the call, or nothing."""
    if call.unchecked or call.cured:
        return _("Check the proposals")
    if call.curing or not call.admitted:
        return ""
    panel = getattr(call, "panel", None)
    if panel is None:
        return _("Draw the panel")
    if call.seated < call.panel_size:
        return ""
    if panel.state == PanelState.DRAWN:
        return _("Let the scoring begin")
    return "" if call.unscored else _("Compute the ranking")


def _for_judge(person: Any) -> Iterator[Waiting]:
    """Seats offered and sheets that are not final: two queries."""
    url = reverse("evaluation:bench")
    for seat in Seat.objects.filter(expert__person=person, state=SeatState.INVITED).select_related(
        "panel__call"
    ):
        yield Waiting(
            title=_("Declare and take your seat: %(call)s") % {"call": seat.panel.call.title},
            url=reverse("evaluation:take_seat", args=[seat.pk]),
            kind="evaluation",
        )
    left = (
        Sheet.objects.filter(
            seat__expert__person=person, seat__state=SeatState.SEATED, state=SheetState.DRAFT
        )
        .values("seat__panel__call__title")
        .annotate(sheets=Count("pk"))
        .order_by("seat__panel__call__title")
    )
    for row in left:
        yield Waiting(
            title=_("Score %(sheets)s proposals: %(call)s")
            % {"sheets": row["sheets"], "call": row["seat__panel__call__title"]},
            url=url,
            kind="evaluation",
        )


def _for_bidder(person: Any) -> Iterator[Waiting]:
    """Faults one's organisation may still mend: one query."""
    acting = acting_for(person)
    if not acting:
        return
    for screening in Screening.objects.filter(
        proposal__organisation__in=acting,
        proposal__state=ProposalState.CURING,
        decision="cure",
        cured_at=None,
        cure_until__gt=clock.now(),
    ).select_related("proposal"):
        yield Waiting(
            title=_("Mend “%(title)s”") % {"title": screening.proposal.title},
            url=reverse("evaluation:cure_proposal", args=[screening.proposal_id]),
            due_at=screening.cure_until,
            kind="evaluation",
        )

"""What waits for a person here: seats and sheets, checks, cures, panels and rankings."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls.models import Call
from bidding.calls.queries import in_phase
from bidding.calls.states import CallState, Phase
from bidding.evaluation.discussion_models import Discussion
from bidding.evaluation.discussion_queries import items_judged_by
from bidding.evaluation.models import Expert, Expertise, Screening, Seat, Sheet
from bidding.evaluation.roadshow_models import Roadshow
from bidding.evaluation.roadshow_queries import roadshows_judged_by, with_roadshow
from bidding.evaluation.states import (
    DiscussionState,
    PanelState,
    RoadshowState,
    SeatState,
    SheetState,
)
from bidding.proposals.models import Proposal
from bidding.proposals.rules import acting_for
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.http import Waiting
from foundation.people.rules import is_expert, is_officer
from foundation.waiting import Look, Row


def looks_for(person: Any) -> list[Look]:
    """Everything an officer, a judge or a bidder has to do in evaluations now."""
    looks = _for_bidder(person)
    if is_officer(person):
        looks += [_for_officer(), _stated()]
    if is_expert(person):
        looks += _for_judge(person)
    return looks


def _for_officer() -> Look:
    """Calls with something to check, draw, set going or rank."""
    proposals = Proposal.objects.filter(call=OuterRef("pk"))
    last_cure = Screening.objects.filter(proposal__call=OuterRef("pk"), decision="cure").filter(
        Q(cured_at__isnull=False) | Q(cure_until__lte=clock.now()),
        proposal__state=ProposalState.CURING,
    )
    sheets = Sheet.objects.filter(seat__panel__call=OuterRef("pk"), state=SheetState.DRAFT)
    discussions = Discussion.objects.filter(panel__call=OuterRef("pk"), state=DiscussionState.OPEN)
    calls = (
        with_roadshow(in_phase(Call.objects.all(), Phase.OPENED, clock.now()))
        .annotate(
            unchecked=Exists(proposals.filter(state=ProposalState.OPENED)),
            cured=Exists(last_cure),
            curing=Exists(proposals.filter(state=ProposalState.CURING)),
            admitted=Exists(proposals.filter(state=ProposalState.ELIGIBLE)),
            unscored=Exists(sheets),
            discussing=Exists(discussions),
            seated=Count("panel__seats", filter=Q(panel__seats__state=SeatState.SEATED)),
            held=Count("panel__seats", filter=~Q(panel__seats__state=SeatState.RECUSED)),
        )
        .annotate(step=_NEXT_STEP)
        .exclude(step="")
    )
    return Look(
        calls.order_by("opened_at", "pk"), _step, title="title", key="number", of="step", most=0
    )


_SEATS = Coalesce("judges_drawn", "panel_size")


def _stated() -> Look:
    """Experts who state what they know, until an officer has confirmed it."""
    waiting = Expertise.objects.filter(expert=OuterRef("pk"), stated_level__isnull=False)
    rows = Expert.objects.filter(Exists(waiting)).order_by("pk")
    return Look(rows, _to_confirm, title="person__name", most=10)


def _to_confirm(row: Row) -> Waiting:
    return Waiting(
        title=_("Confirm what %(expert)s knows") % {"expert": row.title},
        url=reverse("evaluation:expert", args=[row.pk]),
        kind="evaluation",
    )


_NEXT_STEP = Case(
    When(Q(unchecked=True) | Q(cured=True), then=Value("check")),
    When(curing=True, then=Value("")),
    When(panel=None, admitted=False, then=Value("void")),
    When(admitted=False, then=Value("")),
    When(panel=None, then=Value("draw")),
    When(held__lt=_SEATS, then=Value("fill")),
    When(seated__lt=_SEATS, then=Value("")),
    When(panel__state=PanelState.DRAWN, then=Value("begin")),
    When(unscored=True, then=Value("")),
    When(Q(stage_weight__gt=0, unheard=True), then=Value("hear")),
    When(discussing=True, then=Value("")),
    default=Value("rank"),
)
"""What an officer can do next in a call, or nothing."""


def _step(row: Row) -> Waiting:
    steps = {
        "check": _("Check the proposals"),
        "draw": _("Draw the panel"),
        "void": _("Nothing is left to be judged: declare it void"),
        "fill": _("A seat on the panel is empty"),
        "begin": _("Let the scoring begin"),
        "hear": _("Hold the roadshow"),
        "rank": _("Compute the ranking"),
    }
    url = reverse("evaluation:call", args=[row.key])
    return Waiting(title=f"{steps[row.of]}: {row.title}", url=url, kind="evaluation")


def _for_judge(person: Any) -> list[Look]:
    """Seats offered, sheets that are not final, and stages to come to."""
    offered = Seat.objects.filter(
        expert__person=person,
        state=SeatState.INVITED,
        panel__call__state=CallState.PUBLISHED,
    )
    left = Sheet.objects.filter(
        seat__expert__person=person,
        seat__state=SeatState.SEATED,
        seat__panel__call__state=CallState.PUBLISHED,
        state=SheetState.DRAFT,
    ).order_by()
    by_call = left.values("seat__panel__call__title").annotate(sheets=Count("pk"))
    title = "seat__panel__call__title"
    return [
        Look(offered.order_by("pk"), _seat, title="panel__call__title"),
        Look(by_call.order_by(title), _sheets, title=title, count="sheets", most=0),
        Look(_stages(person), _stage, title="call__title", at="begins_at"),
        Look(
            items_judged_by(person).filter(discussion__state=DiscussionState.OPEN).order_by("pk"),
            _discuss,
            title="discussion__panel__call__title",
            at="discussion__closes_at",
        ),
    ]


def _discuss(row: Row) -> Waiting:
    return Waiting(
        title=_("Discuss a proposal with the panel: %(call)s") % {"call": row.title},
        url=reverse("evaluation:add_minute", args=[row.pk]),
        due_at=row.at,
        kind="evaluation",
    )


def _stages(person: Any) -> QuerySet[Roadshow]:
    """Announced roadshows where the person judges and that are not over."""
    rows = roadshows_judged_by(person).exclude(state=RoadshowState.FINISHED)
    return rows.order_by("begins_at", "pk")


def _stage(row: Row) -> Waiting:
    return Waiting(
        title=_("Judge at the roadshow: %(call)s") % {"call": row.title},
        url=reverse("evaluation:stage", args=[row.pk]),
        due_at=row.at,
        kind="evaluation",
    )


def _seat(row: Row) -> Waiting:
    return Waiting(
        title=_("Declare and take your seat: %(call)s") % {"call": row.title},
        url=reverse("evaluation:take_seat", args=[row.pk]),
        kind="evaluation",
    )


def _sheets(row: Row) -> Waiting:
    return Waiting(
        title=_("Score %(sheets)s proposals: %(call)s") % {"sheets": row.count, "call": row.title},
        url=reverse("evaluation:bench"),
        kind="evaluation",
    )


def _for_bidder(person: Any) -> list[Look]:
    """Faults one's organisation may still mend."""
    acting = acting_for(person)
    if not acting:
        return []
    cures = Screening.objects.filter(
        proposal__organisation__in=acting,
        proposal__state=ProposalState.CURING,
        proposal__call__state=CallState.PUBLISHED,
        decision="cure",
        cured_at=None,
        cure_until__gt=clock.now(),
    ).order_by("cure_until")
    return [
        Look(cures, _cure, title="proposal__title", count="proposal_id", at="cure_until"),
    ]


def _cure(row: Row) -> Waiting:
    return Waiting(
        title=_("Mend “%(title)s”") % {"title": row.title},
        url=reverse("evaluation:cure_proposal", args=[row.count]),
        due_at=row.at,
        kind="evaluation",
    )

"""What is to be known about an evaluation, and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When

from bidding.calls.models import Call, Criterion, Lot
from bidding.calls.states import CallState
from bidding.evaluation.lottery_queries import after_the_draw
from bidding.evaluation.models import (
    Conflict,
    Departure,
    Employment,
    Expert,
    Panel,
    Place,
    Ranking,
    Restart,
    Seat,
    Sheet,
)
from bidding.evaluation.roadshow_models import Roadshow
from bidding.evaluation.states import PanelState, RoadshowState, SeatState, SheetState
from bidding.proposals.models import Proposal
from bidding.proposals.queries import with_parts
from bidding.proposals.readers import ALSO_VISIBLE
from bidding.proposals.rules import is_buyer
from bidding.proposals.states import OPEN, SHELF, ProposalState
from foundation.organisations.models import Organisation
from foundation.people.models import Person, Role
from foundation.people.rules import is_auditor, is_fund_manager, is_officer

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations  # a development package

POSSIBLE = (ProposalState.OPENED, ProposalState.CURING, ProposalState.ELIGIBLE)
"""Admitted, or still to be decided about: what a lot may count on before judges are drawn."""

JUDGED = SHELF | {ProposalState.ELIGIBLE.value}


def officers() -> QuerySet[Person]:
    """The federation's programme officers now."""
    return Person.objects.filter(
        is_active=True, appointments__role=Role.OFFICER, appointments__ended_at=None
    ).distinct()


def reads_evaluations(person: Any) -> bool:
    """May the person follow every evaluation (officers, auditors)?"""
    return bool(is_officer(person) or is_auditor(person))


def calls_in_evaluation(person: Any) -> QuerySet[Call]:
    """Calls whose envelopes are open, for officers and auditors."""
    rows = Call.objects.filter(opened_at__isnull=False)
    return rows if reads_evaluations(person) else rows.none()


def eligible_proposals(call: Call) -> QuerySet[Proposal]:
    """What the judges of the call judge, by number."""
    return (
        Proposal.objects.filter(call=call, state=ProposalState.ELIGIBLE)
        .select_related("organisation", "lot__category")
        .order_by("serial")
    )


def named_in(call: Call) -> dict[Organisation, list[int]]:
    """Every organisation that bids or is partner in what is judged, by name, with the ids of the
    proposals it is in."""
    found: dict[Organisation, list[int]] = {}
    for proposal in eligible_proposals(call).prefetch_related("partners__organisation"):
        for body in {proposal.organisation, *(row.organisation for row in proposal.partners.all())}:
            found.setdefault(body, []).append(proposal.pk)
    return dict(sorted(found.items(), key=lambda row: (row[0].name, row[0].pk)))


class Possible(TypedDict):
    """What `thin_lots` adds."""

    possible: int


def thin_lots(call: Call) -> QuerySet[WithAnnotations[Lot, Possible]]:
    """The lots that have fewer proposals that are or may become valid than they need, each with
    their number as `possible`; lots that are void already are left out."""
    possible = Count("proposals", filter=Q(proposals__state__in=POSSIBLE))
    rows = call.lots.filter(voided_at=None).annotate(possible=possible)
    return rows.filter(possible__lt=F("least_proposals")).select_related("category")


def judged_criteria(call: Call) -> QuerySet[Criterion]:
    """What judges give points for, in order: everything but the price."""
    return call.criteria.filter(by_price=False).order_by("position")


def screening_table(call: Call) -> QuerySet[Proposal]:
    """The opened proposals of a call with their checks, for the officer's table."""
    return (
        Proposal.objects.filter(call=call, state__in=OPEN)
        .select_related("organisation", "lot__category", "call", "place", "blind_copy")
        .prefetch_related("screenings")
        .order_by("lot__category__position", "serial")
    )


def sitting(panel: Panel) -> list[Seat]:
    """The seats that are held or offered, in the order of the draw."""
    return list(
        panel.seats.exclude(state=SeatState.RECUSED).select_related("expert__person", "panel")
    )


def counted(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Those of the sheets that count: of judges who sit, and not set aside."""
    return sheets.exclude(seat__state=SeatState.RECUSED).exclude(state=SheetState.VOID)


def panels_visible_to(person: Any) -> QuerySet[Panel]:
    """Panels among whose judges proposals were shared out, for officers and auditors."""
    rows = Panel.objects.exclude(assignment={}).select_related("call")
    return rows if reads_evaluations(person) else rows.none()


def with_judges(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The proposals, each with the sheets of those who judge it (who, not what they gave)."""
    sheets = counted(Sheet.objects.select_related("seat__expert__person"))
    return rows.prefetch_related(Prefetch("sheets", sheets.order_by("seat__position")))


def conflicts_on(seats: Iterable[Seat]) -> Counter[int]:
    """Proposal id → how many of these judges must not judge it."""
    return Counter(Conflict.objects.filter(seat__in=list(seats)).values_list("proposal", flat=True))


def seats_visible_to(person: Any) -> QuerySet[Seat]:
    """One's own seats; every seat for officers and auditors."""
    rows = Seat.objects.select_related("panel__call", "expert__person")
    if reads_evaluations(person):
        return rows
    if not person.is_authenticated:
        return rows.none()
    return rows.filter(expert__person=person).exclude(state=SeatState.RECUSED)


def own_seats(person: Any) -> QuerySet[Seat]:
    """The seats the person holds or is offered, newest first."""
    if not person.is_authenticated:
        return Seat.objects.none()
    return (
        Seat.objects.filter(expert__person=person)
        .exclude(state=SeatState.RECUSED)
        .select_related("panel__call", "expert")
        .order_by("-panel__drawn_at")
    )


def with_hidden(sheets: QuerySet[Sheet]) -> QuerySet[Any]:
    """Sheets, each with `hidden`: its judge is not to know yet whose the proposal is. In a blind
    call that lasts until the ranking stands or a roadshow is announced."""
    known = Roadshow.objects.filter(call=OuterRef("seat__panel__call")).exclude(
        state=RoadshowState.PLANNED
    )
    over = Q(seat__panel__state=PanelState.CLOSED) | Exists(known)
    blind = Q(seat__panel__call__blind=True)
    return sheets.annotate(hidden=Case(When(blind & ~over, then=Value(True)), default=Value(False)))


def own_sheets(person: Any) -> QuerySet[Any]:
    """The judge's own sheets, each with `hidden`, never one for a proposal with a conflict; in the
    order of the numbers where names are hidden."""
    if not person.is_authenticated:
        return with_hidden(Sheet.objects.none())
    conflicted = Conflict.objects.filter(seat__expert__person=person).values("proposal")
    rows = (
        Sheet.objects.filter(seat__expert__person=person, seat__state=SeatState.SEATED)
        .exclude(proposal__in=conflicted)
        .exclude(state=SheetState.VOID)
        .filter(proposal__state__in=JUDGED)
        .select_related(
            "seat__panel__call",
            "seat__expert",
            "proposal__lot__category",
            "proposal__organisation",
            "proposal__blind_copy",
        )
    )
    order = ("proposal__lot__category__position", "proposal__blind_copy__number")
    return with_hidden(rows).order_by("-seat__panel", *order, "proposal__serial")


def to_be_judged(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Those of the sheets that wait for their judge: not final, in a call that stands."""
    for sheet in sheets:
        stands = sheet.seat.panel.call.state == CallState.PUBLISHED
        if stands and sheet.state == SheetState.DRAFT:
            yield sheet


def sheets_visible_to(person: Any) -> QuerySet[Sheet]:
    """One's own; everybody's only when the panel is closed, for officers and auditors."""
    if reads_evaluations(person):
        return counted(Sheet.objects.filter(seat__panel__state=PanelState.CLOSED))
    return own_sheets(person)


def proposals_to_judge(person: Any) -> QuerySet[Proposal]:
    """What a judge may read whole, with what is attached: what they hold a sheet for, unless they
    are not to know whose it is."""
    sheets = own_sheets(person).filter(hidden=False)
    return Proposal.objects.filter(pk__in=sheets.order_by().values("proposal"))


def judged_blind_visible_to(person: Any) -> QuerySet[Proposal]:
    """Opened proposals of blind calls, whole, for officers and auditors."""
    rows = with_parts(
        Proposal.objects.filter(call__blind=True, state__in=OPEN).select_related(
            "call__panel", "lot__category", "lot__call", "organisation", "blind_copy"
        )
    )
    return rows if reads_evaluations(person) else rows.none()


class Progress(TypedDict):
    """What `with_progress` adds."""

    final: int
    given: int


def with_progress(seats: QuerySet[Seat]) -> QuerySet[WithAnnotations[Seat, Progress]]:
    """Seats with their final and all their sheets: how far each is, never what they gave."""
    return seats.annotate(
        final=Count("sheets", filter=Q(sheets__state=SheetState.FINAL)),
        given=Count("sheets", filter=~Q(sheets__state=SheetState.VOID)),
    )


def experts_visible_to(person: Any) -> QuerySet[Expert]:
    """The list of experts for officers and auditors; oneself for an expert."""
    rows = Expert.objects.select_related("person")
    if reads_evaluations(person):
        return rows
    return rows.filter(person=person) if person.is_authenticated else rows.none()


def ties_visible_to(person: Any) -> QuerySet[Employment]:
    """What binds experts, for officers, auditors and the expert in person."""
    return Employment.objects.filter(expert__in=experts_visible_to(person)).select_related(
        "expert__person", "organisation"
    )


def rankings_visible_to(person: Any) -> QuerySet[Ranking]:
    """Everybody's once the result is published; officers, auditors, fund managers and union
    buyers work with it from the moment it stands."""
    rows = Ranking.objects.select_related("call", "call__panel")
    if reads_evaluations(person) or is_fund_manager(person) or is_buyer(person):
        return rows
    return rows.filter(call__decided_at__isnull=False)


def decided_order(ranking: Ranking) -> list[int]:
    """The places' numbers in the order decided: as computed, after the lots at the line where they
    were drawn, with every departure in turn."""
    computed = ranking.places.order_by("rank").values_list("pk", "proposal__serial")
    order = after_the_draw(ranking, list(computed))
    moves = Departure.objects.filter(ranking=ranking).order_by("pk")
    for place, to_rank in moves.values_list("place", "to_rank"):
        order.remove(place)
        order.insert(to_rank - 1, place)
    return order


def decided_ranks(call: Call) -> dict[int, int]:
    """Proposal number → its rank in the order decided; what money follows."""
    ranking = Ranking.objects.filter(call=call).first()
    if ranking is None:
        return {}
    ranks = {place: rank for rank, place in enumerate(decided_order(ranking), start=1)}
    rows = ranking.places.values_list("pk", "proposal")
    return {proposal: ranks[place] for place, proposal in rows}


def places_visible_to(person: Any) -> QuerySet[Place]:
    """The places of the rankings one may see."""
    return Place.objects.filter(ranking__in=rankings_visible_to(person)).select_related(
        "ranking__call", "proposal__organisation"
    )


def sheets_on(proposal: Proposal) -> list[Sheet]:
    """The final sheets on a proposal with their scores, once the result is published; to be shown
    by the judges' numbers, never by their names."""
    if proposal.call.decided_at is None:
        return []
    return list(
        counted(Sheet.objects.filter(proposal=proposal, state=SheetState.FINAL))
        .select_related("seat")
        .prefetch_related("scores")
        .order_by("seat__position")
    )


def judges_of(call: Call) -> list[str]:
    """The judges' names, public with the result and not before; in the order of the names, so
    that no place in the list tells whose number is whose."""
    if call.decided_at is None:
        return []
    return list(
        Seat.objects.filter(panel__call=call, state=SeatState.SEATED)
        .order_by("expert__person__name")
        .values_list("expert__person__name", flat=True)
    )


def replacements_of(call: Call) -> dict[str, list[Any]]:
    """How the panel came to be other than it was first drawn: the seats left, in their order, those
    filled by name, and where it was judged anew."""
    seats = list(Seat.objects.filter(panel__call=call).order_by("position"))
    return {
        "left": [seat for seat in seats if seat.state == SeatState.RECUSED],
        "named": [seat for seat in seats if seat.named_because],
        "restarts": list(Restart.objects.filter(panel__call=call)),
    }


ALSO_VISIBLE.append(proposals_to_judge)

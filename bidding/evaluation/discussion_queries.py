"""What is to be known about a discussion: by its judges while it lasts, by others afterwards."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from bidding.calls.states import CallState
from bidding.evaluation.discussion_models import Discussed, Discussion, Revision
from bidding.evaluation.models import Conflict, Panel, Seat, Sheet
from bidding.evaluation.queries import counted, judged_criteria, own_sheets, reads_evaluations
from bidding.evaluation.roadshow_models import LiveScore
from bidding.evaluation.states import DiscussionState, SeatState, SheetState


def current_discussion(panel: Panel) -> Discussion | None:
    """The panel's discussion, if there is one that counts."""
    held = Discussion.objects.filter(panel=panel)
    return held.exclude(state=DiscussionState.DROPPED).first()


def items_judged_by(person: Any) -> QuerySet[Discussed]:
    """What a judge may discuss: those of their own proposals on which their own sheet is final."""
    if not person.is_authenticated:
        return Discussed.objects.none()
    mine = Seat.objects.filter(expert__person=person.pk, state=SeatState.SEATED)
    sheets = Sheet.objects.filter(
        seat__in=mine,
        seat__panel=OuterRef("discussion__panel"),
        proposal=OuterRef("proposal"),
        state=SheetState.FINAL,
    )
    bound = Conflict.objects.filter(seat__in=mine, proposal=OuterRef("proposal"))
    return (
        Discussed.objects.filter(Exists(sheets), ~Exists(bound))
        .exclude(discussion__state=DiscussionState.DROPPED)
        .exclude(discussion__panel__call__state=CallState.CANCELLED)
        .select_related("discussion__panel__call", "proposal")
    )


def sheets_to_discuss(person: Any) -> list[tuple[Discussed, Any]]:
    """(what is discussed now, the judge's own sheet on it, which knows whether its name is hidden),
    in the order of the judge's sheets."""
    items = {
        (item.discussion.panel_id, item.proposal_id): item
        for item in items_judged_by(person).filter(discussion__state=DiscussionState.OPEN)
    }
    if not items:
        return []
    rows = own_sheets(person).filter(proposal__in=[proposal for _panel, proposal in items])
    pairs = [(items.get((row.seat.panel_id, row.proposal_id)), row) for row in rows]
    return [(item, row) for item, row in pairs if item is not None]


def own_sheet_on(item: Discussed, person: Any) -> Any:
    """The judge's own sheet on what is discussed."""
    return own_sheets(person).get(seat__panel=item.discussion.panel_id, proposal=item.proposal_id)


def discussions_visible_to(person: Any) -> QuerySet[Discussion]:
    """That there is one and of what: officers and auditors; never what is said in it."""
    rows = Discussion.objects.select_related("panel__call")
    return rows if reads_evaluations(person) else rows.none()


def letter_of(item: Discussed, seat: int) -> str:
    """What sorts the judges of a proposal, so that no place tells whose sheet is whose."""
    text = f"{item.discussion.panel.seed}:discussion:{item.proposal_id}:{seat}"
    return hashlib.sha256(text.encode()).hexdigest()


def table_of(item: Discussed, person: Any) -> dict[str, Any]:
    """The sheets of a discussed proposal without names: letters, points by criterion, totals,
    comments, and what was said, by letter."""
    sheets = list(
        counted(Sheet.objects.filter(proposal=item.proposal_id, state=SheetState.FINAL))
        .select_related("seat__expert")
        .prefetch_related("scores")
    )
    sheets.sort(key=lambda sheet: letter_of(item, sheet.seat_id))
    letters = {sheet.seat_id: chr(ord("A") + at) for at, sheet in enumerate(sheets)}
    criteria = list(judged_criteria(item.discussion.panel.call))
    live = LiveScore.objects.filter(
        sheet__turn__proposal=item.proposal_id, sheet__state=SheetState.FINAL
    )
    given: dict[int, dict[int, Any]] = {
        sheet.seat_id: {row.criterion_id: row for row in sheet.scores.all()} for sheet in sheets
    }
    for point in live.select_related("sheet"):
        if point.sheet.seat_id in given:
            given[point.sheet.seat_id][point.criterion_id] = point
    own = next((one for one in sheets if one.seat.expert.person_id == person.pk), None)
    return {
        "columns": [(letters[one.seat_id], one.seat_id == (own and own.seat_id)) for one in sheets],
        "rows": [
            (row, [_points(given[one.seat_id].get(row.pk)) for one in sheets]) for row in criteria
        ],
        "totals": [_total(given[one.seat_id], criteria) for one in sheets],
        "comments": [(letters[one.seat_id], _words(one, criteria)) for one in sheets],
        "minutes": [
            (letters.get(row.seat_id, "—"), row) for row in item.minutes.select_related("seat")
        ],
        "revisions": list(Revision.objects.filter(item=item, sheet=own)) if own else [],
        "own": own,
    }


def _points(row: Any) -> str:
    return row.points if row else "—"


def _total(given: dict[int, Any], criteria: list[Any]) -> str:
    if any(row.pk not in given for row in criteria):
        return "—"
    whole = sum(given[row.pk].points_hundredths * row.weight for row in criteria)
    return f"{whole / 10_000:.2f}"


def _words(sheet: Sheet, criteria: list[Any]) -> list[str]:
    remarks = {row.criterion_id: row.remark for row in sheet.scores.all()}
    said = [f"{row.name}：{remarks[row.pk]}" for row in criteria if remarks.get(row.pk)]
    return [*said, *([sheet.comment] if sheet.comment else [])]


def revisions_in(panel: Panel) -> QuerySet[Revision]:
    """Every revision of the discussion that counts, in the order it was made."""
    return (
        Revision.objects.filter(item__discussion__panel=panel)
        .exclude(item__discussion__state=DiscussionState.DROPPED)
        .select_related("item__proposal", "sheet__seat")
        .order_by("pk")
    )


def counted_revisions(item: Discussed) -> QuerySet[Revision]:
    """The revisions of one proposal's sheets that count."""
    rows = item.revisions.filter(sheet__state=SheetState.FINAL)
    return rows.select_related("sheet__seat")

"""What each judge of a closed panel did: final sheets, and half days on stage."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import F
from django.utils.timezone import localtime

from bidding.evaluation.models import Expert, Panel, Sheet
from bidding.evaluation.queries import counted
from bidding.evaluation.roadshow_models import LiveSheet
from bidding.evaluation.states import SeatState, SheetState

NOON = 13
"""The hour at which the second half of a day begins."""


@dataclass(frozen=True)
class Work:
    """What one judge did in a call."""

    expert: Expert
    sheets: int
    half_days: int


def work_of(panel: Panel) -> list[Work]:
    """What the judges who sat to the end did, in the order of their seats. Sheets that were set
    aside count nowhere, so neither here; half a day on stage counts once on whatever stage."""
    seats = panel.seats.filter(state=SeatState.SEATED).select_related("expert__person")
    final = counted(Sheet.objects.filter(seat__panel=panel, state=SheetState.FINAL))
    sheets = Counter(final.values_list("seat", flat=True))
    halves: dict[int, set[tuple[object, bool]]] = defaultdict(set)
    heard = LiveSheet.objects.filter(seat__panel=panel, state=SheetState.FINAL)
    for seat, called_at in heard.values_list("seat", F("turn__called_at")):
        moment = localtime(called_at)
        halves[seat].add((moment.date(), moment.hour >= NOON))
    return [
        Work(seat.expert, sheets[seat.pk], len(halves[seat.pk]))
        for seat in seats.order_by("position")
    ]

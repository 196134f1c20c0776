"""Judges whose sheets are open are reminded: as often as the call's rules say, or by an officer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.evaluation import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.evaluation.models import Panel, Seat
from bidding.evaluation.states import SeatState, SheetState
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import WrongState
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow, can

PAUSE = dt.timedelta(hours=24)
"""Nobody is reminded again within this time, whoever asks for it."""


@operation
def remind_judges(panel: Panel, *, actor: Any) -> Panel:
    """Tell every judge how many sheets wait for them; the next reminder is counted from now."""
    panel = lock(panel, "call")
    allow(actor, "remind_judges", panel)
    now = clock.now()
    if panel.reminded_at and now - panel.reminded_at < PAUSE:
        raise WrongState(_("The judges were reminded within the last 24 hours."))
    seats = list(with_open_sheets(panel))
    if not seats:
        raise WrongState(_("No sheet is open."))
    for seat in seats:
        tell(
            seat.expert.person,
            "sheets_open",
            url=path_to("evaluation:bench"),
            call=own_words_lazily(panel.call, "title"),
            sheets=seat.left,
        )
    panel.reminded_at = now
    panel.save(update_fields=["reminded_at"])
    keep_reminding(panel)
    record(actor, "remind_judges", panel.call, seats=[seat.position for seat in seats])
    return panel


def with_open_sheets(panel: Panel) -> QuerySet[Any]:
    """The seats whose judges have not made every sheet final, each with how many are `left`."""
    left = Count("sheets", filter=Q(sheets__state=SheetState.DRAFT))
    rows = Seat.objects.filter(panel=panel, state=SeatState.SEATED).annotate(left=left)
    return rows.filter(left__gt=0).select_related("expert__person").order_by("position")


def keep_reminding(panel: Panel) -> None:
    """The next reminder, if the call's rules want any."""
    if days := panel.call.sheet_days:
        due_at = clock.now() + dt.timedelta(days=days)
        schedule("sheets_reminder", due_at, key=f"sheets_reminder:{panel.pk}", pk=panel.pk)


@handles("sheets_reminder")
def _remind(*, pk: int) -> None:
    """Time has passed: who has sheets open is reminded, until there are none."""
    panel = Panel.objects.select_related("call").get(pk=pk)
    if can(SYSTEM, "remind_judges", panel) and with_open_sheets(panel).exists():
        remind_judges(panel, actor=SYSTEM)

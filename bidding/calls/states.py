"""What the stored part of a call can be; its phase is computed from the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.states import Machine


class CallState(models.TextChoices):
    """What somebody decided; what the clock decides is the call's phase."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")
    VOID = "void", pgettext_lazy("call", "void")


CALL = Machine(
    "call",
    CallState,
    {
        CallState.DRAFT: {CallState.PUBLISHED},
        CallState.PUBLISHED: {CallState.CANCELLED, CallState.VOID},
        CallState.CANCELLED: set(),
        CallState.VOID: set(),
    },
    start=CallState.DRAFT,
)


class Phase(models.TextChoices):
    """Where a published call stands, computed from its times and from whether it was opened."""

    DRAFT = "draft", _("draft")
    UPCOMING = "upcoming", _("opens soon")
    OPEN = "open", pgettext_lazy("call", "open")
    CLOSED = "closed", _("closed, sealed")
    OPENED = "opened", _("in evaluation")
    DECIDED = "decided", _("decided")
    CANCELLED = "cancelled", _("cancelled")
    VOID = "void", pgettext_lazy("call", "void")


def phase_of(call: Any, now: dt.datetime) -> Phase:
    """Where the call stands at `now`; at the very moment of closing it is closed."""
    if call.state != CallState.PUBLISHED:
        return Phase(call.state)
    if call.decided_at is not None:
        return Phase.DECIDED
    if call.opened_at is not None:
        return Phase.OPENED
    if now >= call.closes_at:
        return Phase.CLOSED
    return Phase.OPEN if now >= call.opens_at else Phase.UPCOMING

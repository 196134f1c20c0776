"""How a project stands: a traffic light out of facts, each with its number. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

LATE_DAYS = 14
"""Days after which what is late is no longer a slip."""

ANSWER_DAYS = 15
"""Days in which a report should have its answer."""

CLOSE_DAYS = 60
"""Days after its end in which a project should be closed."""

AHEAD_PERCENT = 30
"""So many points may the money spent be ahead of the time gone by."""


class Colour(IntEnum):
    """Worse is greater."""

    GREEN = 0
    AMBER = 1
    RED = 2


class Cause(StrEnum):
    """What speaks against green."""

    LATE = "late"
    RETURNED = "returned"
    UNANSWERED = "unanswered"
    UNCLOSED = "unclosed"
    SPENT_AHEAD = "spent_ahead"
    LOW_VOICE = "low_voice"


@dataclass(frozen=True)
class Due:
    """A milestone: is it open, returned, or reported and since when; when it is due."""

    title: str
    due_on: dt.date
    open: bool
    returned: bool = False
    reported_on: dt.date | None = None


@dataclass(frozen=True)
class Facts:
    """What the light is made of. Money in fen."""

    today: dt.date
    starts_on: dt.date
    ends_on: dt.date
    milestones: Sequence[Due]
    planned_fen: int
    spent_fen: int
    low_voice: bool = False


@dataclass(frozen=True)
class Reason:
    """One fact against green: its colour, what it is about, and its number (days or points)."""

    colour: Colour
    cause: Cause
    number: int = 0
    title: str = ""


def time_percent(facts: Facts) -> int:
    """How much of its time has gone by, 0 to 100."""
    whole = max(1, (facts.ends_on - facts.starts_on).days)
    return max(0, min(100, (facts.today - facts.starts_on).days * 100 // whole))


def spent_percent(facts: Facts) -> int:
    """How much of its money is spent; above 100 when it is more than was agreed."""
    return facts.spent_fen * 100 // facts.planned_fen if facts.planned_fen else 0


def reasons(facts: Facts) -> list[Reason]:
    """All that speaks against green, the worst first; none when all is well."""
    found = [reason for due in facts.milestones if (reason := _of(due, facts.today))]
    over = (facts.today - facts.ends_on).days
    if over > CLOSE_DAYS:
        found.append(Reason(Colour.RED, Cause.UNCLOSED, over))
    ahead = spent_percent(facts) - time_percent(facts)
    if ahead > AHEAD_PERCENT:
        found.append(Reason(Colour.AMBER, Cause.SPENT_AHEAD, ahead))
    if facts.low_voice:
        found.append(Reason(Colour.AMBER, Cause.LOW_VOICE))
    return sorted(found, key=lambda reason: (-reason.colour, -reason.number))


def colour_of(found: Sequence[Reason]) -> Colour:
    """The worst of them."""
    return max((reason.colour for reason in found), default=Colour.GREEN)


def _of(due: Due, today: dt.date) -> Reason | None:
    """What one milestone says."""
    late = (today - due.due_on).days
    if due.reported_on is not None:
        waits = (today - due.reported_on).days
        if waits > ANSWER_DAYS:
            return Reason(Colour.AMBER, Cause.UNANSWERED, waits, due.title)
        return None
    if not due.open:
        return None
    if late > 0:
        colour = Colour.RED if late > LATE_DAYS else Colour.AMBER
        return Reason(colour, Cause.LATE, late, due.title)
    if due.returned:
        return Reason(Colour.AMBER, Cause.RETURNED, 0, due.title)
    return None

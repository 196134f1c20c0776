"""The clock on the stage: what is left of a turn, counted from what is stored and never ticked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """What the clock shows: the part of the turn, its seconds left, and whether it runs.

    Past the end of a turn `part` is “over” and `left` counts how long ago that was, below nought.
    """

    part: str
    left: int
    runs: bool


def elapsed(
    called_at: dt.datetime, now: dt.datetime, *, held_at: dt.datetime | None, held_seconds: int
) -> int:
    """Seconds the turn has run; time it was held does not count."""
    return max(int(((held_at or now) - called_at).total_seconds()) - held_seconds, 0)


def read(gone: int, *, talk: int, questions: int, runs: bool) -> Reading:
    """The reading after `gone` seconds of a turn with so many minutes to talk and to be asked."""
    talk, questions = talk * 60, questions * 60
    if gone < talk:
        return Reading("talk", talk - gone, runs)
    if gone < talk + questions:
        return Reading("questions", talk + questions - gone, runs)
    return Reading("over", talk + questions - gone, runs)

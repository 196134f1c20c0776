"""A half-filled questionnaire: kept on the answering person's own device, signed, nowhere else."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from bidding.needs.models import Survey
from bidding.needs.questionnaire import Item, Questionnaire
from bidding.needs.sheet import EMPTY
from foundation import clock

WEEK = 7 * 24 * 3600
SALT = "survey-progress"
CRUMB = 3600
"""Characters of one cookie: what every browser keeps."""

HANDED_IN: dict[str, Any] = {"done": True}
"""All that a device keeps once its sheet is in."""

MOST_CRUMBS = 2
"""More cookies than that would not fit the one line they are sent in."""


@dataclass
class Progress:
    """The sheet's token, what was answered so far by code, where from, and whether it is in."""

    token: uuid.UUID
    values: dict[str, Any] = field(default_factory=dict)
    done: bool = False
    quota: int | None = None
    since: int = 0
    rehearsal: bool = False

    @property
    def begun(self) -> bool:
        """Is there something to go on with?"""
        return bool(self.values) and not self.done


def _name(survey: Survey, rehearsal: bool) -> str:
    return f"{'rehearsal' if rehearsal else 'survey'}-{survey.pk}"


def read(request: HttpRequest, survey: Survey, *, rehearsal: bool = False) -> Progress:
    """What this device has kept for the survey; a new sheet when there is nothing (whole)."""
    name = _name(survey, rehearsal)
    text = request.COOKIES.get(name, "") + request.COOKIES.get(f"{name}-2", "")
    try:
        kept = signing.loads(text, salt=SALT, max_age=WEEK)
        if kept.get("done"):
            return Progress(uuid.uuid4(), done=True, rehearsal=rehearsal)
        return Progress(
            uuid.UUID(kept["token"]),
            dict(kept["values"]),
            quota=kept["quota"],
            since=int(kept["since"]),
            rehearsal=rehearsal,
        )
    except (signing.BadSignature, KeyError, ValueError, TypeError, AttributeError):
        return Progress(uuid.uuid4(), since=_seconds(), rehearsal=rehearsal)


def _seconds() -> int:
    return int(clock.now().timestamp())


def seconds_taken(progress: Progress) -> int:
    """How long the person has been at it."""
    return _seconds() - progress.since


def write(response: HttpResponse, survey: Survey, progress: Progress) -> HttpResponse:
    """Keep it on the device for a week; of a sheet handed in only that one was.

    The sheet's number goes with it: nothing on the device says which of the sheets it was.
    """
    kept = HANDED_IN if progress.done else _held(progress)
    text = signing.dumps(kept, salt=SALT, compress=True)
    name = _name(survey, progress.rehearsal)
    for number, crumb in enumerate((name, f"{name}-2")):
        part = text[number * CRUMB : (number + 1) * CRUMB]
        if not part:
            response.delete_cookie(crumb, samesite="Lax")
            continue
        response.set_cookie(
            crumb,
            part,
            max_age=WEEK,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _held(progress: Progress) -> dict[str, Any]:
    return {
        "token": str(progress.token),
        "values": progress.values,
        "quota": progress.quota,
        "since": progress.since,
    }


def fits(progress: Progress) -> bool:
    """Would it fit what a browser keeps?"""
    text = signing.dumps(_held(progress), salt=SALT, compress=True)
    return len(text) < MOST_CRUMBS * CRUMB


def first_missing(questionnaire: Questionnaire, values: dict[str, Any]) -> int | None:
    """The step (from 1) of the first question that must be answered and is not."""
    for step, item in questionnaire.walk(values):
        if item.required and values.get(item.code) in EMPTY:
            return step
    return None


def steps_beside(
    questionnaire: Questionnaire, values: dict[str, Any], step: int
) -> tuple[int | None, int, list[tuple[int, Item]]]:
    """(step before, step after, all that are asked) for whoever answered this so far."""
    asked = list(questionnaire.walk(values))
    before = max((n for n, _item in asked if n < step), default=None)
    last = len(questionnaire.questions) + 1
    after = min((n for n, _item in asked if n > step), default=last)
    return before, after, asked

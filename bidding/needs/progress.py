"""A half-filled questionnaire: kept on the answering person's own device, signed, nowhere else."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from bidding.needs.models import Question, Survey

WEEK = 7 * 24 * 3600
SALT = "survey-progress"


@dataclass
class Progress:
    """The sheet's token, what was answered so far by question, and whether it was handed in."""

    token: uuid.UUID
    values: dict[int, Any] = field(default_factory=dict)
    done: bool = False

    @property
    def begun(self) -> bool:
        """Is there something to go on with?"""
        return bool(self.values) and not self.done


def _name(survey: Survey) -> str:
    return f"survey-{survey.pk}"


def read(request: HttpRequest, survey: Survey) -> Progress:
    """What this device has kept for the survey; a new sheet when there is nothing (whole)."""
    try:
        kept = signing.loads(request.COOKIES.get(_name(survey), ""), salt=SALT, max_age=WEEK)
        values = {int(key): value for key, value in kept["values"].items()}
        return Progress(uuid.UUID(kept["token"]), values, bool(kept["done"]))
    except (signing.BadSignature, KeyError, ValueError):
        return Progress(uuid.uuid4())


def write(response: HttpResponse, survey: Survey, progress: Progress) -> HttpResponse:
    """Keep it on the device for a week; a sheet handed in keeps only that it was."""
    kept = {
        "token": str(progress.token),
        "values": {} if progress.done else progress.values,
        "done": progress.done,
    }
    response.set_cookie(
        _name(survey),
        signing.dumps(kept, salt=SALT, compress=True),
        max_age=WEEK,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def first_missing(questions: list[Question], values: dict[int, Any]) -> int | None:
    """The step (from 1) of the first question that must be answered and is not."""
    for step, question in enumerate(questions, start=1):
        if question.required and values.get(question.pk) in (None, "", []):
            return step
    return None

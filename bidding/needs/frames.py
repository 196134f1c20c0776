"""A survey's sheets as columns: read once, kept in memory until a sheet comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max

from bidding.needs.models import QuestionKind, Response, Survey
from bidding.sampling.frame import Frame, frame_of

KEPT = 8
"""How many surveys' frames a process keeps."""

Stamp = tuple[int, int, dt.datetime | None]

_frames: dict[Stamp, Frame] = {}


def stamp_of(survey: Survey) -> Stamp:
    """What the sheets are known again by: which survey, how many, the newest (one query)."""
    rows = Response.objects.filter(survey=survey)
    size, last = rows.aggregate(n=Count("pk"), last=Max("answered_at")).values()
    return survey.pk, size, last


def frame_of_survey(survey: Survey) -> Frame:
    """All sheets of the survey (three queries; one when no sheet came in since)."""
    stamp = stamp_of(survey)
    if stamp in _frames:
        return _frames[stamp]
    texts = survey.questions.filter(kind=QuestionKind.TEXT).values_list("code", flat=True)
    frame = frame_of(_sheets(survey), frozenset(texts))
    if survey.fingerprint:
        if len(_frames) >= KEPT:
            _frames.pop(next(iter(_frames)), None)
        _frames[stamp] = frame
    return frame


def _sheets(survey: Survey) -> Iterator[tuple[str | None, str, str | None, dict[str, Any]]]:
    rows = Response.objects.filter(survey=survey).order_by("pk")
    yield from rows.values_list("district", "industry", "union__union_type", "answers").iterator(
        chunk_size=5000
    )

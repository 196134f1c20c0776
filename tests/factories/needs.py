"""Surveys, answers and needs for tests: plain functions that write the rows a test starts from."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

from django.core.files.base import ContentFile

from bidding.needs import operations
from bidding.needs.collecting_models import Intake, Quota
from bidding.needs.finding_models import KnownTotals
from bidding.needs.models import (
    Category,
    Need,
    Option,
    Question,
    QuestionKind,
    Response,
    Survey,
)
from bidding.needs.states import NeedState, SurveyState
from foundation import clock
from foundation.documents.operations import keep_document
from foundation.organisations.models import District
from foundation.permissions import SYSTEM
from tests.factories.organisations import make_officer

_numbers = itertools.count(1)


def categories() -> list[Category]:
    """The official seven, put in when they are missing."""
    return operations.load_categories(actor=SYSTEM)


def category(code: str = "legal-aid") -> Category:
    """One of the official seven."""
    return next(one for one in categories() if one.code == code)


def make_survey(*, state: str = SurveyState.DRAFT, by: Any = None, **fields: Any) -> Survey:
    """A survey; unless it is a draft, open from yesterday (closed: until an hour ago)."""
    now = clock.now()
    number = next(_numbers)
    if state != SurveyState.DRAFT:
        over = state in (SurveyState.CLOSED, SurveyState.PUBLISHED)
        fields.setdefault("opens_at", now - dt.timedelta(days=1))
        fields.setdefault("closes_at", now + dt.timedelta(hours=-1 if over else 24))
    fields.setdefault("title", f"职工需求调研{number}")
    fields.setdefault("slug", f"survey-{number}")
    fields.setdefault("population", 10_000)
    fields.setdefault("link", operations.link_for(fields["slug"]))
    return Survey.objects.create(
        state=state, created_by=by or make_officer(), created_at=now, **fields
    )


def make_question(
    survey: Survey,
    *options: tuple[str, str | None] | str,
    kind: str = QuestionKind.MULTIPLE,
    **fields: Any,
) -> Question:
    """A question with options: their wordings, or (wording, code of a category)."""
    categories()
    position = survey.questions.count() + 1
    fields.setdefault("wording", f"问题{position}")
    fields.setdefault("code", f"q{position}")
    question = Question.objects.create(survey=survey, position=position, kind=kind, **fields)
    for place, option in enumerate(options, start=1):
        wording, code = (option, None) if isinstance(option, str) else option
        Option.objects.create(
            question=question, position=place, code=str(place), wording=wording, category_id=code
        )
    return question


def make_responses(
    question: Question, *chosen: Option | int | None, district: District | None = None
) -> list[Response]:
    """One sheet for each of `chosen` (None: a sheet without an answer to the question)."""
    responses = []
    many = question.kind == QuestionKind.MULTIPLE
    for answer in chosen:
        answers: dict[str, Any] = {}
        if isinstance(answer, Option):
            answers[question.code] = [answer.code] if many else answer.code
        elif answer is not None:
            answers[question.code] = answer
        response = Response.objects.create(
            survey=question.survey,
            token=uuid.uuid4(),
            district=district,
            answered_at=clock.now(),
            answers=answers,
        )
        responses.append(response)
    return responses


def make_quota(survey: Survey, wanted: int = 10, **fields: Any) -> Quota:
    """So many answers are wanted, from manufacturing unless told otherwise."""
    if not fields.keys() & {"union", "district", "industry"}:
        fields["industry"] = "C"
    return Quota.objects.create(survey=survey, wanted=wanted, **fields)


def make_totals(survey: Survey, **fields: Any) -> KnownTotals:
    """So many workers in manufacturing and in trade."""
    fields.setdefault("margin", "industry")
    fields.setdefault("groups", [[["C"], 600], [["F"], 400]])
    return KnownTotals.objects.create(
        survey=survey,
        source="统计年鉴",
        dated_on=dt.date(2024, 12, 31),
        set_by=make_officer(),
        set_at=clock.now(),
        **fields,
    )


def make_intake(survey: Survey, data: bytes = b"sheet,q1\n1,1\n", **fields: Any) -> Intake:
    """A table of answers as it was handed in, nothing of it read."""
    officer = fields.pop("by", None) or make_officer()
    document = keep_document(
        ContentFile(data, name="paper.csv"), purpose="survey_answers", actor=officer
    )
    return Intake.objects.create(
        survey=survey, document=document, asked_by=officer, asked_at=clock.now(), **fields
    )


def make_need(*, state: str = NeedState.PUBLISHED, code: str = "legal-aid", **fields: Any) -> Need:
    """A need of a published survey, public unless told otherwise."""
    categories()
    number = next(_numbers)
    if "survey" not in fields:
        fields["survey"] = make_survey(state=SurveyState.PUBLISHED)
    fields.setdefault("title", f"需求{number}")
    fields.setdefault("audience", "新就业形态劳动者")
    fields.setdefault("headcount", 1200)
    fields.setdefault("urgency", 4)
    fields.setdefault("chosen", 60)
    fields.setdefault("answered", 100)
    if state == NeedState.RETIRED:
        fields.setdefault("retired_reason", "已有别的渠道")
    return Need.objects.create(state=state, category_id=code, created_at=clock.now(), **fields)

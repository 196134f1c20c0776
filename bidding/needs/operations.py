"""What can be done with a survey: write it, open it, answer it, close it, publish it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bidding.needs import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.needs import paper, sheet
from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.categories import OFFICIAL
from bidding.needs.choices import Choice
from bidding.needs.models import Answer, Category, Option, Question, QuestionKind, Response, Survey
from bidding.needs.need_operations import draw_need, edit_need, publish_need, retire_need
from bidding.needs.paper import Imported
from bidding.needs.queries import CHOOSING, questions_of, response_count
from bidding.needs.states import SurveyState
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import Clash, DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import District
from foundation.permissions import SYSTEM, allow

__all__ = ["draw_need", "edit_need", "publish_need", "retire_need"]

MOST_QUESTIONS = 40
MOST_TEXTS = 3
"""Free answers a survey may ask for: more are not answered on a phone, nor fit in a cookie."""


@operation
def load_categories(*, actor: Any) -> list[Category]:
    """Put in the official seven categories, or put their wording right again."""
    allow(actor, "load_categories")
    loaded = []
    for position, facts in enumerate(OFFICIAL, start=1):
        category = Category.objects.filter(code=facts["code"]).first()
        if category is None or any(getattr(category, name) != facts[name] for name in facts):
            category, _new = Category.objects.update_or_create(
                code=facts["code"], defaults={**facts, "position": position}
            )
            record(actor, "load_categories", category)
        loaded.append(category)
    return loaded


@operation
def create_survey(
    *,
    title: str,
    title_en: str = "",
    slug: str = "",
    intro: str = "",
    intro_en: str = "",
    population: int = 0,
    actor: Any,
) -> Survey:
    """Start a survey; without a short name for its address it gets one from the year."""
    allow(actor, "create_survey")
    survey = Survey(
        title=title,
        title_en=title_en,
        slug=slug or _next_slug(),
        intro=intro,
        intro_en=intro_en,
        population=population,
        created_by=actor,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            survey.save()
    except IntegrityError:
        raise Clash(_("Another survey has this short name already."), field="slug") from None
    record(actor, "create_survey", survey)
    return survey


def _next_slug() -> str:
    year = clock.today().year
    return f"{year}-{Survey.objects.filter(slug__startswith=f'{year}-').count() + 1}"


@operation
def edit_survey(
    survey: Survey,
    *,
    title: str,
    title_en: str = "",
    intro: str = "",
    intro_en: str = "",
    population: int = 0,
    actor: Any,
) -> Survey:
    """Change the words of a survey nobody has seen yet."""
    survey = lock(survey)
    allow(actor, "edit_survey", survey)
    survey.title, survey.title_en = title, title_en
    survey.intro, survey.intro_en = intro, intro_en
    survey.population = population
    survey.save()
    record(actor, "edit_survey", survey)
    return survey


def _check_options(kind: str, choices: list[Choice]) -> None:
    if kind in CHOOSING and len(choices) < 2:
        raise DomainError(_("Give at least two choices, one a line."), field="choices")
    if kind not in CHOOSING and choices:
        raise DomainError(_("Only questions with choices have choices."), field="choices")


def _write_options(question: Question, choices: Iterable[Choice]) -> None:
    Option.objects.bulk_create(
        Option(
            question=question,
            position=place,
            wording=choice.wording,
            wording_en=choice.wording_en,
            category_id=choice.category,
        )
        for place, choice in enumerate(choices, start=1)
    )


@operation
def add_question(
    survey: Survey,
    *,
    kind: str,
    wording: str,
    wording_en: str = "",
    required: bool = True,
    choices: list[Choice],
    actor: Any,
) -> Question:
    """Add a question at the end of a draft."""
    survey = lock(survey)
    allow(actor, "add_question", survey)
    _check_options(kind, choices)
    kinds_now = list(survey.questions.values_list("kind", flat=True))
    if len(kinds_now) >= MOST_QUESTIONS:
        raise DomainError(_("A survey has at most %(most)d questions.") % {"most": MOST_QUESTIONS})
    if kind == QuestionKind.TEXT and kinds_now.count(kind) >= MOST_TEXTS:
        raise DomainError(
            _("A survey has at most %(most)d questions with a free answer.") % {"most": MOST_TEXTS},
            field="kind",
        )
    last = survey.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        survey=survey,
        position=last + 1,
        kind=kind,
        wording=wording,
        wording_en=wording_en,
        required=required,
    )
    _write_options(question, choices)
    record(actor, "add_question", survey, question=question.pk, wording=wording)
    return question


@operation
def edit_question(
    question: Question,
    *,
    wording: str,
    wording_en: str = "",
    required: bool = True,
    choices: list[Choice],
    actor: Any,
) -> Question:
    """Reword a question of a draft and set its choices anew; its kind stays."""
    survey = lock(question.survey)
    allow(actor, "edit_question", survey)
    question = lock(question)
    _check_options(question.kind, choices)
    question.wording, question.wording_en, question.required = wording, wording_en, required
    question.save()
    question.options.all().delete()
    _write_options(question, choices)
    record(actor, "edit_question", survey, question=question.pk, wording=wording)
    return question


@operation
def remove_question(question: Question, *, actor: Any) -> Survey:
    """Take a question out of a draft."""
    survey = lock(question.survey)
    allow(actor, "remove_question", survey)
    record(actor, "remove_question", survey, question=question.pk, wording=question.wording)
    question.delete()
    return survey


@operation
def open_survey(
    survey: Survey, *, opens_at: dt.datetime, closes_at: dt.datetime, actor: Any
) -> Survey:
    """Open the survey to everybody between two moments; it closes by itself."""
    survey = lock(survey)
    allow(actor, "open_survey", survey)
    if not survey.questions.exists():
        raise DomainError(_("A survey needs at least one question before it opens."))
    if closes_at <= max(opens_at, clock.now()):
        raise DomainError(
            _("The closing has to be after the opening, and in the future."), field="closes_at"
        )
    survey.move_to(SurveyState.OPEN, opens_at=opens_at, closes_at=closes_at)
    _schedule_closing(survey)
    record(actor, "open_survey", survey, opens_at=opens_at, closes_at=closes_at)
    return survey


def _schedule_closing(survey: Survey) -> None:
    assert survey.closes_at is not None
    key = f"survey:{survey.pk}:close:{survey.closes_at.isoformat()}"
    schedule("close_survey", survey.closes_at, key=key, survey=survey.pk)


@operation
def answer_survey(
    survey: Survey,
    *,
    token: uuid.UUID,
    answers: Mapping[int, Any],
    district: District | None = None,
    actor: Any,
) -> Response:
    """Hand in one sheet, without a name; the same token handed in again changes nothing.

    The trail says that a sheet came in, never who was signed in when it did.
    """
    survey = lock(survey)
    before = Response.objects.filter(token=token, survey=survey).first()
    if before is not None:
        return before
    allow(actor, "answer_survey", survey)
    rows = sheet.filled(questions_of(survey), answers)
    response = Response.objects.create(
        survey=survey, token=token, district=district, answered_at=clock.now()
    )
    for row in rows:
        row.response = response
    Answer.objects.bulk_create(rows)
    record(SYSTEM, "answer_survey", response)
    return response


@operation
def import_responses(survey: Survey, *, file: Any, actor: Any) -> Imported:
    """Bring in answers given on paper: good rows go in, every other is named with its reason.

    A sheet's number makes its row known again, so the same file may be brought in twice.
    """
    survey = lock(survey)
    allow(actor, "import_responses", survey)
    questions = questions_of(survey)
    districts = {word: d for d in District.objects.all() for word in (d.code, d.name)}
    known = set(Response.objects.filter(survey=survey).values_list("token", flat=True))
    outcome = Imported()
    taken: list[tuple[Response, list[Answer]]] = []
    for count, row in enumerate(paper.rows_of(file.read(), questions), start=1):
        if count > paper.MOST_ROWS:
            raise DomainError(
                _("Bring in at most %(most)d rows at a time.") % {"most": paper.MOST_ROWS},
                field="file",
            )
        try:
            taken.append(_taken_in(survey, row, questions, districts, known))
        except DomainError as refusal:
            outcome.refused.append((row.line, _reason(refusal, questions)))
    _store(taken)
    outcome.accepted = len(taken)
    refused = len(outcome.refused)
    record(actor, "import_responses", survey, accepted=outcome.accepted, refused=refused)
    return outcome


def _reason(refusal: DomainError, questions: list[Question]) -> str:
    """The refusal with the column it is about, as the person sees the columns."""
    for place, question in enumerate(questions, start=1):
        if refusal.field == sheet.field_of(question):
            return f"q{place}: {refusal}"
    return str(refusal)


def _taken_in(
    survey: Survey,
    row: paper.Row,
    questions: list[Question],
    districts: dict[str, District],
    known: set[uuid.UUID],
) -> tuple[Response, list[Answer]]:
    """One row of paper as a response and its answers, or raise why not."""
    if not row.sheet:
        raise DomainError(_("The sheet has no number."))
    token = uuid.uuid5(uuid.NAMESPACE_URL, f"survey:{survey.pk}:sheet:{row.sheet}")
    if token in known:
        raise DomainError(_("Sheet %(sheet)s is in already.") % {"sheet": row.sheet})
    if row.district and row.district not in districts:
        raise DomainError(_("There is no district “%(name)s”.") % {"name": row.district})
    answers = sheet.filled(questions, row.values)
    known.add(token)
    response = Response(
        survey=survey,
        token=token,
        channel="paper",
        district=districts.get(row.district),
        answered_at=clock.now(),
    )
    return response, answers


def _store(taken: list[tuple[Response, list[Answer]]]) -> None:
    """Write responses, then their answers, in two statements however many there are."""
    Response.objects.bulk_create(response for response, _answers in taken)
    for response, answers in taken:
        for answer in answers:
            answer.response = response
    Answer.objects.bulk_create(answer for _response, answers in taken for answer in answers)


@operation
def close_survey(survey: Survey, *, actor: Any) -> Survey:
    """End the asking and tell the officer who started it."""
    survey = lock(survey)
    allow(actor, "close_survey", survey)
    survey.move_to(SurveyState.CLOSED)
    answers = response_count(survey)
    record(actor, "close_survey", survey, answers=answers)
    tell(
        [survey.created_by],
        "survey_closed",
        url=path_to("needs:manage", survey.slug),
        survey=own_words_lazily(survey, "title"),
        answers=answers,
    )
    return survey


@handles("close_survey")
def close_due_survey(survey: int) -> None:
    """The closing time has come; one that was moved or passed already changes nothing."""
    found = Survey.objects.get(pk=survey)
    is_due = found.closes_at is not None and found.closes_at <= clock.now()
    if found.state == SurveyState.OPEN and is_due:
        close_survey(found, actor=SYSTEM)


@operation
def publish_survey(survey: Survey, *, actor: Any) -> Survey:
    """Make the results public; from then on nothing about them changes."""
    survey = lock(survey)
    allow(actor, "publish_survey", survey)
    survey.move_to(SurveyState.PUBLISHED)
    record(actor, "publish_survey", survey, answers=response_count(survey))
    return survey

"""What can be done with a survey: write it, open it, answer it, close it, publish it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from bidding.needs import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.categories import OFFICIAL
from bidding.needs.finding_operations import (
    limit_weights,
    publish_survey,
    remove_totals,
    set_totals,
)
from bidding.needs.form_operations import import_xlsform
from bidding.needs.intake_operations import break_off_table, import_responses, take_in_rows
from bidding.needs.models import Category, Option, Survey
from bidding.needs.need_operations import (
    discard_need,
    draw_need,
    draw_needs,
    edit_need,
    publish_need,
    publish_needs,
    retire_need,
)
from bidding.needs.queries import questionnaire_of, questions_of, response_count
from bidding.needs.question_operations import (
    add_question,
    edit_question,
    move_question,
    refuse_problems,
    remove_question,
)
from bidding.needs.quota_operations import remove_quota, set_quota
from bidding.needs.response_operations import answer_survey, enter_sheet
from bidding.needs.states import SurveyState
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import Clash, DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow

__all__ = [
    "add_question",
    "answer_survey",
    "break_off_table",
    "discard_need",
    "draw_need",
    "draw_needs",
    "edit_need",
    "edit_question",
    "enter_sheet",
    "import_responses",
    "import_xlsform",
    "limit_weights",
    "move_question",
    "publish_need",
    "publish_needs",
    "publish_survey",
    "remove_question",
    "remove_quota",
    "remove_totals",
    "retire_need",
    "set_quota",
    "set_totals",
    "take_in_rows",
]

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What short links are made of: nothing that is read for something else."""


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
    most_sheets: int | None = None,
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
        most_sheets=most_sheets,
        created_by=actor,
        created_at=clock.now(),
    )
    _save_new(survey)
    record(actor, "create_survey", survey)
    return survey


def _save_new(survey: Survey) -> None:
    survey.link = link_for(survey.slug)
    try:
        with transaction.atomic():
            survey.save()
    except IntegrityError:
        raise Clash(_("Another survey has this short name already."), field="slug") from None


def link_for(slug: str) -> str:
    """The short link of a survey: six letters that follow from its short name and our key."""
    for attempt in range(100):
        digest = salted_hmac("survey-link", f"{slug}:{attempt}").digest()
        link = "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:6])
        if not Survey.objects.filter(link=link).exclude(slug=slug).exists():
            return link
    raise Clash(_("Another survey has this short name already."), field="slug")


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
    most_sheets: int | None = None,
    actor: Any,
) -> Survey:
    """Change the words of a survey nobody has seen yet."""
    survey = lock(survey)
    allow(actor, "edit_survey", survey)
    survey.title, survey.title_en = title, title_en
    survey.intro, survey.intro_en = intro, intro_en
    survey.population, survey.most_sheets = population, most_sheets
    survey.save()
    record(actor, "edit_survey", survey)
    return survey


@operation
def open_survey(
    survey: Survey, *, opens_at: dt.datetime, closes_at: dt.datetime, actor: Any
) -> Survey:
    """Open the survey to everybody between two moments; it closes by itself."""
    survey = lock(survey)
    allow(actor, "open_survey", survey)
    questionnaire = questionnaire_of(survey)
    refuse_problems(questionnaire)
    _check_times(opens_at, closes_at)
    _close_earlier(survey, actor)
    survey.move_to(
        SurveyState.OPEN,
        opens_at=opens_at,
        closes_at=closes_at,
        fingerprint=survey.fingerprint or questionnaire.fingerprint(),
    )
    _schedule_closing(survey)
    record(actor, "open_survey", survey, opens_at=opens_at, closes_at=closes_at)
    return survey


def _check_times(opens_at: dt.datetime, closes_at: dt.datetime) -> None:
    if closes_at <= max(opens_at, clock.now()):
        raise DomainError(
            _("The closing has to be after the opening, and in the future."), field="closes_at"
        )


def _close_earlier(survey: Survey, actor: Any) -> None:
    """Two versions never ask at once: the one this follows is closed."""
    earlier = survey.earlier
    if earlier is not None and earlier.state == SurveyState.OPEN:
        close_survey(earlier, actor=actor)


@operation
def reschedule_survey(
    survey: Survey, *, opens_at: dt.datetime, closes_at: dt.datetime, actor: Any
) -> Survey:
    """Move the times of an open survey."""
    survey = lock(survey)
    allow(actor, "reschedule_survey", survey)
    _check_times(opens_at, closes_at)
    before = {"opens_at": survey.opens_at, "closes_at": survey.closes_at}
    survey.opens_at, survey.closes_at = opens_at, closes_at
    survey.save(update_fields=["opens_at", "closes_at"])
    _schedule_closing(survey)
    record(
        actor, "reschedule_survey", survey, before=before, opens_at=opens_at, closes_at=closes_at
    )
    return survey


@operation
def revise_survey(survey: Survey, *, actor: Any) -> Survey:
    """Begin the next version: a draft with the same words, questions, codes and quotas.

    Answers stay with the version they were given to; codes make them comparable.
    """
    survey = lock(survey)
    allow(actor, "revise_survey", survey)
    number = survey.version + 1
    root = survey.slug.removesuffix(f"-v{survey.version}")
    words = ("title", "title_en", "intro", "intro_en", "population", "most_sheets")
    later = Survey(
        **{name: getattr(survey, name) for name in words},
        slug=f"{root[:55]}-v{number}",
        version=number,
        earlier=survey,
        created_by=actor,
        created_at=clock.now(),
    )
    _save_new(later)
    _copy_questions(survey, later)
    for quota in survey.quotas.all():
        quota.pk, quota.survey = None, later
        quota.save()
    record(actor, "revise_survey", survey, later=later.slug)
    return later


def _copy_questions(survey: Survey, later: Survey) -> None:
    for question in questions_of(survey):
        options = list(question.options.all())
        question.pk, question.survey = None, later
        question.save()
        for option in options:
            option.pk, option.question = None, question
        Option.objects.bulk_create(options)


def _schedule_closing(survey: Survey) -> None:
    assert survey.closes_at is not None
    key = f"survey:{survey.pk}:close:{survey.closes_at.isoformat()}"
    schedule("close_survey", survey.closes_at, key=key, survey=survey.pk)


@operation
def close_survey(survey: Survey, *, actor: Any) -> Survey:
    """End the asking and tell the officer who started it."""
    survey = lock(survey)
    allow(actor, "close_survey", survey)
    now, facts = clock.now(), {}
    if survey.opens_at and survey.closes_at and survey.opens_at < now < survey.closes_at:
        facts["closes_at"] = now  # earlier than was said: what is told of it is when it was
    survey.move_to(SurveyState.CLOSED, **facts)
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

"""What can be done with a draft's questions: add, reword, move, take out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.choices import Choice
from bidding.needs.models import Option, Question, QuestionKind, Survey
from bidding.needs.queries import questionnaire_of
from bidding.needs.questionnaire import CHOOSING, Clause, Level, Questionnaire
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.operations import lock, operation
from foundation.permissions import allow

MOST_QUESTIONS = 60
MOST_TEXTS = 3
"""Free answers a survey may ask for: more are not answered on a phone, nor fit in a cookie."""

MOST_CHOICES = 60
OTHER = Choice("其他（请说明）", "Other (please say what)", code="other")
"""The last choice of a question that has “other”."""

PROBLEMS: dict[str, Any] = {
    "empty": gettext_lazy("A survey needs at least one question before it opens."),
    "twice": gettext_lazy("%(code)s: another question has this code."),
    "placed": gettext_lazy("%(code)s: district and industry can each be asked once."),
    "later": gettext_lazy(
        "%(code)s is asked after what was answered to %(word)s, which has to come before it."
    ),
    "number": gettext_lazy("%(code)s: the answer to %(word)s cannot decide who is asked."),
    "unknown": gettext_lazy("%(code)s is asked of those who chose “%(word)s”, which is no choice."),
}


def refuse_problems(questionnaire: Questionnaire, *, but: str = "") -> None:
    """Raise the first problem of the questionnaire as a sentence (leaving out one sort)."""
    for problem in questionnaire.problems():
        if problem.what != but:
            words = {"code": problem.code, "word": problem.word}
            raise DomainError(PROBLEMS[problem.what] % words)


def check_parts(kind: str, choices: Sequence[Choice], levels: Sequence[Level]) -> None:
    """Choices where there have to be some and nowhere else; columns in a grid."""
    if kind in CHOOSING and len(choices) < 2:
        raise DomainError(_("Give at least two choices, one a line."), field="choices")
    if kind == QuestionKind.GRID and not choices:
        raise DomainError(_("Give at least one statement, one a line."), field="choices")
    if kind not in CHOOSING and kind != QuestionKind.GRID and choices:
        raise DomainError(_("Only questions with choices have choices."), field="choices")
    if len(choices) > MOST_CHOICES:
        raise DomainError(
            _("A question has at most %(most)d choices.") % {"most": MOST_CHOICES}, field="choices"
        )
    if kind == QuestionKind.GRID and not 2 <= len(levels) <= 10:
        raise DomainError(_("A grid has 2 to 10 columns, one a line."), field="levels")


def write_options(question: Question, choices: Iterable[Choice], *, with_other: bool) -> None:
    """Set the choices anew; one whose wording stays keeps its code."""
    known = {option.wording: option.code for option in question.options.all()}
    question.options.all().delete()
    listed = [*choices, *([OTHER] if with_other else [])]
    kept = {known[choice.wording] for choice in listed if choice.wording in known}
    kept |= {choice.code for choice in listed if choice.code}
    free = (str(number) for number in range(1, 1000) if str(number) not in kept)
    Option.objects.bulk_create(
        Option(
            question=question,
            position=place,
            code=choice.code or known.get(choice.wording) or next(free),
            wording=choice.wording,
            wording_en=choice.wording_en,
            category_id=choice.category,
            is_other=with_other and place == len(listed),
        )
        for place, choice in enumerate(listed, start=1)
    )


def stored_levels(levels: Iterable[Level]) -> list[dict[str, str]]:
    """A grid's columns as the row keeps them."""
    return [{"wording": one.wording, "wording_en": one.wording_en} for one in levels]


def stored_conditions(conditions: Iterable[Clause]) -> list[dict[str, Any]]:
    """Who is asked, as the row keeps it."""
    return [
        {"question": one.question, "test": one.test, "values": list(one.values)}
        for one in conditions
    ]


def _check_room(survey: Survey, kind: str) -> None:
    kinds_now = list(survey.questions.values_list("kind", flat=True))
    if len(kinds_now) >= MOST_QUESTIONS:
        raise DomainError(_("A survey has at most %(most)d questions.") % {"most": MOST_QUESTIONS})
    if kind == QuestionKind.TEXT and kinds_now.count(kind) >= MOST_TEXTS:
        raise DomainError(
            _("A survey has at most %(most)d questions with a free answer.") % {"most": MOST_TEXTS},
            field="kind",
        )


def _next_code(survey: Survey, kind: str) -> str:
    letter = "s" if kind == QuestionKind.SECTION else "q"
    taken = set(survey.questions.values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := f"{letter}{n}") not in taken)


def _unasked(kind: str) -> dict[str, bool]:
    """Nobody has to answer a heading."""
    return {"required": False} if kind == QuestionKind.SECTION else {}


@operation
def add_question(
    survey: Survey,
    *,
    kind: str,
    choices: Sequence[Choice] = (),
    with_other: bool = False,
    levels: Sequence[Level] = (),
    conditions: Sequence[Clause] = (),
    actor: Any,
    **facts: Any,
) -> Question:
    """Add a question at the end of a draft.

    `facts` are its columns: wording, wording_en, hint, hint_en, required, least, most; without a
    `code` it gets the next of q1, q2 …
    """
    survey = lock(survey)
    allow(actor, "add_question", survey)
    check_parts(kind, choices, levels)
    _check_room(survey, kind)
    last = survey.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        survey=survey,
        position=last + 1,
        kind=kind,
        levels=stored_levels(levels),
        conditions=stored_conditions(conditions),
        **{"code": _next_code(survey, kind), **facts, **_unasked(kind)},
    )
    write_options(question, choices, with_other=with_other and kind in ("single", "multiple"))
    refuse_problems(questionnaire_of(survey), but="empty")
    record(actor, "add_question", survey, question=question.pk, wording=question.wording)
    return question


@operation
def edit_question(
    question: Question,
    *,
    choices: Sequence[Choice] = (),
    with_other: bool = False,
    levels: Sequence[Level] = (),
    conditions: Sequence[Clause] = (),
    actor: Any,
    **facts: Any,
) -> Question:
    """Reword a question of a draft and set its choices anew; its kind and code stay."""
    survey = lock(question.survey)
    allow(actor, "edit_question", survey)
    question = lock(question)
    check_parts(question.kind, choices, levels)
    for name, value in facts.items():
        setattr(question, name, value)
    question.levels = stored_levels(levels)
    question.conditions = stored_conditions(conditions)
    question.save()
    can_be_other = question.kind in ("single", "multiple")
    write_options(question, choices, with_other=with_other and can_be_other)
    refuse_problems(questionnaire_of(survey), but="empty")
    record(actor, "edit_question", survey, question=question.pk, wording=question.wording)
    return question


@operation
def move_question(question: Question, *, up: bool, actor: Any) -> Question:
    """Change places with the question before (or after) it."""
    survey = lock(question.survey)
    allow(actor, "move_question", survey)
    question = lock(question)
    if up:
        beside = survey.questions.filter(position__lt=question.position).order_by("-position")
    else:
        beside = survey.questions.filter(position__gt=question.position).order_by("position")
    other = beside.first()
    if other is None:
        raise DomainError(_("There is no place to move it to."))
    here, there = question.position, other.position
    for row, place in ((question, 30_000), (other, here), (question, there)):
        row.position = place  # never two in one place, not even for a moment
        row.save(update_fields=["position"])
    refuse_problems(questionnaire_of(survey), but="empty")
    record(actor, "move_question", survey, question=question.pk, up=up)
    return question


@operation
def remove_question(question: Question, *, actor: Any) -> Survey:
    """Take a question out of a draft."""
    survey = lock(question.survey)
    allow(actor, "remove_question", survey)
    record(actor, "remove_question", survey, question=question.pk, wording=question.wording)
    question.delete()
    refuse_problems(questionnaire_of(survey), but="empty")
    return survey

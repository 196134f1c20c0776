"""One filled-in questionnaire: what was answered, checked question by question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from bidding.needs.models import Answer, Question, QuestionKind
from foundation.errors import DomainError

LONGEST_TEXT = 200
"""Characters of a free answer: what a thumb types, and what a cookie holds."""

LARGEST_NUMBER = 1_000_000

SCALE = range(1, 6)


def field_of(question: Question) -> str:
    """The name of the question's field in a form, and in a refusal."""
    return f"q{question.pk}"


def answers_to(question: Question, value: Any) -> list[Answer]:
    """The rows one typed value becomes: none for an empty one that may stay empty.

    Choices come as a list of option numbers (keys), the others as a number or a text. The
    options must have been loaded with the question.
    """
    empty = value in (None, "", [], ())
    if empty and question.required:
        raise DomainError(_("Please answer this question."), field=field_of(question))
    if empty:
        return []
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        return _chosen(question, value)
    if question.kind == QuestionKind.TEXT:
        text = str(value).strip()
        if len(text) > LONGEST_TEXT:
            raise DomainError(
                _("Please say it in %(most)d characters or fewer.") % {"most": LONGEST_TEXT},
                field=field_of(question),
            )
        return [Answer(question=question, text=text)]
    return [Answer(question=question, number=_number(question, value))]


def _chosen(question: Question, value: Any) -> list[Answer]:
    wanted = value if isinstance(value, list | tuple) else [value]
    known = {str(option.pk): option for option in question.options.all()}
    if any(str(key) not in known for key in wanted):
        raise DomainError(_("Choose from the answers given."), field=field_of(question))
    if question.kind == QuestionKind.SINGLE and len(wanted) != 1:
        raise DomainError(_("Choose one answer."), field=field_of(question))
    return [Answer(question=question, option=known[key]) for key in dict.fromkeys(map(str, wanted))]


def _number(question: Question, value: Any) -> int:
    try:
        number = int(str(value).strip())
    except ValueError:
        raise DomainError(_("Please give a whole number."), field=field_of(question)) from None
    scale = question.kind == QuestionKind.SCALE
    if number not in (SCALE if scale else range(LARGEST_NUMBER + 1)):
        sentence = (
            _("Please choose from 1 to 5.")
            if scale
            else _("Please give a number from 0 to %(most)s.") % {"most": f"{LARGEST_NUMBER:,}"}
        )
        raise DomainError(sentence, field=field_of(question))
    return number


def filled(questions: Iterable[Question], values: Mapping[int, Any]) -> list[Answer]:
    """All rows of one sheet, by question key; raises the first question's refusal."""
    return [row for question in questions for row in answers_to(question, values.get(question.pk))]

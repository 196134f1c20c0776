"""Taking a draft's questions from a form that was written elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.models import Option, Question, Survey
from bidding.needs.question_operations import (
    refuse_problems,
    stored_conditions,
    stored_levels,
)
from bidding.needs.questionnaire import Item, Questionnaire
from foundation.audit.operations import record
from foundation.operations import lock, operation
from foundation.permissions import allow


@operation
def import_xlsform(survey: Survey, *, items: Sequence[Item], actor: Any) -> Survey:
    """Put the questions of an XLSForm in the place of the draft's own."""
    survey = lock(survey)
    allow(actor, "import_xlsform", survey)
    refuse_problems(Questionnaire(tuple(items)))
    replaced = survey.questions.count()
    survey.questions.all().delete()
    for position, item in enumerate(items, start=1):
        question = Question.objects.create(
            survey=survey,
            position=position,
            levels=stored_levels(item.levels),
            conditions=stored_conditions(item.conditions),
            **{name: getattr(item, name) for name in COLUMNS},
        )
        Option.objects.bulk_create(
            Option(
                question=question,
                position=place,
                code=choice.code,
                wording=choice.wording,
                wording_en=choice.wording_en,
                category_id=choice.category,
                is_other=choice.is_other,
            )
            for place, choice in enumerate(item.choices, start=1)
        )
    record(actor, "import_xlsform", survey, questions=len(items), replaced=replaced)
    return survey


COLUMNS = (
    *("code", "kind", "wording", "wording_en", "hint", "hint_en"),
    *("required", "least", "most"),
)

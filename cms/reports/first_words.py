"""A survey's report before anybody has written one: its figures under plain headings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from bidding.needs.models import Question, QuestionKind, Survey
from cms.reports.asking import KINDS
from cms.words import Blocks, Words
from foundation.face.values import own_words

ABOUT = (QuestionKind.SINGLE,)
"""Kinds that tell groups apart; the first question of such a kind divides the first of choices."""


def first_report(survey: Survey) -> tuple[Words, Words]:
    """Key figures, needs, a chart of each question, the districts, and where to go from here."""
    questions = list(survey.questions.filter(kind__in=list(KINDS)).order_by("position"))
    chinese = _blocks(survey, questions, ("职工最需要什么", "职工怎样回答", "各街镇", "查看征集"))
    english = _blocks(
        survey,
        questions,
        ("What workers need", "How workers answered", "District by district", "See the calls"),
    )
    with override("zh-hans"):
        first = Words(survey.title, survey.intro, chinese)
    with override("en"):
        second = Words(own_words(survey, "title"), own_words(survey, "intro"), english)
    return first, second


def _blocks(survey: Survey, questions: list[Question], words: tuple[str, ...]) -> Blocks:
    needs, answers, districts, calls = words
    blocks: Blocks = [
        ("figures", {"figures": [f"answers:{survey.pk}"]}),
        ("section", needs),
        ("needs", {"count": 6}),
        ("section", answers),
    ]
    blocks += [chart(question) for question in questions]
    blocks += [
        ("section", districts),
        ("districts", {"shows": "all"}),
        ("action", {"label": calls, "page": None, "path": "/calls/"}),
    ]
    return blocks


def chart(question: Question) -> tuple[str, Any]:
    """The block that draws a question."""
    return "chart", {"question": str(question.pk)}

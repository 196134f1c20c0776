"""Figures as plain data and back: what is kept when a survey is published, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from typing import Any

from bidding.needs.figures import OptionResult, QuestionResult
from bidding.needs.models import Question
from bidding.needs.statistics import Share
from bidding.sampling.themes import Theme

PLAIN = ("n", "mean", "mean_low", "mean_high", "plain_mean", "effective")
DIGITS = 10
"""So many digits of a figure are kept: the same on every machine, far more than are shown."""


def frozen(results: Iterable[QuestionResult]) -> dict[str, Any]:
    """{question's code: its figures}; what is too small to show is not in it."""
    return {
        result.question.code: {
            **{name: _rounded(getattr(result, name)) for name in PLAIN},
            "options": {row.option.code: _row(row) for row in result.options},
            "levels": {str(level): _share(share) for level, share in result.levels},
            "themes": [[theme.word, theme.people] for theme in result.themes],
        }
        for result in results
    }


def _row(row: OptionResult) -> dict[str, Any]:
    means = ("mean", "mean_low", "mean_high")
    return {
        "share": _share(row.share),
        **{name: _rounded(getattr(row, name)) for name in means},
    }


def _share(share: Share) -> list[Any]:
    return [_rounded(value) for value in astuple(share)]


def _rounded(value: float | None) -> float | None:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def restored(questions: Iterable[Question], kept: Mapping[str, Any]) -> list[QuestionResult]:
    """The results as they were frozen, beside their questions."""
    return [
        _result(question, kept[question.code]) for question in questions if question.code in kept
    ]


def _result(question: Question, kept: Mapping[str, Any]) -> QuestionResult:
    options = {option.code: option for option in question.options.all()}
    return QuestionResult(
        question,
        **{name: kept[name] for name in PLAIN},
        options=[
            OptionResult(
                options[code],
                row["share"][1] or 0,
                Share(*row["share"]),
                row["mean"],
                row["mean_low"],
                row["mean_high"],
            )
            for code, row in kept["options"].items()
        ],
        levels=[(int(level), Share(*share)) for level, share in kept["levels"].items()],
        themes=[Theme(word, people) for word, people in kept["themes"]],
    )


def digest_of(figures: Mapping[str, Any]) -> str:
    """SHA-256 of the figures, whatever order they were written down in."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

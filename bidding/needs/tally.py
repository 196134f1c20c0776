"""Sheets counted: how many answered what. Pure: rows in, counts out, in one pass."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
    """What was answered, by the codes of questions and choices.

    `answered[question]` people answered it; `chosen[question, choice]` took the choice;
    `numbers[question]` is {number: how often}; `inner[question, choice]` is {place or level: how
    often} of a ranking or a grid; `placed` counts the sheets with a district, an industry.
    """

    n: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)
    numbers: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    inner: dict[tuple[str, str], Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    placed: Counter[str] = field(default_factory=lambda: Counter(district=0, industry=0))


def count(sheets: Iterable[tuple[Any, str, dict[str, Any]]]) -> Tally:
    """Count sheets given as (district, industry, answers).

    A list counts as chosen and, by its order, as ranked: the questionnaire knows which it was.
    """
    tally = Tally()
    answered, chosen, numbers, inner = tally.answered, tally.chosen, tally.numbers, tally.inner
    for district, industry, answers in sheets:
        tally.n += 1
        tally.placed["district"] += district is not None
        tally.placed["industry"] += bool(industry)
        for code, value in answers.items():
            answered[code] += 1
            if isinstance(value, list):
                for place, choice in enumerate(value, start=1):
                    chosen[code, choice] += 1
                    inner[code, choice][place] += 1
            elif isinstance(value, dict):
                for row, level in value.items():
                    inner[code, row][level] += 1
            elif isinstance(value, int):
                numbers[code][value] += 1
            elif value.isascii() and len(value) <= 40:  # a code; free answers are not kept
                chosen[code, value] += 1
    return tally

"""Choices typed one a line: “wording | wording in English | category”."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LONGEST = 120
LONGEST_EN = 160


@dataclass(frozen=True)
class Choice:
    """One line: the wording, perhaps in English too, perhaps speaking for a category.

    A `code` comes with choices that were not typed but taken from a form; else they are numbered.
    """

    wording: str
    wording_en: str = ""
    category: str | None = None
    code: str = ""


class LineFault(ValueError):
    """A line that cannot be read: its number, what is wrong ("long", "category", "twice")."""

    def __init__(self, line: int, fault: str, word: str) -> None:
        super().__init__(f"line {line}: {fault} {word!r}")
        self.line = line
        self.fault = fault
        self.word = word


def read_choices(text: str, categories: Mapping[str, str]) -> list[Choice]:
    """The choices in `text`; `categories` maps every name a category goes by to its code.

    Empty lines are passed over. Raises LineFault at the first line that does not hold.
    """
    choices: list[Choice] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        wording, english, category = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
        if not wording:
            continue
        if len(wording) > LONGEST or len(english) > LONGEST_EN:
            raise LineFault(number, "long", wording)
        if wording in seen:
            raise LineFault(number, "twice", wording)
        if category and category.lower() not in categories:
            raise LineFault(number, "category", category)
        seen.add(wording)
        choices.append(Choice(wording, english, categories.get(category.lower())))
    return choices


def write_choices(choices: Iterable[Choice]) -> str:
    """The text that `read_choices` reads back to the same choices."""
    return "\n".join(
        " | ".join(
            part for part in (choice.wording, choice.wording_en, choice.category or "")
        ).rstrip(" |")
        for choice in choices
    )

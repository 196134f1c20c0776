"""Answers given on paper and typed into a table: reading the CSV, line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bidding.needs.models import Question, QuestionKind
from foundation.errors import DomainError

SHEET, DISTRICT = "sheet", "district"
MOST_ROWS = 20_000
MANY = ";；、"
"""What may stand between several choices of one cell."""


@dataclass
class Imported:
    """How an import went: how many sheets are in, and every row that is not, with its reason."""

    accepted: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One row of the table: its line, the number on the sheet, the district's word, the values."""

    line: int
    sheet: str
    district: str
    values: dict[int, Any]


def heads(questions: Sequence[Question]) -> list[str]:
    """The first line a table must have: sheet, district, q1 … qn in the order asked."""
    return [SHEET, DISTRICT, *(f"q{place}" for place in range(1, len(questions) + 1))]


def decoded(data: bytes) -> str:
    """The text of a file saved as UTF-8 or, as Chinese spreadsheets do, as GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DomainError(_("This is not a CSV file in UTF-8 or GB 18030."), field="file")


def rows_of(data: bytes, questions: Sequence[Question]) -> Iterator[Row]:
    """The table's rows, choices turned from their place or wording into keys.

    Raises DomainError when the file is no such table; a cell that fits no choice is handed on
    as it is, so that the sheet's check refuses that row alone.
    """
    text = decoded(data)
    if "\x00" in text:
        raise DomainError(_("This is not a CSV file."), field="file")
    table = csv.reader(io.StringIO(text, newline=""))
    first = [head.strip().lower() for head in next(table, [])]
    wanted = heads(questions)
    if first != wanted:
        raise DomainError(
            _("The first line must be: %(heads)s.") % {"heads": ",".join(wanted)}, field="file"
        )
    for cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        padded = [cell.strip() for cell in cells] + [""] * (len(wanted) - len(cells))
        values = {
            question.pk: _value(question, cell)
            for question, cell in zip(questions, padded[2 : len(wanted)], strict=True)
        }
        yield Row(table.line_num, padded[0], padded[1], values)


def _value(question: Question, cell: str) -> Any:
    if question.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE) or not cell:
        return cell
    by_word: dict[str, str] = {}
    for place, option in enumerate(question.options.all(), start=1):
        by_word |= {str(place): str(option.pk), option.wording: str(option.pk)}
    for mark in MANY[1:]:
        cell = cell.replace(mark, MANY[0])
    words = [word.strip() for word in cell.split(MANY[0]) if word.strip()]
    return [by_word.get(word, "?") for word in words]


def template(questions: Sequence[Question]) -> str:
    """An empty table to fill in: the first line only."""
    return ",".join(heads(questions)) + "\r\n"

"""Writing CSV that spreadsheets open safely: a cell that looks like a formula is only text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def neutral(cell: Any) -> str:
    """The cell as text; what a spreadsheet would take for a formula gets an apostrophe."""
    text = str(cell)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The rows as CSV, line by line, with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])

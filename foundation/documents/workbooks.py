"""Workbooks (XLSX) that people hand in: read as a stream, once it is sure they are no bomb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

from openpyxl import load_workbook

from foundation.documents.content import Unfit, media_type_of


class WorkSheet(NamedTuple):
    """One sheet: its name, how many rows it says it has, and its rows as they are read."""

    name: str
    size: int
    rows: Iterator[tuple[Any, ...]]


def sheets_of(file: IO[bytes]) -> Iterator[WorkSheet]:
    """The sheets of the workbook in `file`, each to be read before the next.

    Raises Unfit (here or while rows are read) when it is none, is broken, or is a bomb.
    """
    media_type_of("book.xlsx", file)
    file.seek(0)
    with _said_as_unfit():
        book = load_workbook(file, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            yield WorkSheet(sheet.title, sheet.max_row or 1, _rows_of(sheet))
    finally:
        book.close()


def _rows_of(sheet: Any) -> Iterator[tuple[Any, ...]]:
    with _said_as_unfit():
        yield from sheet.iter_rows(values_only=True)


@contextmanager
def _said_as_unfit() -> Iterator[None]:
    try:
        yield
    except Exception as fault:  # openpyxl raises whatever a broken file makes it stumble over
        raise Unfit("broken") from fault

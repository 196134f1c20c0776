"""Tables as files: CSV for machines, XLSX for people; both safe to open in a spreadsheet.

A row is made of words, numbers, days, moments and amounts (`Fen`). Amounts are numbers of yuan,
moments are Shanghai's, and words stay words, whatever they begin with.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import re
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from foundation.money import plain_yuan
from foundation.organisations.spreadsheet import neutral

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767
"""Characters a spreadsheet's cell can hold."""


class Fen(int):
    """An amount of money in fen; files show it in yuan."""


Rows = Iterable[Iterable[Any]]


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def sheet_response(ending: str, name: str, rows: Rows) -> HttpResponseBase:
    """The rows as a file of this kind (`csv` or `xlsx`); the first row are the headings."""
    makers: dict[str, Callable[[str, Rows], HttpResponseBase]] = {
        "csv": csv_response,
        "xlsx": xlsx_response,
    }
    return makers[ending](name, rows)


def csv_response(name: str, rows: Rows) -> StreamingHttpResponse:
    """A file to keep, sent line by line, with the mark by which spreadsheets know UTF-8."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_lines(rows: Rows) -> Iterator[str]:
    """The rows as CSV, line by line; where the reader goes away, the rows are read no further."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    try:
        for row in rows:
            yield writer.writerow([_plain(cell) for cell in row])
    finally:
        if isinstance(rows, Generator):
            rows.close()


def _plain(cell: Any) -> str:
    if isinstance(cell, Fen):
        return plain_yuan(cell)
    if isinstance(cell, dt.datetime):
        return localtime(cell).isoformat(timespec="seconds")
    if isinstance(cell, dt.date | int):
        return str(cell)
    return neutral(cell)


def xlsx_response(name: str, rows: Rows) -> FileResponse:
    """A workbook, written row by row to a file on the disk and sent from there."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it when it is sent
    try:
        write_workbook(file, rows)
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    response["Content-Length"] = size
    return response


def write_workbook(file: Any, rows: Rows) -> None:
    """One sheet: headings in bold that stay in sight, numbers as numbers, days as days."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("1")
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFGHIJKLMNOP":
        sheet.column_dimensions[letter].width = 20
    try:
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, cell, bold=not number) for cell in row])
        book.save(file)
    except BaseException:
        _throw_away(sheet)
        raise


def _throw_away(sheet: Any) -> None:
    """What was written so far lies in a file that openpyxl would keep until the process ends."""
    if sheet._rows is not None:
        with contextlib.suppress(Exception):  # it stops in the middle of an element
            sheet.close()
    with contextlib.suppress(AttributeError, OSError, ValueError):  # never made, or gone already
        sheet._writer.cleanup()


def _cell(sheet: Any, value: Any, *, bold: bool) -> Any:
    """A cell of its own kind; a word that looks like a formula is kept as the word it is."""
    cell: Any = WriteOnlyCell(sheet)
    if isinstance(value, Fen):
        cell.value = Decimal(int(value)).scaleb(-2)
        cell.number_format = "#,##0.00"
    elif isinstance(value, dt.datetime):
        cell.value = localtime(value).replace(tzinfo=None, microsecond=0)
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
    elif isinstance(value, dt.date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int):
        cell.value = value
    else:
        text = _UNPRINTABLE.sub("", str(value))[:_LONGEST]
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = neutral(text) != text
    if bold:
        cell.font = Font(bold=True)
    return cell

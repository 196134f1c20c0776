"""Workbooks are read as a stream; what is none, broken or a bomb is refused as such."""

import io
import zipfile

import openpyxl
import pytest

from foundation.documents.content import Unfit
from foundation.documents.workbooks import sheets_of


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out


def with_part(file, name, change):
    """The same archive with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry == name else data)
    return out


def read(file):
    return [(sheet.name, sheet.size, list(sheet.rows)) for sheet in sheets_of(file)]


def reason(file):
    with pytest.raises(Unfit) as refused:
        read(file)
    return refused.value.reason


def test_every_sheet_is_read_in_its_order():
    book = workbook(first=[["甲", 1], [None, 2.5]], second=[["x"]])
    assert read(book) == [("first", 2, [("甲", 1), (None, 2.5)]), ("second", 1, [("x",)])]


def test_what_is_no_whole_workbook_is_refused():
    book = workbook(first=[["甲", number] for number in range(300)])
    sheet = "xl/worksheets/sheet1.xml"
    assert reason(io.BytesIO(b"not at all")) == "mismatch"
    assert reason(io.BytesIO(book.getvalue()[:400])) == "broken"
    assert reason(with_part(book, sheet, lambda data: data[: len(data) // 2])) == "broken"
    assert reason(with_part(book, "xl/workbook.xml", lambda _data: b"<")) == "broken"


def test_a_bomb_is_not_opened():
    book = workbook(first=[["甲"]])
    assert reason(with_part(book, "xl/styles.xml", lambda _data: b" " * 30_000_000)) == "bomb"

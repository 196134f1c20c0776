"""Union bodies in a spreadsheet: reading CSV and XLSX into rows, and what became of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.documents.content import Unfit
from foundation.documents.workbooks import sheets_of
from foundation.errors import DomainError

MOST_ROWS = 5000
COLUMNS = {
    "parent": ("parent", "上级工会", "上级"),
    "name": ("name", "名称", "工会名称"),
    "union_type": ("type", "类型", "工会类型"),
    "code": ("code", "统一社会信用代码", "信用代码"),
    "district": ("district", "街镇", "所属街镇"),
    "industry": ("industry", "行业"),
    "workers": ("workers", "职工数", "职工人数"),
}
"""Each field's headings, in English and Chinese."""

TYPES = {
    "统筹型": "coordinating",
    "枢纽型": "hub",
    "端口型": "port",
    "服务型": "service",
}


@dataclass(frozen=True)
class UnionRow:
    """One union body as a file (or a form) names it."""

    name: str
    union_type: str
    parent: str = ""
    code: str = ""
    district: str = ""
    industry: str = ""
    workers: int = 0
    line: int = 0


@dataclass(frozen=True)
class Refused:
    """A row that did not get in, and why."""

    line: int
    name: str
    reason: str


@dataclass
class ImportReport:
    """What became of a file: the bodies that are in, and every row that is not."""

    planted: list[Any] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_unions(name: str, body: bytes) -> tuple[list[UnionRow], list[Refused]]:
    """(rows, rows that cannot be read) of a CSV or XLSX file; refuses what is neither."""
    lines = _xlsx(body) if name.lower().endswith(".xlsx") else _csv(body)
    heading = next(lines, None)
    places = _places(heading or [])
    rows: list[UnionRow] = []
    refused: list[Refused] = []
    for number, cells in enumerate(lines, start=2):
        if number > MOST_ROWS + 1:
            raise DomainError(
                _("At most %(most)s rows at a time.") % {"most": MOST_ROWS}, field="file"
            )
        values = {key: cells[at].strip() for key, at in places.items() if at < len(cells)}
        if not any(values.values()):
            continue
        workers = values.pop("workers", "") or "0"
        if not workers.isdecimal() or int(workers) > 2**31 - 1:
            sentence = _("“%(workers)s” is not a number of workers.") % {"workers": workers}
            refused.append(Refused(number, values.get("name", ""), str(sentence)))
            continue
        kind = values.pop("union_type", "")
        rows.append(
            UnionRow(
                line=number,
                union_type=TYPES.get(kind, kind.lower()),
                workers=int(workers),
                **{"name": "", **values},
            )
        )
    return rows, refused


def _places(heading: Iterable[str]) -> dict[str, int]:
    """{field: column} by the file's first row."""
    said = [cell.strip().lower() for cell in heading]
    places = {
        key: said.index(word) for key, words in COLUMNS.items() for word in words if word in said
    }
    missing = [COLUMNS[key][0] for key in ("parent", "name", "union_type") if key not in places]
    if missing:
        raise DomainError(
            _("The first row has to name the columns; missing: %(missing)s.")
            % {"missing": ", ".join(missing)},
            field="file",
        )
    return places


def _csv(body: bytes) -> Iterator[list[str]]:
    """Rows of a CSV file in UTF-8 or, as Chinese spreadsheets write it, GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return iter(csv.reader(io.StringIO(text, newline="")))
    raise DomainError(_("This file is neither CSV nor XLSX."), field="file")


def _xlsx(body: bytes) -> Iterator[list[str]]:
    """Rows of a workbook's first sheet, read as a stream."""
    try:
        for sheet in sheets_of(io.BytesIO(body)):
            for row in sheet.rows:
                yield ["" if cell is None else str(cell) for cell in row]
            break
    except Unfit as broken:
        raise DomainError(_("This file cannot be read."), field="file") from broken

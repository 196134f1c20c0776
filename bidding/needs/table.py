"""Tables of answers (CSV, XLSX): read row by row in constant memory, each row checked by itself."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext as _

from bidding.needs import sheet
from bidding.needs.industries import LETTERS
from bidding.needs.questionnaire import Item, Questionnaire
from foundation.documents.content import Unfit
from foundation.documents.workbooks import sheets_of
from foundation.errors import DomainError

SHEET, DISTRICT, INDUSTRY, UNION = "sheet", "district", "industry", "union"
PLACES = (DISTRICT, INDUSTRY, UNION)
NOTE = "#"
"""A column whose head begins so is a note to people."""

BLOCK = 1 << 20
MANY = str.maketrans("；、，,", ";;;;")
"""What may stand between several choices of one cell."""

MOST_SEEN = 5000
"""The same few answers come again and again: so many of a question are not read anew."""

Cells = tuple[str, ...]
Reader = Callable[[Cells], dict[str, Any]]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Line(NamedTuple):
    """One row of a file: where it stands, its cells, and how much of the file is behind it."""

    number: int
    cells: Cells
    share: int


class Row(NamedTuple):
    """One sheet of a table, checked; its answers as the JSON that is stored."""

    sheet: str
    district: str | None
    industry: str
    union: int | None
    answers: str


def columns_of(item: Item) -> list[str]:
    """The heads of a question's columns: one; one a statement in a grid; its own words beside."""
    if item.kind == "grid":
        return [f"{item.code}.{row.code}" for row in item.choices]
    if item.kind in PLACES:
        return []
    return [item.code, item.other_key] if item.other else [item.code]


def heads(questionnaire: Questionnaire) -> list[str]:
    """The first line of a table: the sheet's number, where it comes from, the questions."""
    asked = [head for item in questionnaire.questions for head in columns_of(item)]
    return [SHEET, *PLACES, *asked]


def _encoding_of(file: IO[bytes]) -> str:
    """UTF-8 or, as Chinese spreadsheets save it, GB 18030; read through once, in blocks."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        file.seek(0)
        try:
            while block := file.read(BLOCK):
                if b"\x00" in block:
                    raise DomainError(_("This is not a CSV file."), field="file")
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise DomainError(_("This is not a CSV file in UTF-8 or GB 18030."), field="file")


def lines_of(file: IO[bytes], name: str) -> Iterator[Line]:
    """The file's rows, the head first, empty ones left out."""
    try:
        yield from _xlsx_lines(file) if name.lower().endswith(".xlsx") else _csv_lines(file)
    except csv.Error as fault:
        raise DomainError(_("This is not a CSV file."), field="file") from fault
    except Unfit as unfit:
        raise DomainError(_("This is not an XLSX file."), field="file") from unfit


def _csv_lines(file: IO[bytes]) -> Iterator[Line]:
    while hasattr(file, "file"):  # Django's own wrappings answer each line's questions slowly
        file = file.file
    encoding = _encoding_of(file)
    size = max(file.tell(), 1)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        reader = csv.reader(text)
        for cells in reader:
            if any(cells):
                share = min(99, 100 * file.tell() // size) if not reader.line_num % 500 else 0
                yield Line(reader.line_num, tuple(cells), share)
    finally:
        text.detach()


def _xlsx_lines(file: IO[bytes]) -> Iterator[Line]:
    for first in sheets_of(file):
        for number, values in enumerate(first.rows, start=1):
            cells = tuple(_written(value) for value in values)
            if any(cells):
                yield Line(number, cells, min(99, 100 * number // first.size))
        break


def _written(value: Any) -> str:
    """A cell as one would have typed it: 3.0 is 3."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


class Table:
    """How one table is read: which column answers what. Raises when the head does not fit."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        head: Sequence[str],
        districts: Mapping[str, str],
        unions: Mapping[str, int],
    ) -> None:
        known = heads(questionnaire)
        given = [cell.strip().lower() for cell in head]
        while given and not given[-1]:
            given.pop()
        needed = {SHEET, *known} - set(PLACES)
        strange = {head for head in given if head not in known and not head.startswith(NOTE)}
        if len(set(given)) != len(given) or strange or needed - set(given):
            raise DomainError(
                _("The first line must be: %(heads)s.") % {"heads": ",".join(known)}, field="file"
            )
        self.places = {name: place for place, name in enumerate(given)}
        self.width = len(given)
        self.questionnaire = questionnaire
        self.districts, self.unions = districts, unions
        self.readers = {item.code: self._reader(item) for item in questionnaire.questions}
        self.pieces: list[tuple[int | None, dict[str, str], Reader]] = [
            (self._only_place(item), {}, self.readers[item.code])
            for item in questionnaire.questions
        ]
        sources: list[tuple[str, Mapping[str, Any]]] = [
            (DISTRICT, districts),
            (INDUSTRY, LETTERS),
            (UNION, unions),
        ]
        self.sources = [
            (self.places[column], column, known)
            for column, known in sources
            if column in self.places
        ]

    def row(self, cells: Cells) -> Row:
        """One sheet; raises the first refusal, which names the column it is about."""
        if len(cells) < self.width:
            cells += ("",) * (self.width - len(cells))
        number = cells[self.places[SHEET]].strip()
        if not number:
            raise DomainError(_("The sheet has no number."))
        answers = self._walked(cells) if self.questionnaire.branches else self._joined(cells)
        found: dict[str, Any] = {DISTRICT: None, INDUSTRY: "", UNION: None}
        for place, column, known in self.sources:
            if cells[place]:
                found[column] = self._place(cells[place].strip(), column, known, found[column])
        return Row(number, found[DISTRICT], found[INDUSTRY], found[UNION], answers)

    def _joined(self, cells: Cells) -> str:
        """The answers where everybody is asked everything: pieces that were written before."""
        pieces = []
        for place, seen, read in self.pieces:
            piece = seen.get(cells[place]) if place is not None else None
            if piece is None:
                piece = _piece(read(cells))
                if place is not None and len(seen) < MOST_SEEN:
                    seen[cells[place]] = piece
            if piece:
                pieces.append(piece)
        return "{" + ",".join(pieces) + "}"

    def _walked(self, cells: Cells) -> str:
        """The answers where skip logic decides what is asked."""
        stored: dict[str, Any] = {}
        for _step, item in self.questionnaire.walk(stored):
            stored.update(self.readers[item.code](cells))
        return "{" + _piece(stored) + "}"

    def _only_place(self, item: Item) -> int | None:
        """The one column that says all of the answer and says it in few ways; else None."""
        columns = columns_of(item)
        few = item.kind in ("single", "multiple", "ranking", "scale", "number")
        return self.places[columns[0]] if few and len(columns) == 1 else None

    @staticmethod
    def _place(word: str, column: str, known: Mapping[str, Any], nothing: Any) -> Any:
        if not word:
            return nothing
        if word not in known:
            words = {DISTRICT: _("district"), INDUSTRY: _("industry"), UNION: _("union")}
            raise DomainError(
                _("There is no %(what)s “%(name)s”.") % {"what": words[column], "name": word[:60]}
            )
        return known[word]

    def _reader(self, item: Item) -> Reader:
        """What reads this question's cells: into what is stored, or raises."""
        if item.kind in PLACES:
            return lambda cells: self._asked_place(item, cells, item.kind)
        places = [self.places[head] for head in columns_of(item)]
        return lambda cells: sheet.entries(item, _values(item, [cells[p] for p in places]))

    def _asked_place(self, item: Item, cells: Cells, column: str) -> dict[str, Any]:
        """A question about the place has no column of its own: the sheet's is its answer."""
        place = self.places.get(column)
        if item.required and (place is None or not cells[place].strip()):
            raise DomainError(_("Please answer this question."), field=item.code)
        return {}


def _piece(stored: dict[str, Any]) -> str:
    """Entries as they stand between the braces of the whole."""
    return _encode(stored)[1:-1]


def _values(item: Item, cells: Sequence[str]) -> dict[str, Any]:
    """The cells of one question as what was typed for it: wordings and numbers become codes."""
    texts = [cell.strip() for cell in cells]
    if item.kind == "grid":
        levels = {level.wording: str(n) for n, level in enumerate(item.levels, start=1)}
        given = {
            row.code: levels.get(text, text)
            for row, text in zip(item.choices, texts, strict=True)
            if text
        }
        return {item.code: given}
    if item.kind not in ("single", "multiple", "ranking") or not texts[0]:
        return {item.code: texts[0]}
    words = {choice.wording: choice.code for choice in item.choices}
    words |= {str(place): choice.code for place, choice in enumerate(item.choices, start=1)}
    words |= {choice.code: choice.code for choice in item.choices}
    if texts[0] in words:
        codes = [words[texts[0]]]
    else:
        parts = [part.strip() for part in texts[0].translate(MANY).split(";")]
        codes = [words.get(part, "?") for part in parts if part]
    return {item.code: codes, item.other_key: texts[1] if len(texts) > 1 else ""}

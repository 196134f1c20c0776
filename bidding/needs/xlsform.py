"""Questionnaires from and to XLSForm, the table format survey tools exchange; faults by row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from bidding.needs.conditions import Unread, expression, read_expression
from bidding.needs.question_operations import MOST_CHOICES, MOST_QUESTIONS, MOST_TEXTS, OTHER
from bidding.needs.questionnaire import CHOOSING, PLACED, Choice, Item, Level
from foundation.documents.content import Unfit
from foundation.documents.workbooks import WorkSheet, sheets_of

MOST_ROWS = 5000
PLAIN = {"integer": "number", "text": "text"}
CHOSEN = {"select_one": "single", "select_multiple": "multiple", "rank": "ranking"}
TYPES = {kind: word for word, kind in {**PLAIN, **CHOSEN}.items()}
SCALE = "range"
RANKED = "most"  # our own column: how many places a ranking gives; other tools pass over it
YES = frozenset({"yes", "true", "true()", "1", "是"})
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
BOUND = re.compile(r"(count-selected\(\.\)|\.)\s*(<=|>=)\s*(-?\d+)")
LENGTHS = {"label": (200, 240), "hint": (200, 240), "choice": (120, 160)}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row of one sheet."""

    sheet: str
    row: int
    sentence: str


class Malformed(ValueError):
    """The form cannot be taken; every row's fault is named."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


Row = dict[str, str]


def read_form(file: IO[bytes], categories: Mapping[str, str]) -> list[Item]:
    """The questions of an XLSForm; `categories` maps every name a category goes by to its code.

    Raises Malformed with the fault of every row that does not hold.
    """
    try:
        sheets = {sheet.name.strip().lower(): list(_rows(sheet)) for sheet in sheets_of(file)}
    except Unfit as unfit:
        raise Malformed([Fault("", 0, _("This is not an XLSX file."))]) from unfit
    if "survey" not in sheets:
        raise Malformed([Fault("survey", 0, _("There is no sheet called “survey”."))])
    reading = _Reading(categories)
    reading.read_choices(sheets.get("choices", []))
    items = reading.read_survey(sheets["survey"])
    if not items and not reading.faults:
        reading.fault("survey", 1, _("A survey needs at least one question before it opens."))
    if reading.faults:
        raise Malformed(reading.faults)
    return items


def _rows(sheet: WorkSheet) -> Iterator[tuple[int, Row]]:
    """(number, {head: text}) of every row that is not empty."""
    heads: list[str] = []
    for number, values in enumerate(islice(sheet.rows, MOST_ROWS), start=1):
        cells = [_text(value) for value in values[:100]]
        if not heads:
            heads = [cell.strip().lower() for cell in cells]
        elif any(cells):
            yield number, {head: cell for head, cell in zip(heads, cells, strict=False) if head}


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _words(row: Row, head: str) -> tuple[str, str]:
    """(Chinese, English) of a label or hint; one language alone stands in the first place."""
    chinese = english = ""
    for name, text in row.items():
        base, _colons, language = name.partition("::")
        if base != head or not text:
            continue
        if "en" in language.replace("zh", "") and "中" not in language:
            english = english or text
        elif not chinese or "zh" in language or "中" in language:
            chinese = text
    if not chinese or english == chinese:  # said once
        return chinese or english, ""
    return chinese, english


class _Reading:
    """One form being read: its lists of choices, and the faults found so far."""

    def __init__(self, categories: Mapping[str, str]) -> None:
        self.categories = categories
        self.lists: dict[str, list[Choice]] = {}
        self.faults: list[Fault] = []
        self.items: list[Item] = []
        self.group: tuple[int, str] | None = None
        self.grid: Item | None = None
        self.grid_at = 0

    def fault(self, sheet: str, row: int, sentence: str) -> None:
        """Remember what is wrong with a row."""
        self.faults.append(Fault(sheet, row, sentence))

    def read_choices(self, rows: list[tuple[int, Row]]) -> None:
        """The lists of choices by their names."""
        for number, row in rows:
            wording, english = _words(row, "label")
            name, code = row.get("list_name") or row.get("list name", ""), row.get("name", "")
            category = row.get("category", "")
            said = self._choice_fault(name, code, wording, english, category)
            if said:
                self.fault("choices", number, said)
                continue
            known = self.categories.get(category.lower())
            self.lists.setdefault(name, []).append(Choice(code, wording, english, known))

    def _choice_fault(
        self, name: str, code: str, wording: str, english: str, category: str
    ) -> str | None:
        most, most_en = LENGTHS["choice"]
        checks = (
            (not name, _("The list has no name (list_name).")),
            (
                not CODE.fullmatch(code),
                _("“%(name)s” cannot be a name: letters, digits, - and _ only.") % {"name": code},
            ),
            (
                any(choice.code == code for choice in self.lists.get(name, ())),
                _("The name “%(name)s” stands in this list twice.") % {"name": code},
            ),
            (not wording, _("There is no label.")),
            (len(wording) > most or len(english) > most_en, _("The label is too long.")),
            (
                bool(category) and category.lower() not in self.categories,
                _("There is no category “%(word)s”.") % {"word": category},
            ),
        )
        return next((said for is_wrong, said in checks if is_wrong), None)

    def read_survey(self, rows: list[tuple[int, Row]]) -> list[Item]:
        """The questions in order; groups become sections or grids."""
        for number, row in rows:
            kind, _space, rest = " ".join(row.get("type", "").split()).partition(" ")
            if kind in ("begin", "end"):
                word, _space, rest = rest.partition(" ")
                kind = f"{kind}_{word}"
            try:
                self._take(number, row, kind.lower(), rest)
            except Unread as why:
                self.fault("survey", number, str(why))
        begun = self.grid_at if self.grid else self.group[0] if self.group else None
        if begun is not None:
            self.fault("survey", begun, _("This group is begun and never ended."))
        for item in self.items:
            if item.kind == "grid" and not item.levels:
                self.fault("survey", 0, _("The grid “%(name)s” is empty.") % {"name": item.code})
        if len(self.items) > MOST_QUESTIONS:
            said = _("A survey has at most %(most)d questions.") % {"most": MOST_QUESTIONS}
            self.fault("survey", 0, said)
        return self.items

    def _take(self, number: int, row: Row, kind: str, rest: str) -> None:
        if kind == "end_group":
            self._end_group()
            return
        item = self._item(row, kind, rest)
        if kind == "begin_group":
            self._begin_group(number, item, "table-list" in row.get("appearance", ""))
        elif self.grid is not None:
            self._add_to_grid(item, rest)
        else:
            self._check_place(item)
            self.items.append(item)

    def _begin_group(self, number: int, item: Item, is_grid: bool) -> None:
        if self.grid is not None or (self.group is not None and not is_grid):
            raise Unread(_("Groups within groups are not possible here, but for grids."))
        if is_grid:
            self._check_place(item)
            self.grid = replace(item, kind="grid", required=False)
            self.grid_at = number
        else:
            self.group = (number, item.code)
            self.items.append(item)

    def _end_group(self) -> None:
        if self.grid is not None:
            self.items.append(self.grid)
            self.grid = None
        elif self.group is not None:
            self.group = None
        else:
            raise Unread(_("This ends a group that was never begun."))

    def _add_to_grid(self, item: Item, rest: str) -> None:
        assert self.grid is not None
        levels = tuple(Level(c.wording, c.wording_en) for c in item.choices)
        if item.kind != "single" or (self.grid.levels and self.grid.levels != levels):
            raise Unread(_("A grid (table-list) holds only select_one of one and the same list."))
        if not 2 <= len(levels) <= 10:
            raise Unread(_("A grid has 2 to 10 columns, one a line."))
        code = item.code.removeprefix(f"{self.grid.code}_")
        if any(choice.code == code for choice in self.grid.choices):
            raise Unread(_("%(code)s: another question has this code.") % {"code": item.code})
        row = Choice(code, item.wording[:120], item.wording_en[:160])
        self.grid = replace(
            self.grid,
            levels=levels,
            choices=(*self.grid.choices, row),
            required=self.grid.required or item.required,
        )

    def _check_place(self, item: Item) -> None:
        """A heading speaks for all that follow it; and nobody types many free answers."""
        if self.group is None and any(one.kind == "section" for one in self.items):
            raise Unread(_("What follows a group has to stand in a group of its own."))
        texts = sum(one.kind == "text" for one in self.items)
        if item.kind == "text" and texts >= MOST_TEXTS:
            raise Unread(
                _("A survey has at most %(most)d questions with a free answer.")
                % {"most": MOST_TEXTS}
            )

    def _item(self, row: Row, kind: str, rest: str) -> Item:
        """One row as a question; raises Unread with the sentence for its row."""
        code = row.get("name", "")
        if not NAME.fullmatch(code):
            raise Unread(
                _("“%(name)s” cannot be a name: letters, digits, - and _ only.") % {"name": code}
            )
        if any(item.code == code for item in self.items):
            raise Unread(_("%(code)s: another question has this code.") % {"code": code})
        wording, english = _words(row, "label")
        hint, hint_en = _words(row, "hint")
        most, most_en = LENGTHS["label"]
        if not wording:
            raise Unread(_("There is no label."))
        if max(len(wording), len(hint)) > most or max(len(english), len(hint_en)) > most_en:
            raise Unread(_("The label is too long."))
        item = Item(
            code=code,
            kind="section",
            wording=wording,
            wording_en=english,
            hint=hint,
            hint_en=hint_en,
            required=row.get("required", "").lower() in YES,
            conditions=read_expression(row.get("relevant", "")),
        )
        return item if kind == "begin_group" else self._kind(item, row, kind, rest)

    def _kind(self, item: Item, row: Row, kind: str, rest: str) -> Item:
        bounds = {
            ("least" if sign == ">=" else "most"): int(bound)
            for _what, sign, bound in BOUND.findall(row.get("constraint", ""))
        }
        if kind in PLAIN:
            if kind == "text":
                return replace(item, kind="text")
            return replace(item, kind="number", least=bounds.get("least"), most=bounds.get("most"))
        if kind == SCALE:
            return self._scale(item, row)
        if kind not in CHOSEN:
            word = {"type": row.get("type", "")}
            raise Unread(_("There is no question of the type “%(type)s” here.") % word)
        name, _space, more = rest.partition(" ")
        if name in PLACED and kind == "select_one":
            return replace(item, kind=name)
        if name not in self.lists:
            raise Unread(_("There is no list “%(name)s” on the sheet “choices”.") % {"name": name})
        choices = tuple(self.lists[name])
        if not 2 <= len(choices) <= MOST_CHOICES:
            raise Unread(_("A question has 2 to %(most)d choices.") % {"most": MOST_CHOICES})
        if more in ("or_other", "or other") and kind != "rank":
            own = Choice(OTHER.code, OTHER.wording, OTHER.wording_en, None, True)
            choices = (*choices, own)
        ranked = re.search(r"^\d+$|(?<=most=)\d+", row.get(RANKED) or row.get("parameters", ""))
        most = int(ranked[0]) if ranked else bounds.get("most")
        most = most if kind in ("select_multiple", "rank") else None
        return replace(item, kind=CHOSEN[kind], choices=choices, most=most)

    def _scale(self, item: Item, row: Row) -> Item:
        given = dict(re.findall(r"(start|end|step)\s*=\s*(-?\d+)", row.get("parameters", "")))
        if (given.get("start", "1"), given.get("end", "5"), given.get("step", "1")) != (
            *("1", "5", "1"),
        ):
            raise Unread(_("A scale goes from 1 to 5 (start=1 end=5 step=1)."))
        return replace(item, kind="scale")


HEADS = {
    "survey": [
        *("type", "name", "label::中文 (zh)", "label::English (en)"),
        *("hint::中文 (zh)", "hint::English (en)"),
        *("required", "relevant", "constraint", "appearance", "parameters", RANKED),
    ],
    "choices": ["list_name", "name", "label::中文 (zh)", "label::English (en)", "category"],
    "settings": ["form_title", "form_id", "version", "default_language"],
}


def write_form(
    items: tuple[Item, ...], *, title: str, form_id: str, version: int, places: Mapping[str, Any]
) -> bytes:
    """The questionnaire as an XLSForm, which `read_form` reads back to the same questions.

    `places` gives the choices of the lists “district” and “industry”: [(code, name)].
    """
    book = Workbook(write_only=True)
    survey, choices, settings = (book.create_sheet(name) for name in HEADS)
    for sheet, heads in zip((survey, choices, settings), HEADS.values(), strict=True):
        sheet.append(heads)
    in_section = False
    for item in items:
        if in_section and item.kind == "section":
            survey.append(["end_group"])
        in_section = in_section or item.kind == "section"
        for row in _survey_rows(item):
            survey.append([_safe(cell) for cell in row])
        for row in _choice_rows(item, places):
            choices.append([_safe(cell) for cell in row])
    if in_section:
        survey.append(["end_group"])
    settings.append([_safe(title), form_id, version, "中文 (zh)"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(cell: Any) -> Any:
    """Text that a spreadsheet must not take for a formula."""
    return f" {cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "@") else cell


def _both(thing: Any, name: str) -> tuple[str, str]:
    """Chinese and English; where there is no English the Chinese: a form would show a dash."""
    return getattr(thing, name), getattr(thing, f"{name}_en") or getattr(thing, name)


def _survey_rows(item: Item) -> Iterator[list[Any]]:
    words = [item.code, *_both(item, "wording"), *_both(item, "hint")]
    needed = "yes" if item.required and item.kind != "section" else ""
    relevant = expression(item.conditions)
    if item.kind == "section":
        yield ["begin_group", *words, "", relevant]
    elif item.kind == "grid":
        yield ["begin_group", *words, "", relevant, "", "table-list"]
        for row in item.choices:
            words = [f"{item.code}_{row.code}", *_both(row, "wording"), "", ""]
            yield [f"select_one {item.code}", *words, needed]
        yield ["end_group"]
    elif item.kind == "scale":
        yield [SCALE, *words, needed, relevant, "", "", "start=1 end=5 step=1"]
    elif item.kind in PLACED:
        yield [f"select_one {item.kind}", *words, needed, relevant, "", "minimal"]
    elif item.kind in CHOOSING:
        other = " or_other" if item.other else ""
        limit = f"count-selected(.) <= {item.most}" if item.most else ""
        ranked = item.most if item.most and item.kind == "ranking" else ""
        bound = "" if item.kind == "ranking" else limit
        kind = f"{TYPES[item.kind]} {item.code}{other}"
        yield [kind, *words, needed, relevant, bound, "", "", ranked]
    else:
        bounds = [(">=", item.least), ("<=", item.most)]
        limit = " and ".join(f". {sign} {n}" for sign, n in bounds if n is not None)
        yield [TYPES[item.kind], *words, needed, relevant, limit]


def _choice_rows(item: Item, places: Mapping[str, Any]) -> Iterator[list[Any]]:
    if item.kind in PLACED:
        for code, name in places[item.kind]:
            yield [item.kind, code, str(name), str(name)]
    elif item.kind == "grid":
        for number, level in enumerate(item.levels, start=1):
            yield [item.code, str(number), *_both(level, "wording")]
    else:
        for choice in item.choices:
            if not choice.is_other:
                words = _both(choice, "wording")
                yield [item.code, choice.code, *words, choice.category or ""]

"""All sheets of a survey as columns of small numbers: read once, crossed in milliseconds.

Pure. Each question's answers are numbered in the order they first came; number 0 is “nothing
answered”. Free texts are not kept here: people name people in them.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Answer = str | int | list[str] | dict[str, int] | None

DISTRICT, INDUSTRY, UNION = "@district", "@industry", "@union"
"""Columns that are no questions: where a sheet comes from."""


@dataclass
class Column:
    """One question's answers: `values[numbers[i]]` is what sheet i says; values[0] is None."""

    values: list[Answer] = field(default_factory=lambda: [None])
    numbers: array[int] = field(default_factory=lambda: array("I"))


@dataclass
class Frame:
    """`n` sheets, a column for each code; a column may end early: the rest answered nothing."""

    n: int = 0
    columns: dict[str, Column] = field(default_factory=dict)

    def numbers(self, code: str) -> array[int]:
        """The column's numbers, one for each sheet; all 0 for a question nobody answered."""
        column = self.columns.get(code)
        if column is None:
            return array("I", bytes(4 * self.n))
        if len(column.numbers) < self.n:
            column.numbers.frombytes(bytes(4 * (self.n - len(column.numbers))))
        return column.numbers

    def values(self, code: str) -> list[Answer]:
        """What the column's numbers stand for."""
        column = self.columns.get(code)
        return [None] if column is None else column.values

    def counts(self, *codes: str) -> list[tuple[tuple[Answer, ...], int]]:
        """How many sheets say what in these columns together."""
        words = [self.values(code) for code in codes]
        counted = Counter(zip(*(self.numbers(code) for code in codes), strict=True))
        return [
            (tuple(said[at] for said, at in zip(words, key, strict=True)), many)
            for key, many in counted.items()
        ]

    def packed(self) -> bytes:
        """The frame as bytes, small enough to keep with the figures made from it."""
        names = list(self.columns)
        head = {"n": self.n, "columns": [(name, self.columns[name].values) for name in names]}
        body = b"".join(self.numbers(name).tobytes() for name in names)
        words = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        return zlib.compress(len(words).to_bytes(8, "big") + words + body, 6)


def unpacked(data: bytes) -> Frame:
    """The frame `Frame.packed` wrote."""
    raw = zlib.decompress(data)
    size = int.from_bytes(raw[:8], "big")
    head = json.loads(raw[8 : 8 + size])
    frame, at = Frame(head["n"]), 8 + size
    for name, values in head["columns"]:
        numbers = array("I")
        numbers.frombytes(raw[at : at + 4 * frame.n])
        frame.columns[name] = Column(values, numbers)
        at += 4 * frame.n
    return frame


def frame_of(
    sheets: Iterable[tuple[str | None, str, str | None, dict[str, Any]]], texts: frozenset[str]
) -> Frame:
    """Sheets given as (district, industry, type of union, answers); `texts` are left out.

    The three places stand under names no question can have, a question under its code.
    """
    frame = Frame()
    known: dict[str, dict[Any, int]] = {}
    for district, industry, union, answers in sheets:
        said: dict[str, Any] = {DISTRICT: district, INDUSTRY: industry, UNION: union}
        for code, value in (said | answers).items():
            if value is None or value == "" or code in texts or code.endswith(".other"):
                continue
            key = _key(value)
            if code not in known:
                frame.columns[code], known[code] = Column(), {}
            column, numbered = frame.columns[code], known[code]
            number = numbered.get(key)
            if number is None:
                number = numbered[key] = len(column.values)
                column.values.append(value)
            behind = frame.n - len(column.numbers)
            if behind:
                column.numbers.frombytes(bytes(4 * behind))
            column.numbers.append(number)
        frame.n += 1
    return frame


def _key(value: Any) -> Any:
    """An answer as something a table can be looked up by."""
    if isinstance(value, list):
        return tuple(value)
    return tuple(sorted(value.items())) if isinstance(value, dict) else value

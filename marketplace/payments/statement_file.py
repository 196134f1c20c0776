"""Reading a bank's statement: which columns mean what, and what is wrong with each row."""

from __future__ import annotations

import csv
import datetime as dt
import enum
import hashlib
import io
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foundation.money import LARGEST_FEN

MOST_ROWS = 20_000
BEIJING = dt.timezone(dt.timedelta(hours=8))
HEADER_WITHIN = 30


class Fault(enum.Enum):
    """What can be wrong with a row, or with the whole file."""

    ENCODING = "encoding"
    LAYOUT = "layout"
    TOO_LONG = "too_long"
    DATE = "date"
    AMOUNT = "amount"
    NEGATIVE = "negative"
    FRACTION = "fraction"
    TOO_LARGE = "too_large"
    TWO_AMOUNTS = "two_amounts"
    NO_AMOUNT = "no_amount"
    CURRENCY = "currency"
    TWICE = "twice"
    SHORT = "short"


class Unreadable(ValueError):
    """The whole file cannot be read; nothing of it was."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Layout:
    """How one bank names its columns; `out` and `came` are seen from the account's holder."""

    name: str
    date: str
    out: str
    came: str
    counterparty: str
    account: str
    memo: tuple[str, ...]
    serial: str = ""
    balance: str = ""
    currency: str = ""
    own: str = ""

    def needed(self) -> set[str]:
        """Columns without which it is not this layout."""
        return {self.date, self.out, self.came, self.counterparty, self.account, self.memo[0]}


LAYOUTS = (
    Layout(
        "icbc",
        date="交易时间",
        out="借方发生额",
        came="贷方发生额",
        counterparty="对方单位名称",
        account="对方账号",
        memo=("摘要", "用途", "附言", "个性化信息"),
        serial="交易流水号",
        balance="余额",
        currency="币种",
        own="本方账号",
    ),
    Layout(
        "ccb",
        date="交易时间",
        out="借方发生额/元(支取)",
        came="贷方发生额/元(收入)",
        counterparty="对方户名",
        account="对方账号",
        memo=("摘要", "备注"),
        serial="账户明细编号-交易流水号",
        balance="余额",
        currency="币种",
        own="账号",
    ),
)
YUAN = frozenset({"", "人民币", "人民币元", "CNY", "RMB", "156", "01"})


@dataclass(frozen=True)
class Line:
    """One movement of the account, as the bank states it."""

    row: int
    booked_at: dt.datetime
    incoming: bool
    amount_fen: int
    counterparty: str
    account: str
    memo: str
    serial: str
    balance_fen: int | None
    fingerprint: str
    own: str = ""

    @property
    def booked_on(self) -> dt.date:
        """The day, which is all that most banks print reliably."""
        return self.booked_at.date()

    @property
    def signed_fen(self) -> int:
        """The amount with its direction."""
        return self.amount_fen if self.incoming else -self.amount_fen


@dataclass(frozen=True)
class Span:
    """What a statement says of the account itself: from when to when, and its balances.

    `broken_row` is the first row whose balance does not follow from the row before it; then the
    balances say nothing. Without balances in the file they are None.
    """

    first_at: dt.datetime
    last_at: dt.datetime
    opening_fen: int | None = None
    closing_fen: int | None = None
    broken_row: int | None = None


@dataclass(frozen=True)
class Reading:
    """What a file holds: its lines, and the rows that were refused with their faults."""

    layout: str
    encoding: str
    lines: list[Line] = field(default_factory=list)
    refused: list[tuple[int, Fault]] = field(default_factory=list)

    @property
    def own_account(self) -> str:
        """Which account of ours it is of, where its rows say so and all say the same."""
        named = {line.own for line in self.lines}
        return named.pop() if len(named) == 1 else ""

    def span(self) -> Span | None:
        """From when to when, with the balances before and after; None without a line."""
        if not self.lines:
            return None
        moments = [line.booked_at for line in self.lines]
        first_at, last_at = min(moments), max(moments)
        balances = [line.balance_fen for line in self.lines if line.balance_fen is not None]
        if len(balances) < len(self.lines):
            return Span(first_at, last_at)
        down = list(self.lines)  # some banks write the oldest row first, some the newest
        broken = {way: _break(rows) for way, rows in (("down", down), ("up", down[::-1]))}
        if None in broken.values():
            rows = down if broken["down"] is None else down[::-1]
            opening = (rows[0].balance_fen or 0) - rows[0].signed_fen
            return Span(first_at, last_at, opening, rows[-1].balance_fen)
        way = "down" if self.lines[0].booked_at <= self.lines[-1].booked_at else "up"
        return Span(first_at, last_at, broken_row=broken[way])


def _break(rows: Sequence[Line]) -> int | None:
    """The first row whose balance is not the one before it with its own amount."""
    for before, row in itertools.pairwise(rows):
        if row.balance_fen != (before.balance_fen or 0) + row.signed_fen:
            return row.row
    return None


def read_statement(data: bytes) -> Reading:
    """Read a CSV of one of the known layouts, UTF-8 (with a mark or without) or GB18030."""
    text, encoding = _decoded(data)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if len(rows) > MOST_ROWS:
        raise Unreadable(Fault.TOO_LONG)
    start, layout, columns = _header(rows)
    reading = Reading(layout.name, encoding)
    seen: set[str] = set()
    for number, cells in enumerate(rows[start + 1 :], start=start + 2):
        row = [_plain(cell) for cell in cells]
        if not any(row) or row[0].startswith(("合计", "总计", "总笔数", "#")):
            continue
        found = _line(number, row, layout, columns)
        if isinstance(found, Line) and found.fingerprint in seen:
            found = Fault.TWICE
        if isinstance(found, Fault):
            reading.refused.append((number, found))
            continue
        seen.add(found.fingerprint)
        reading.lines.append(found)
    return reading


def _decoded(data: bytes) -> tuple[str, str]:
    if b"\0" in data:
        raise Unreadable(Fault.ENCODING)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable(Fault.ENCODING)


def _plain(cell: str) -> str:
    """A cell without what programmes wrap it in: tabs, quotes, `="…"`, the brackets of ICBC."""
    text = cell.strip().strip("\t").strip()
    text = text.removeprefix("=").strip('"').removeprefix("'").strip()
    return text.removeprefix("[").removesuffix("]").strip()


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, Layout, dict[str, int]]:
    for number, cells in enumerate(rows[:HEADER_WITHIN]):
        names = [re.sub(r"\s+", "", _plain(c)).replace("（", "(").replace("）", ")") for c in cells]
        for layout in LAYOUTS:
            if layout.needed() <= set(names):
                return number, layout, {name: names.index(name) for name in names if name}
    raise Unreadable(Fault.LAYOUT)


def _line(
    number: int, row: Sequence[str], layout: Layout, columns: Mapping[str, int]
) -> Line | Fault:
    """One row as a line, or what is wrong with it."""

    def cell(name: str) -> str:
        place = columns.get(name)
        return row[place] if place is not None and place < len(row) else ""

    if len(row) <= max(columns[name] for name in (layout.date, layout.out, layout.came)):
        return Fault.SHORT
    booked_at = _moment(cell(layout.date))
    if booked_at is None:
        return Fault.DATE
    if cell(layout.currency).upper() not in YUAN:
        return Fault.CURRENCY
    moved = _moved(cell(layout.out), cell(layout.came))
    if isinstance(moved, Fault):
        return moved
    incoming, amount_fen = moved
    memo = " ".join(text for text in map(cell, layout.memo) if text)
    serial = cell(layout.serial)
    # two banks may count alike: what tells our accounts apart is the end, which none hides
    ours = re.sub(r"[^0-9A-Za-z]", "", cell(layout.own))[-4:]
    said = (
        [serial, str(incoming), str(amount_fen), ours]
        if serial
        else [*row[: max(columns.values()) + 1]]
    )
    return Line(
        row=number,
        booked_at=booked_at,
        incoming=incoming,
        amount_fen=amount_fen,
        counterparty=cell(layout.counterparty),
        account=cell(layout.account),
        memo=memo,
        serial=serial,
        balance_fen=_balance(cell(layout.balance)),
        fingerprint=hashlib.sha256("\x1f".join(said).encode()).hexdigest(),
        own=cell(layout.own),
    )


def _moved(out_text: str, came_text: str) -> tuple[bool, int] | Fault:
    """(did it come in, how much) of a row's two columns."""
    out, came = _fen(out_text), _fen(came_text)
    if isinstance(out, Fault):
        return out
    if isinstance(came, Fault):
        return came
    if bool(out) == bool(came):
        return Fault.TWO_AMOUNTS if out else Fault.NO_AMOUNT
    return bool(came), came or out


_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T](.*)|(\d{6}))?")
_TIME = re.compile(r"\s*(\d{1,2}):?(\d{2}):?(\d{2})?.*")


def _moment(text: str) -> dt.datetime | None:
    """The day, and the time where one is written that can be read; else midnight."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day, spaced, joined = match.groups()
    try:
        moment = dt.datetime(int(year), int(month), int(day), tzinfo=BEIJING)
    except ValueError:
        return None
    time = _TIME.fullmatch(spaced or joined or "")
    if time is None:
        return moment
    try:
        return moment.replace(hour=int(time[1]), minute=int(time[2]), second=int(time[3] or 0))
    except ValueError:
        return moment


def _balance(text: str) -> int | None:
    """What the account held after the row; None where none is written that could be."""
    fen = _fen(text.removeprefix("-")) if text else None
    if fen is None or isinstance(fen, Fault):
        return None
    return -fen if text.startswith("-") else fen


def _fen(text: str) -> int | Fault:
    """'1,234.50' → 123450; an empty cell, a dash and 0.00 are nothing."""
    plain = text.replace(",", "").replace("，", "").removeprefix("¥").removeprefix("￥").strip()
    if plain in ("", "-", "--"):
        return 0
    if re.fullmatch(r"-\d+(\.\d+)?", plain):
        return Fault.NEGATIVE
    match = re.fullmatch(r"\+?(\d{1,20})(?:\.(\d+))?", plain, re.ASCII)
    if not match:
        return Fault.AMOUNT
    cents = (match.group(2) or "").rstrip("0")
    if len(cents) > 2:
        return Fault.FRACTION
    fen = int(match.group(1)) * 100 + int(cents.ljust(2, "0") or 0)
    return fen if fen <= LARGEST_FEN else Fault.TOO_LARGE

"""Reading a bank's statement: the layouts, the encodings, and every way a row can be wrong."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments.statement_file import Fault, Reading, Unreadable, read_statement
from tests.factories.statements import ccb, icbc


@pytest.mark.parametrize("write", [icbc, ccb])
@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030")],
)
def test_both_layouts_are_read_in_every_encoding(write, codec, encoding):
    text = write(
        [("2026-11-20 10:11:12", "", "1,234.50", "花木街道总工会", "缴款GR 0000 1747", "A1"),
         ("2026-11-21 09:00:00", "500.00", "", "职工服务中心", "GC00000001", "A2")]
    )  # fmt: skip
    reading = read_statement(text.encode(codec))
    assert (reading.layout, reading.encoding) == (write.__name__, encoding)
    assert reading.refused == []
    first, second = reading.lines
    assert (first.booked_on, first.incoming, first.amount_fen) == (
        dt.date(2026, 11, 20), True, 123_450,
    )  # fmt: skip
    assert (first.counterparty, first.serial) == ("花木街道总工会", "A1")
    assert "GR 0000 1747" in first.memo
    assert (second.incoming, second.amount_fen) == (False, 50_000)


@pytest.mark.parametrize(
    ("day", "out", "came", "fault"),
    [
        ("someday", "", "1", Fault.DATE),
        ("2026-02-30", "", "1", Fault.DATE),
        ("2026-11-20", "", "-5.00", Fault.NEGATIVE),
        ("2026-11-20", "", "0.001", Fault.FRACTION),
        ("2026-11-20", "", "90071992547409.93", Fault.TOO_LARGE),
        ("2026-11-20", "", "12e3", Fault.AMOUNT),
        ("2026-11-20", "", "=1+1", Fault.AMOUNT),
        ("2026-11-20", "1", "1", Fault.TWO_AMOUNTS),
        ("2026-11-20", "0.00", "", Fault.NO_AMOUNT),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_alone(day, out, came, fault):
    text = icbc([(day, out, came, "甲", "", "A1"), ("20261121", "", "1.5", "乙", "", "A2")])
    reading = read_statement(text.encode())
    assert reading.refused == [(4, fault)]
    assert [line.amount_fen for line in reading.lines] == [150]


def test_a_foreign_currency_is_refused():
    text = ccb([("2026-11-20", "", "5", "甲", "", "A1")], currency="美元")
    assert read_statement(text.encode()).refused == [(2, Fault.CURRENCY)]


def test_a_row_twice_is_taken_once():
    row = ("2026-11-20", "", "5", "甲", "缴款", "A1")
    reading = read_statement(icbc([row, row]).encode())
    assert (len(reading.lines), reading.refused) == (1, [(5, Fault.TWICE)])


def test_without_the_banks_number_the_balance_tells_rows_apart():
    row = ("2026-11-20", "", "5", "甲", "缴款", "")
    reading = read_statement(icbc([row, row], balances=["10", "15"]).encode())
    assert len(reading.lines) == 2


def test_a_row_that_breaks_off_is_refused():
    text = icbc([("2026-11-20", "", "5", "甲", "缴款", "A1")]) + "2026-11-21,\r\n"
    assert read_statement(text.encode()).refused == [(5, Fault.SHORT)]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.LAYOUT),
        ("日期,金额\r\n2026-11-20,5\r\n".encode(), Fault.LAYOUT),
        (b"\xff\xfe\x00a", Fault.ENCODING),
        (icbc([]).encode("gb18030")[:-9] + b"\x81", Fault.ENCODING),
    ],
)
def test_what_cannot_be_read_at_all(data, fault):
    with pytest.raises(Unreadable) as refusal:
        read_statement(data)
    assert refusal.value.fault == fault


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_break_it(data):
    for body in (data, icbc([]).encode() + data):
        with contextlib.suppress(Unreadable):
            assert isinstance(read_statement(body), Reading)

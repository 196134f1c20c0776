"""The file a bank takes payments from: pure, small, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.money import plain_yuan

HEADINGS = (
    "序号",
    "付款账号",
    "收款人账号",
    "收款人户名",
    "收款人开户行",
    "金额（元）",
    "用途",
    "业务参考号",
)

ENCODINGS = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
"""What a bank's programme reads, and how Python calls it (UTF-8 with the mark Excel needs)."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Order:
    """One payment the bank is asked to make."""

    payer: str
    account: str
    holder: str
    bank: str
    amount_fen: int
    purpose: str
    reference: str


def safe(text: str) -> str:
    """The text as one line which no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return "'" + line if text.startswith(_FORMULA) or line.startswith(_FORMULA) else line


def bank_file(orders: Iterable[Order], encoding: str = "utf-8") -> bytes:
    """The CSV: a heading and one line an order, amounts in yuan with two decimals."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for number, order in enumerate(orders, start=1):
        writer.writerow(
            [
                number,
                safe(order.payer),
                safe(order.account),
                safe(order.holder),
                safe(order.bank),
                plain_yuan(order.amount_fen),
                safe(order.purpose),
                safe(order.reference),
            ]
        )
    return text.getvalue().encode(ENCODINGS[encoding], errors="strict")

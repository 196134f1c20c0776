"""The demo's bank: a statement that shows the newest payments, and what comparing with it found."""

from __future__ import annotations

import csv
import datetime as dt
import io

from cms.demo.delivering import OUR_ACCOUNT
from cms.demo.town import Town
from foundation import clock
from foundation.money import plain_yuan
from foundation.permissions import SYSTEM
from marketplace.payments.models import Payout
from marketplace.payments.statements import import_statement
from marketplace.reconciliation.bank_side import compare_bank
from marketplace.reconciliation.book_side import compare_book
from marketplace.reconciliation.findings import Compared
from marketplace.reconciliation.operations import ask_reconciliation, finish_reconciliation

HEADS = ("账号", "交易时间", "借方发生额/元(支取)", "贷方发生额/元(收入)", "余额", "币种",
         "对方户名", "对方账号", "摘要", "备注", "账户明细编号-交易流水号")  # fmt: skip
OPENING = 5_000_000_00
INTEREST, DONATION = 1_286_40, 20_000_00


def compare_with_bank(town: Town, now: dt.datetime) -> None:
    """The newest day's payments are on the statement; one transfer on it names nobody. So the
    comparison of last night leaves one difference to be explained."""
    paid = Payout.objects.filter(result="paid", settled_at__isnull=False).order_by("settled_at")
    last = paid.last()
    if last is None or last.settled_at is None:
        return
    first_day = last.settled_at.astimezone(clock.SHANGHAI).date()
    since = dt.datetime.combine(first_day, dt.time(), clock.SHANGHAI)
    rows = [(since + dt.timedelta(hours=1), INTEREST, "结息", "")]
    rows += [
        (since + dt.timedelta(hours=10), -payout.amount_fen, payout.reference, "批量代付")
        for payout in paid.filter(settled_at__gte=since)
    ]
    rows.append((now - dt.timedelta(days=9), DONATION, "工会活动款", "陆家嘴社区总工会"))
    rows.sort(key=lambda row: row[0])
    with clock.at(now - dt.timedelta(hours=12)):
        data = _statement(rows).encode("gb18030")
        import_statement(name="建设银行对账单.csv", data=data, actor=town["fund"])
    with clock.at(now - dt.timedelta(hours=6, minutes=30)):
        sides = [Compared("stripe", whole=False, note="unset"), compare_bank(), compare_book()]
        finish_reconciliation(ask_reconciliation(actor=SYSTEM), sides=sides, actor=SYSTEM)


def _statement(rows: list[tuple[dt.datetime, int, str, str]]) -> str:
    """The rows as CCB writes them, each with the balance after it."""
    text, held = io.StringIO(newline=""), OPENING
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for number, (moment, fen, memo, who) in enumerate(rows, start=1):
        held += fen
        out, came = (plain_yuan(-fen), "") if fen < 0 else ("", plain_yuan(fen))
        at = f"{moment.astimezone(clock.SHANGHAI):%Y%m%d %H:%M:%S}"
        serial = f"{moment:%Y%m}-{number:06d}"
        told = [at, out, came, plain_yuan(held), "人民币元", who, "", "转账", memo, serial]
        writer.writerow([OUR_ACCOUNT, *told])
    return text.getvalue()

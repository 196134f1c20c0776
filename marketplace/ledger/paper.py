"""The book on paper: statements and trial balances as PDFs made by Typst, in Chinese and English.

What people wrote goes in as data, never as markup; the font comes with the platform, so that the
same statement looks the same on every machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation import clock
from foundation.documents.paper import typeset
from foundation.errors import DomainError
from foundation.money import capitals, yuan
from marketplace.ledger.models import Account, Fund, Place, YearEnd
from marketplace.ledger.names import Called
from marketplace.ledger.queries import Pocket
from marketplace.ledger.reports import AccountSums, PeriodStatement

TEMPLATE = Path(__file__).with_name("book.typ")
LONGEST = 5000
"""Rows a paper may have; what is longer is asked for as a spreadsheet, or for a shorter time."""


def statement_pdf(statement: PeriodStatement, called: dict[int, Called]) -> bytes:
    """An account's statement for a period; `called` names it and the accounts across."""
    account = statement.account
    rows = list(statement.movements[: LONGEST + 1])
    _not_too_long(len(rows))
    with override("zh-hans"):
        facts = {
            "title": "账户明细 · Statement of account",
            "subject": _words(called[account.pk]),
            "number": account.code,
            "facts": [
                ["基金 · Fund", _fund(account.fund)],
                [
                    "期间 · Period",
                    f"{statement.since or account.fund.starts_on} — {statement.until}",
                ],
                ["期初余额 · Opening balance", yuan(statement.opening_fen)],
                ["收入合计 · Came in", yuan(statement.came_fen)],
                ["支出合计 · Went out", yuan(statement.out_fen)],
                ["期末余额 · Closing balance", yuan(statement.closing_fen)],
            ],
            "heads": ["日期 · Day", "事项 · What", "对方账户 · Other account"],
            "amounts": ["收入 · In", "支出 · Out", "余额 · Balance"],
            "rows": [
                [
                    row.transfer.journal.effective_on.isoformat(),
                    _event(row.transfer.journal),
                    _words(called[row.other.pk]) if row.other.pk in called else row.other.code,
                    yuan(row.amount_fen) if row.came_in else "",
                    "" if row.came_in else yuan(row.amount_fen),
                    yuan(row.balance_fen),
                ]
                for row in statement.rows(rows)
            ],
            "foot": [
                "期末 · Closing",
                "",
                "",
                yuan(statement.came_fen),
                yuan(statement.out_fen),
                yuan(statement.closing_fen),
            ],
        }
    return _print(facts)


def trial_balance_pdf(
    fund: Fund, rows: list[AccountSums], called: dict[int, Called], until: Any
) -> bytes:
    """A fund's trial balance; both columns sum to the same."""
    _not_too_long(len(rows))
    came, out = sum(row.came_fen for row in rows), sum(row.out_fen for row in rows)
    with override("zh-hans"):
        facts = {
            "title": "试算平衡表 · Trial balance",
            "subject": _fund(fund),
            "number": fund.code,
            "facts": [
                ["截至 · Until", str(until or clock.today())],
                ["账户数 · Accounts", f"{len(rows):,}"],
                ["差额 · Difference", yuan(came - out)],
            ],
            "heads": ["账户 · Account", "编号 · Code"],
            "amounts": ["收入 · In", "支出 · Out", "余额 · Balance"],
            "rows": [
                [
                    _words(called[row.account.pk]),
                    row.account.short_code,
                    yuan(row.came_fen),
                    yuan(row.out_fen),
                    yuan(row.balance_fen),
                ]
                for row in rows
            ],
            "foot": ["合计 · Sum", "", yuan(came), yuan(out), yuan(came - out)],
        }
    return _print(facts)


def final_statement_pdf(
    fund: Fund,
    held: dict[str, int],
    pockets: list[Pocket],
    called: dict[int, Called],
    *,
    left: dict[int, int],
    year_end: YearEnd,
) -> bytes:
    """What became of a fund's money, pocket by pocket, once its year is closed."""
    _not_too_long(len(pockets))
    went = sum(left.values())
    heir = _fund(fund.successor) if fund.successor else "拨款方 · The authority"
    columns = [
        [row.spent_fen, row.reserved_fen, row.encumbered_fen, row.owed_back_fen] for row in pockets
    ]
    sums = [sum(row.given_fen + left.get(row.account.pk, 0) for row in pockets)]
    sums += [sum(column) for column in zip(*columns, strict=True)]
    with override("zh-hans"):
        facts = {
            "title": "年终决算表 · Final statement",
            "subject": _fund(fund),
            "number": fund.code,
            "facts": [
                ["期间 · Period", f"{fund.starts_on} — {fund.ends_on}"],
                ["拨款 · Appropriated", yuan(-held[Place.AUTHORITY])],
                ["已支付 · Paid", yuan(held[Place.PAID])],
                ["应付未付 · Owed", yuan(held[Place.PAYABLE])],
                ["结转 · Handed on", f"{yuan(went)} {capitals(went)}"],
                ["结转至 · To", heir],
                ["试算平衡表 · Trial balance", f"SHA-256 {year_end.trial_balance.sha256}"],
                ["关账至 · Closed up to", fund.ends_on.isoformat()],
            ],
            "heads": ["账户 · Account"],
            "amounts": [
                "下达 · Given",
                "支出 · Spent",
                "预留 · Reserved",
                "占用 · Bound",
                "应收回 · Owed back",
                "结转 · Handed on",
            ],
            "rows": [
                [
                    _words(called[row.account.pk]),
                    yuan(row.given_fen + left.get(row.account.pk, 0)),
                    *map(yuan, column),
                    yuan(left.get(row.account.pk, 0)),
                ]
                for row, column in zip(pockets, columns, strict=True)
            ],
            "foot": ["合计 · Sum", *map(yuan, sums), yuan(went)],
        }
    return _print(facts)


def _print(facts: dict[str, Any]) -> bytes:
    facts["made"] = f"{localtime(clock.now()):%Y-%m-%d %H:%M}"
    return typeset(TEMPLATE, facts)


def _not_too_long(rows: int) -> None:
    if rows > LONGEST:
        raise DomainError(
            _("A paper has at most %(most)s rows. Choose a shorter time, or take the spreadsheet.")
            % {"most": LONGEST}
        )


def _fund(fund: Fund) -> str:
    return f"{fund.name} · {fund.name_en}" if fund.name_en else fund.name


def _words(called: Called) -> str:
    return " · ".join(str(part) for part in (called.title, called.kind, called.origin) if part)


def _event(journal: Any) -> str:
    kind = str(journal.get_kind_display())
    return f"{kind}：{journal.memo}" if journal.memo else kind


def sides_of(account: Account, rows: list[Any]) -> list[Account]:
    """The account and everyone across from it in these movements, to be named together."""
    return [account, *(side for row in rows for side in (row.debit, row.credit))]

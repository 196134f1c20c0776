"""The book's tables for files: statements and trial balances, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from marketplace.ledger.queries import StatementRow
from marketplace.ledger.reports import AccountSums, PeriodStatement
from marketplace.ledger.sheets import Fen


def statement_rows(rows: Iterable[StatementRow]) -> Iterator[list[object]]:
    """A statement in the order it is given; amounts are numbers, words are only words."""
    yield [
        _("number"),
        _("effective"),
        _("posted"),
        _("kind"),
        _("reference"),
        _("memo"),
        _("who"),
        _("other account"),
        _("came in"),
        _("went out"),
        _("balance"),
    ]
    for row in rows:
        journal = row.transfer.journal
        yield [
            row.transfer.pk,
            journal.effective_on,
            journal.created_at,
            journal.kind,
            journal.reference,
            journal.memo,
            journal.actor or "",
            row.other.code,
            Fen(row.amount_fen) if row.came_in else "",
            "" if row.came_in else Fen(row.amount_fen),
            Fen(row.balance_fen),
        ]


def period_rows(statement: PeriodStatement) -> Iterator[list[object]]:
    """A period's statement, the oldest first, between its opening and its closing balance."""
    rows = statement_rows(statement.rows())
    yield next(rows)
    blank = [""] * 4
    first = [*blank, _("opening balance"), "", "", "", "", Fen(statement.opening_fen)]
    yield ["", statement.since or "", *first[1:]]
    yield from rows
    sums = Fen(statement.came_fen), Fen(statement.out_fen), Fen(statement.closing_fen)
    yield ["", statement.until, *blank[1:], _("closing balance"), "", "", *sums]


def trial_balance_rows(rows: Iterable[AccountSums]) -> Iterator[list[object]]:
    """Every account of a fund with what came in and went out, and the sums, which are equal."""
    yield [_("account"), _("kind of account"), _("came in"), _("went out"), _("balance")]
    came = out = 0
    for row in rows:
        came, out = came + row.came_fen, out + row.out_fen
        yield [
            row.account.code,
            row.account.get_place_display(),
            Fen(row.came_fen),
            Fen(row.out_fen),
            Fen(row.balance_fen),
        ]
    yield [_("sum"), "", Fen(came), Fen(out), Fen(came - out)]

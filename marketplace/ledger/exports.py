"""The book's tables for files: statements and trial balances, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from marketplace.ledger.models import Account
from marketplace.ledger.queries import StatementRow
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


def trial_balance_rows(accounts: Iterable[Account]) -> Iterator[list[object]]:
    """Every account of a fund with what came in and went out, and the sums, which are equal."""
    yield [_("account"), _("kind of account"), _("came in"), _("went out"), _("balance")]
    came = out = 0
    for account in accounts:
        came, out = came + account.credits, out + account.debits
        yield [
            account.code,
            account.get_place_display(),
            Fen(account.credits),
            Fen(account.debits),
            Fen(account.balance_fen),
        ]
    yield [_("sum"), "", Fen(came), Fen(out), Fen(came - out)]

"""The book as CSV: statements and trial balances, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from foundation.money import plain_yuan
from foundation.organisations.spreadsheet import neutral
from marketplace.ledger.models import Account
from marketplace.ledger.queries import StatementRow


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def csv_response(name: str, rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """A file to keep, sent line by line, with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    lines = (writer.writerow(row) for row in rows)
    response = StreamingHttpResponse(
        (line for part in (("\ufeff",), lines) for line in part),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def statement_rows(rows: Iterable[StatementRow]) -> Iterator[list[object]]:
    """A statement, newest first; amounts are numbers, words are only words."""
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
            journal.effective_on.isoformat(),
            localtime(journal.created_at).isoformat(timespec="seconds"),
            neutral(journal.kind),
            neutral(journal.reference),
            neutral(journal.memo),
            neutral(journal.actor or ""),
            neutral(row.other.code),
            plain_yuan(row.amount_fen) if row.came_in else "",
            "" if row.came_in else plain_yuan(row.amount_fen),
            plain_yuan(row.balance_fen),
        ]


def trial_balance_rows(accounts: Iterable[Account]) -> Iterator[list[object]]:
    """Every account of a fund with what came in and went out, and the sums, which are equal."""
    yield [_("account"), _("kind of account"), _("came in"), _("went out"), _("balance")]
    came = out = 0
    for account in accounts:
        came, out = came + account.credits, out + account.debits
        yield [
            neutral(account.code),
            account.get_place_display(),
            plain_yuan(account.credits),
            plain_yuan(account.debits),
            plain_yuan(account.balance_fen),
        ]
    yield [_("sum"), "", plain_yuan(came), plain_yuan(out), plain_yuan(came - out)]

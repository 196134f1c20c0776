"""Statements and trial balances as files: CSV, XLSX, and PDF, whole or for a period."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from foundation.http import signed_in, visible_or_404
from marketplace.ledger import queries
from marketplace.ledger.exports import (
    period_rows,
    statement_rows,
    trial_balance_rows,
)
from marketplace.ledger.filters import PeriodFilter
from marketplace.ledger.names import NEEDED, name_accounts
from marketplace.ledger.paper import LONGEST, sides_of, statement_pdf, trial_balance_pdf
from marketplace.ledger.reports import period_statement, trial_balance_until
from marketplace.ledger.sheets import sheet_response


@signed_in
def statement_file(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """An account's statement as a file: whole, or for the days that are asked for."""
    rows = queries.accounts_visible_to(request.user).select_related("fund", *NEEDED)
    account = visible_or_404(rows, pk=pk)
    asked = PeriodFilter(request.GET)
    since, until = asked.days()
    name = account.code.replace("/", "-") + asked.suffix()
    if ending != "pdf" and not (since or until):
        return sheet_response(ending, name, statement_rows(queries.whole_statement(account)))
    statement = period_statement(account, since, until)
    if ending != "pdf":
        return sheet_response(ending, name, period_rows(statement))
    shown = list(statement.movements[:LONGEST])
    called = name_accounts(request.user, sides_of(account, shown))
    return _pdf(name, statement_pdf(statement, called))


@signed_in
def trial_balance_file(request: HttpRequest, code: str, ending: str) -> HttpResponseBase:
    """A fund's trial balance as a file: as it stands now, or at the end of a day."""
    fund = visible_or_404(queries.funds_visible_to(request.user), code=code)
    asked = PeriodFilter(request.GET)
    _since, until = asked.days()
    rows = trial_balance_until(fund, until)
    name = f"{fund.code}-trial-balance{asked.suffix()}"
    if ending != "pdf":
        return sheet_response(ending, name, trial_balance_rows(rows))
    called = name_accounts(request.user, [row.account for row in rows])
    return _pdf(name, trial_balance_pdf(fund, rows, called, until))


def _pdf(name: str, body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response

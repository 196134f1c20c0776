"""Closing a fund's year: the trial balance on paper, then everything with one press, or nothing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.models import Document
from foundation.documents.operations import keep_bytes
from foundation.documents.readers import reader
from foundation.errors import DomainError
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.ledger import rules
from marketplace.ledger.models import Account, Fund, Period, Place, YearEnd
from marketplace.ledger.names import NEEDED, name_accounts
from marketplace.ledger.operations import carry_over_fund, close_period, lapse_fund
from marketplace.ledger.paper import final_statement_pdf, trial_balance_pdf
from marketplace.ledger.queries import budget_against_actual, standing_of
from marketplace.ledger.reports import trial_balance_until
from marketplace.ledger.rules import reads_books
from marketplace.ledger.year_end import open_steps, steps_of

__all__ = ["rules"]

YEAR_END = "year_end"


@reader(YEAR_END)
def reads_year_end(person: Any, document: Document) -> bool:
    """Those who read the books."""
    return bool(reads_books.test(person, None))


@operation
def print_trial_balance(fund: Fund, *, actor: Any) -> YearEnd:
    """Keep the fund's trial balance as a PDF; printed again, the new one takes its place.

    Nobody posts while it is made, so that the paper shows one moment.
    """
    fund = lock(fund)
    allow(actor, "print_trial_balance", fund)
    newest = _still(fund)
    rows = trial_balance_until(fund)
    called = name_accounts(actor, [row.account for row in rows])
    body = trial_balance_pdf(fund, rows, called, None)
    name = f"{fund.code}-trial-balance-{clock.today():%Y%m%d}.pdf"
    document = keep_bytes(name, body, "application/pdf", YEAR_END, actor)
    year_end, _new = YearEnd.objects.update_or_create(
        fund=fund,
        defaults={
            "trial_balance": document,
            "last_transfer": newest,
            "printed_by": actor,
            "printed_at": clock.now(),
        },
    )
    record(actor, "print_trial_balance", fund, sha256=document.sha256, accounts=len(rows))
    return year_end


@operation
def close_year(fund: Fund, *, successor: Fund | None, reason: str, actor: Any) -> YearEnd:
    """Hand on what is left, close the books up to the fund's last day, keep the final statement.

    All of it or nothing: while a step is not done, the sentence names it. Without a successor
    what is left goes back to the authority (a union's own money stays the union's).
    """
    for each in sorted({fund.pk, *([successor.pk] if successor else [])}):
        lock(Fund(pk=each))  # in one order, as `carry_over_fund` does
    fund = Fund.objects.select_related("year_end__trial_balance", "successor").get(pk=fund.pk)
    allow(actor, "close_year", fund)
    _still(fund)
    if missing := open_steps(steps_of(fund)):
        titles = "; ".join(f"{step.title}: {step.says}" for step in missing)
        raise DomainError(_("Nothing was closed. Not done yet: %(steps)s") % {"steps": titles})
    left = _left(fund)
    if not fund.lapsed_on and successor:
        carry_over_fund(fund, successor=successor, reason=reason, actor=actor)
    elif not fund.lapsed_on:
        lapse_fund(fund, reason=reason, actor=actor)
    year_end = YearEnd.objects.get(fund=fund)
    year_end.period = _closed(fund, actor)
    fund.refresh_from_db()
    body = final_statement_pdf(fund, *_figures(fund), left=left, year_end=year_end)
    name = f"{fund.code}-final-statement.pdf"
    year_end.statement = keep_bytes(name, body, "application/pdf", YEAR_END, actor)
    year_end.closed_by, year_end.closed_at = actor, clock.now()
    year_end.save()
    record(
        actor,
        "close_year",
        fund,
        successor=fund.successor.code if fund.successor else "",
        reason=reason,
        amount_fen=sum(left.values()),
        trial_balance=year_end.trial_balance.sha256,
        statement=year_end.statement.sha256,
        period=year_end.period.pk,
    )
    return year_end


def _still(fund: Fund) -> int:
    """Nobody posts to the fund from here on; the newest transfer it has counted in."""
    rows = Account.objects.select_for_update(no_key=True).filter(fund=fund).order_by("pk")
    return max(rows.values_list("last_transfer", flat=True), default=0)


def _closed(fund: Fund, actor: Any) -> Period:
    """The books closed up to the fund's last day: now, or before."""
    before = fund.periods.filter(ends_on__gte=fund.ends_on).last()
    return before or close_period(fund, ends_on=fund.ends_on, actor=actor)


def _left(fund: Fund) -> dict[int, int]:
    """{pocket: fen that will go on} before the closing; those that hold nothing are left out."""
    rows = fund.accounts.filter(place__in=[Place.AVAILABLE, Place.BUYER, Place.OWN])
    return {row.pk: row.balance_fen for row in rows if row.balance_fen}


def _figures(fund: Fund) -> tuple[dict[str, int], list[Any], dict[int, Any]]:
    """(fen by place, what became of each pocket, what the pockets are called)."""
    held, promised = standing_of(fund)
    rows = fund.accounts.filter(place__in=[Place.AVAILABLE, Place.BUYER, Place.OWN])
    pockets = list(rows.select_related(*NEEDED).order_by("pk"))
    called = name_accounts(None, pockets)
    return held, budget_against_actual(pockets, promised), called

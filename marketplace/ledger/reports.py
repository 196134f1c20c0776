"""The book between two days: a statement with its opening and closing balance, a trial balance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When, Window

from foundation import clock
from marketplace.ledger.models import Account, Fund, Transfer
from marketplace.ledger.names import NEEDED
from marketplace.ledger.queries import StatementRow, trial_balance


@dataclass(frozen=True)
class PeriodStatement:
    """An account's movements whose effective day lies in a period, the oldest first.

    A movement is in the period of its effective day, also when it was posted later.
    """

    account: Account
    since: dt.date | None
    until: dt.date
    opening_fen: int
    came_fen: int
    out_fen: int
    movements: QuerySet[Transfer]

    @property
    def closing_fen(self) -> int:
        """What was there at the end of the last day."""
        return self.opening_fen + self.came_fen - self.out_fen

    def rows(self, movements: Any = None) -> Iterator[StatementRow]:
        """The movements (or a page of them), each with the balance after it."""
        found: Any = self.movements.iterator(2000) if movements is None else movements
        for transfer in found:
            came_in = transfer.credit_id == self.account.pk
            balance = self.opening_fen + transfer.running
            yield StatementRow(transfer, came_in, transfer.amount_fen, balance)


def period_statement(
    account: Account, since: dt.date | None = None, until: dt.date | None = None
) -> PeriodStatement:
    """The account's statement from `since` to `until` (both included; today when not said)."""
    last = until or clock.today()
    both = Transfer.objects.filter(Q(debit=account) | Q(credit=account))
    signed = Case(When(credit=account, then=F("amount_fen")), default=-F("amount_fen"))
    before, within = Q(), Q(journal__effective_on__lte=last)
    if since:
        before = Q(journal__effective_on__lt=since)
        within &= Q(journal__effective_on__gte=since)
    sums = both.aggregate(
        opening=Sum(signed, filter=before if since else Q(pk=None)),
        came=Sum("amount_fen", filter=within & Q(credit=account)),
        out=Sum("amount_fen", filter=within & Q(debit=account)),
    )
    order = ("journal__effective_on", "pk")
    sides = [f"{side}__{row}" for side in ("debit", "credit") for row in NEEDED]
    movements = both.filter(within).select_related("journal__actor", "debit", "credit", *sides)
    return PeriodStatement(
        account,
        since,
        last,
        sums["opening"] or 0,
        sums["came"] or 0,
        sums["out"] or 0,
        movements.annotate(running=Window(Sum(signed), order_by=list(order))).order_by(*order),
    )


@dataclass(frozen=True)
class AccountSums:
    """What came into an account and went out of it, until some day or until now."""

    account: Account
    came_fen: int
    out_fen: int

    @property
    def balance_fen(self) -> int:
        """What was there then."""
        return self.came_fen - self.out_fen


def trial_balance_until(fund: Fund, day: dt.date | None = None) -> list[AccountSums]:
    """Every account of the fund with its two sums, at the end of `day` or as it stands now."""
    accounts = trial_balance(fund).select_related(*NEEDED)
    if day is None:
        return [AccountSums(row, row.credits, row.debits) for row in accounts]
    steps = Transfer.objects.filter(journal__effective_on__lte=day).order_by()
    came, out = (
        dict(steps.filter(**{f"{side}__fund": fund}).values_list(side).annotate(Sum("amount_fen")))
        for side in ("credit", "debit")
    )
    return [
        AccountSums(row, came.get(row.pk, 0), out.get(row.pk, 0))
        for row in accounts
        if row.pk in came or row.pk in out
    ]

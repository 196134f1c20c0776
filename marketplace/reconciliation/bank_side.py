"""Our payments, refunds and deposits by bank against the lines of the bank's statements.

A statement covers the account from its first line to its last; what happened before the first
statement ever read in cannot be compared. The two balances are reconciled as accountants do it:
what only one side knows yet is added to or taken from the other, and then both are equal.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from foundation import clock
from foundation.clock import SHANGHAI
from foundation.workdays.arithmetic import nth_after
from foundation.workdays.queries import WorkingCalendar
from marketplace.payments.deposit_models import Deposit, Refund
from marketplace.payments.models import Payable, Payout
from marketplace.payments.own_accounts import is_account
from marketplace.payments.payment_lines import payouts_named
from marketplace.payments.statement_models import Statement, StatementLine
from marketplace.payments.states import DepositState, LineState, RefundState
from marketplace.reconciliation.findings import Compared, Found, Sums
from marketplace.reconciliation.models import Side

WORKING_DAYS = 3
"""So long the bank may take, and so long a doubtful line may wait."""

PAID, RETURNED = Payout.Result.PAID, Payout.Result.RETURNED


def compare_bank() -> Compared:
    """Every statement read in so far against what we say went over the account."""
    today = clock.today()
    statements = list(Statement.objects.exclude(first_at=None).order_by("pk"))
    if not statements:
        return Compared(Side.BANK, note="no_statement", found=_late(None, today))
    first = min(_day(statement.first_at) for statement in statements)
    last = max(_day(statement.last_at) for statement in statements)
    seen_until = last_settled(min(today, last + dt.timedelta(days=1)))
    compared = Compared(Side.BANK, since=first, until=last)
    compared.found = [
        *_late(last, today),
        *_unseen(first, seen_until),
        *_unsent(last_settled(today)),
        *_lines(last_settled(today)),
        *_broken(statements),
        *_elsewhere(),
    ]
    compared.sums = _sums(first)
    _reconcile(compared, statements, first)
    return compared


def last_settled(today: dt.date) -> dt.date:
    """The last day from which more than three working days have passed before `today`."""
    works = WorkingCalendar()
    day = today - dt.timedelta(days=WORKING_DAYS)
    while nth_after(day, WORKING_DAYS, works) >= today:
        day -= dt.timedelta(days=1)
    return day


def payouts_by_bank(first: dt.date) -> QuerySet[Payout]:
    """Payments the bank made for us since the first statement, or that stand in one."""
    rows = Payout.objects.filter(result__in=[PAID, RETURNED], connected_account=None)
    since = dt.datetime.combine(first, dt.time(), SHANGHAI)
    return rows.filter(Q(settled_at__gte=since) | Q(line__isnull=False))


def deposits_by_bank(first: dt.date) -> QuerySet[Deposit]:
    """Deposits that came to the account since then, or that stand in a statement."""
    rows = Deposit.objects.exclude(source=Deposit.Source.STRIPE).exclude(state=DepositState.UNDONE)
    return rows.filter(Q(received_on__gte=first) | Q(line__isnull=False))


def refunds_by_bank(first: dt.date) -> QuerySet[Refund]:
    """Refunds of such deposits that were paid since then, or that stand in a statement."""
    rows = Refund.objects.exclude(deposit__source=Deposit.Source.STRIPE)
    since = dt.datetime.combine(first, dt.time(), SHANGHAI)
    rows = rows.filter(state=RefundState.ARRIVED)
    return rows.filter(Q(settled_at__gte=since) | Q(line__isnull=False))


def parts_by_bank(first: dt.date) -> QuerySet[Payable]:
    """Parts of payments by the bank that came back since then, or that stand in a statement."""
    rows = Payable.objects.filter(came_back_from__bank_account__isnull=False)
    rows = rows.filter(Q(due_on__gte=first) | Q(line_back__isnull=False))
    return rows.select_related("came_back_from__batch")


def _unseen(first: dt.date, until: dt.date) -> list[Found]:
    """What we say went over the account and no line shows, though it should by now."""
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), SHANGHAI)
    paid = payouts_by_bank(first).filter(settled_at__lt=end).select_related("batch", "payable")
    came = deposits_by_bank(first).filter(line=None, received_on__lte=until)
    back = refunds_by_bank(first).filter(line=None, settled_at__lt=end)
    gone = paid.filter(Q(result=PAID) | Q(line_back__isnull=False), line=None)
    lost = paid.filter(result=RETURNED, line__isnull=False, line_back=None, returned_at__lt=end)
    parts = parts_by_bank(first).filter(line_back=None, due_on__lte=until)
    return [
        *(_payout(one, "unseen_payout", one.settled_at) for one in gone.order_by("pk")),
        *(_payout(one, "unseen_return", one.returned_at) for one in lost.order_by("pk")),
        *(_part(one) for one in parts.order_by("pk")),
        *(
            Found(
                f"bank:deposit:{one.pk}:unseen",
                "unseen_deposit",
                ours_fen=one.amount_fen,
                happened_on=one.received_on,
                about=("marketplace.deposit", one.pk),
                facts={"number": one.bank_reference, "deposit": one.pk},
            )
            for one in came.order_by("pk")
        ),
        *(_refund(one, "unseen_refund", one.settled_at) for one in back.order_by("pk")),
    ]


def _unsent(until: dt.date) -> list[Found]:
    """Refunds a union waits for: the book has let the money go, nobody has paid it back."""
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), SHANGHAI)
    rows = Refund.objects.filter(state=RefundState.ASKED, asked_at__lt=end)
    rows = rows.exclude(deposit__source=Deposit.Source.STRIPE)
    return [_refund(one, "unsent_refund", one.asked_at) for one in rows.order_by("pk")]


def _payout(one: Payout, kind: str, moment: dt.datetime | None) -> Found:
    return Found(
        f"bank:payout:{one.pk}:{kind}",
        kind,
        ours_fen=one.amount_fen,
        happened_on=moment and _day(moment),
        about=("marketplace.payout", one.pk),
        facts={"number": one.reference, "batch": one.batch.number, "payable": one.payable_id},
    )


def _part(part: Payable) -> Found:
    payout = part.came_back_from
    assert payout is not None
    return Found(
        f"bank:part:{part.pk}:unseen",
        "unseen_return",
        ours_fen=part.amount_fen,
        happened_on=part.due_on,
        about=("marketplace.payable", part.pk),
        facts={"number": payout.reference, "batch": payout.batch.number, "payable": part.pk},
    )


def _refund(one: Refund, kind: str, moment: dt.datetime | None) -> Found:
    return Found(
        f"bank:refund:{one.pk}:{kind}",
        kind,
        ours_fen=one.amount_fen,
        happened_on=moment and _day(moment),
        about=("marketplace.refund", one.pk),
        facts={"number": one.number, "deposit": one.deposit_id},
    )


def _lines(until: dt.date) -> list[Found]:
    """Lines nobody has decided about for too long; at once where the bank paid what we hold for
    failed, for it may be paid twice."""
    waiting = StatementLine.objects.filter(state=LineState.WAITING)
    named = waiting.filter(incoming=False, memo__contains="GC")
    failed = {
        line.pk: payout
        for line in named
        if (payout := payouts_named(line).filter(result=Payout.Result.FAILED).first())
    }
    old = waiting.filter(Q(booked_on__lte=until) | Q(pk__in=list(failed)))
    found = []
    for line in old.order_by("pk"):
        payout = failed.get(line.pk)
        found.append(
            Found(
                f"bank:line:{line.pk}",
                "paid_though_failed" if payout else "unmatched_line",
                theirs_fen=line.amount_fen if line.incoming else -line.amount_fen,
                happened_on=line.booked_on,
                about=("marketplace.statementline", line.pk),
                facts={
                    "who": line.counterparty,
                    "memo": line.memo[:120],
                    "number": payout.reference if payout else str(line),
                },
            )
        )
    return found


def _broken(statements: list[Statement]) -> list[Found]:
    """Statements whose balances do not follow from their rows, unless the same days were read in
    again whole."""
    whole = [one for one in statements if one.broken_row is None]
    return [
        Found(
            f"bank:statement:{one.pk}:broken",
            "broken_statement",
            happened_on=_day(one.first_at),
            about=("marketplace.statement", one.pk),
            facts={"row": one.broken_row},
        )
        for one in statements
        if one.broken_row is not None
        and not any(_covers(better, one) for better in whole if better.pk > one.pk)
    ]


def _elsewhere() -> list[Found]:
    """Payments that left from another account of ours than their batch says."""
    lines = StatementLine.objects.filter(payout__isnull=False).exclude(statement__own_account="")
    rows = lines.exclude(statement__own_account=F("payout__batch__account__number"))
    rows = rows.select_related("statement", "payout__batch__account")
    found = []
    for line in rows.order_by("pk"):
        payout = line.payout
        assert payout is not None
        account, told = payout.batch.account, line.statement.own_account
        if account is None or is_account(account.number, told):
            continue
        found.append(
            Found(
                f"bank:payout:{payout.pk}:other_account",
                "other_account",
                ours_fen=payout.amount_fen,
                theirs_fen=line.amount_fen,
                happened_on=line.booked_on,
                about=("marketplace.statementline", line.pk),
                facts={
                    "number": payout.reference,
                    "batch": payout.batch.number,
                    "ours": account.number[-4:],
                    "theirs": told[-4:],
                },
            )
        )
    return found


def _covers(better: Statement, one: Statement) -> bool:
    """The same account's days (where both say whose they are), and all of them."""
    if better.own_account != one.own_account and better.own_account and one.own_account:
        return False
    days = [_day(at) for at in (better.first_at, one.first_at, one.last_at, better.last_at)]
    return days == sorted(days)


def _late(last: dt.date | None, today: dt.date) -> list[Found]:
    """Money went over the account, and no statement reaches so far."""
    until = last_settled(today)
    if last is not None and last >= until:
        return []
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), SHANGHAI)
    after = last or dt.date(2000, 1, 1)
    since = dt.datetime.combine(after + dt.timedelta(days=1), dt.time(), SHANGHAI)
    moved = (
        payouts_by_bank(after)
        .filter(result=PAID, line=None, settled_at__range=(since, end))
        .exists()
        or deposits_by_bank(after).filter(line=None, received_on__range=(after, until)).exists()
    )
    if not moved:
        return []
    facts: dict[str, Any] = {"last": last.isoformat() if last else ""}
    return [Found(f"bank:late:{last or 'never'}", "statement_late", happened_on=last, facts=facts)]


def _sums(first: dt.date) -> list[Sums]:
    """What went over the account by us and by the bank's lines, sort by sort."""
    lines = StatementLine.objects.all()
    kinds = (
        ("payouts", payouts_by_bank(first), lines.filter(payout__isnull=False)),
        ("returns", payouts_by_bank(first).filter(result=RETURNED),
         lines.filter(came_back__isnull=False)),
        ("parts", parts_by_bank(first), lines.filter(part__isnull=False)),
        ("deposits", deposits_by_bank(first), lines.filter(deposit__isnull=False)),
        ("bank_refunds", refunds_by_bank(first), lines.filter(refund__isnull=False)),
        ("doubtful", lines.none(), lines.filter(state=LineState.WAITING)),
        ("elsewhere", lines.none(),
         lines.filter(state__in=[LineState.SET_ASIDE, LineState.RETURNED])),
    )  # fmt: skip
    return [Sums(what, *_whole(ours), *_whole(theirs)) for what, ours, theirs in kinds]


def _whole(rows: QuerySet[Any]) -> tuple[int, int]:
    return rows.count(), _fen(rows)


def _fen(rows: QuerySet[Any]) -> int:
    return int(rows.order_by().aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def _reconcile(compared: Compared, statements: list[Statement], first: dt.date) -> None:
    """The two balances, and what each side does not know yet (余额调节表).

    Each account's balances have to follow from its own lines; together they are held against
    our rows, which do not say over which account the money went.
    """
    if all(one.closing_fen is None for one in statements):
        compared.note = "no_balance"
        return
    at_bank = at_start = 0
    unstated = StatementLine.objects.all()
    for account, rows in _by_account(statements).items():
        told = [one for one in rows if one.closing_fen is not None]
        if not told:
            continue
        lines = StatementLine.objects.all()
        if account:
            lines = lines.filter(statement__own_account=account)
        unstated = unstated.exclude(statement__own_account=account) if account else lines.none()
        opening = min(told, key=lambda one: (one.first_at, one.pk))
        closing = max(told, key=lambda one: (one.last_at, one.pk))
        between = (_day(opening.first_at), _day(closing.last_at))
        moved = _moved(lines.filter(booked_on__range=between))
        after, before = closing.closing_fen or 0, opening.opening_fen or 0
        at_bank, at_start = at_bank + after, at_start + before
        if after - before != moved:
            compared.found.append(
                Found(
                    f"bank:balance:{account}" if account else "bank:balance",
                    "balance_differs",
                    ours_fen=before + moved,
                    theirs_fen=after,
                    happened_on=between[1],
                    about=("marketplace.statement", closing.pk),
                    facts={"first": between[0].isoformat(), "last": between[1].isoformat()},
                )
            )
    # an account whose balance nobody states, or that no name says which it is: by its lines alone
    at_bank += _moved(unstated)
    compared.balance = {"bank": at_bank, **_two_sides(at_start, first)}


def _moved(lines: QuerySet[StatementLine]) -> int:
    """By how much these lines changed what lies at the bank."""
    return _fen(lines.filter(incoming=True)) - _fen(lines.filter(incoming=False))


def _by_account(statements: list[Statement]) -> dict[str, list[Statement]]:
    """Statements by the account of ours; all of them under no name where there is but one."""
    named = sorted({one.own_account for one in statements if one.own_account})
    if len(named) < 2:
        return {"": statements}
    return {name: [one for one in statements if one.own_account == name] for name in named}


def _two_sides(at_start: int, first: dt.date) -> dict[str, int]:
    """What each side knows and the other does not, in fen; what is there by the rows of ours."""
    paid = payouts_by_bank(first)
    came, back = deposits_by_bank(first), refunds_by_bank(first)
    parts = parts_by_bank(first)
    out = paid.filter(Q(result=PAID) | Q(line_back__isnull=False))
    home = paid.filter(result=RETURNED).filter(Q(line__isnull=False) | Q(line_back__isnull=False))
    gone = out | paid.filter(result=RETURNED, line__isnull=False)
    undecided = StatementLine.objects.exclude(state=LineState.MATCHED)
    return {
        "start": at_start,
        "ours": at_start + _fen(came) + _fen(home) + _fen(parts) - _fen(back) - _fen(gone),
        "ours_in": sum(
            _fen(rows)
            for rows in (
                came.filter(line=None),
                home.filter(line_back=None),
                parts.filter(line_back=None),
            )
        ),
        "ours_out": _fen(back.filter(line=None)) + _fen(gone.filter(line=None)),
        "bank_in": _fen(undecided.filter(incoming=True)),
        "bank_out": _fen(undecided.filter(incoming=False)),
    }


def _day(moment: dt.datetime | None) -> dt.date:
    assert moment is not None
    return moment.astimezone(SHANGHAI).date()

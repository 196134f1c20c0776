"""What payments know and the book has to agree with: what is owed, paid out and paid in."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Sum

from marketplace.ledger.models import Account, Place, Transfer
from marketplace.payments.deposit_models import Deposit, Dispute, Refund
from marketplace.payments.models import (
    Payable,
    Payout,
)
from marketplace.payments.states import SETTLED, DepositState, RefundState


def faults() -> list[str]:
    """Each difference between these rows and their accounts, as a sentence."""
    return [
        f"{code}: {held.get(code, 0)} fen in the book, {expected.get(code, 0)} by its {what}s"
        for what, expected, held in comparisons()
        for code in sorted({*expected, *held})
        if expected.get(code, 0) != held.get(code, 0)
    ]


def comparisons() -> Iterator[tuple[str, dict[str, int], dict[str, int]]]:
    """(what, {account or reference: fen by our rows}, {the same: fen by the book})."""
    yield "payable", _owed(), _held(Place.PAYABLE)
    yield "payout", _paid(), _paid_out()
    yield "deposit", _still_here(), _crossed()


def _held(place: str) -> dict[str, int]:
    """{code: fen} of the accounts of one place."""
    rows = Account.objects.filter(place=place)
    return dict(rows.annotate(held=F("credits") - F("debits")).values_list("code", "held"))


def _owed() -> dict[str, int]:
    rows = Payable.objects.exclude(state__in=SETTLED).order_by()
    owed = rows.values_list("fund__code", "organisation").annotate(Sum("amount_fen"))
    return {f"fund/{fund}/payable/{pk}": fen for fund, pk, fen in owed}


def _paid() -> dict[str, int]:
    rows = Payout.objects.filter(result=Payout.Result.PAID).order_by()
    kept = Sum(F("amount_fen") - F("parts_fen"))
    paid = rows.values_list("payable__fund__code").annotate(kept=kept)
    return {f"fund/{fund}/paid": fen for fund, fen in paid}


def _paid_out() -> dict[str, int]:
    """{code: fen} that was paid to organisations in the book, less payments that came back.

    What was claimed back left this account too, but the payment stands: it is not counted here.
    """
    out: dict[str, int] = {}
    steps = Transfer.objects.order_by().filter(debit__place=Place.PAYABLE, credit__place=Place.PAID)
    for code, fen in steps.values_list("credit__code").annotate(Sum("amount_fen")):
        out[code] = fen
    back = Transfer.objects.order_by().filter(debit__place=Place.PAID, credit__place=Place.PAYABLE)
    for code, fen in back.values_list("debit__code").annotate(Sum("amount_fen")):
        out[code] = out.get(code, 0) - fen
    return out


def _still_here() -> dict[str, int]:
    """{reference: fen} of every deposit, less what went back of it one way or the other."""
    rows = Deposit.objects.exclude(state=DepositState.UNDONE).order_by()
    here = {f"deposit:{pk}": fen for pk, fen in rows.values_list("pk", "amount_fen")}
    refunds = Refund.objects.exclude(state=RefundState.FAILED)
    disputes = Dispute.objects.filter(taken_at__isnull=False, returned_at=None)
    for gone in (refunds, disputes):
        for pk, fen in gone.order_by().values_list("deposit").annotate(Sum("amount_fen")):
            here[f"deposit:{pk}"] = here.get(f"deposit:{pk}", 0) - fen
    return {reference: fen for reference, fen in here.items() if fen}


def _crossed() -> dict[str, int]:
    """{reference: fen} that came over the border of deposits in the book, less what went back."""
    came: dict[str, int] = {}
    inward = Transfer.objects.filter(debit__place=Place.CLEARING)
    outward = Transfer.objects.filter(credit__place=Place.CLEARING)
    for sign, rows in ((1, inward), (-1, outward)):
        summed = rows.order_by().values_list("journal__reference").annotate(Sum("amount_fen"))
        for reference, fen in summed:
            came[reference] = came.get(reference, 0) + sign * fen
    return {reference: fen for reference, fen in came.items() if fen}

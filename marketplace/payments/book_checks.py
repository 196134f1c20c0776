"""What payments know and the book has to agree with: what is owed, paid out and paid in."""

from __future__ import annotations

from django.db.models import F, Sum

from marketplace.ledger import accounts
from marketplace.ledger.models import Account, Place
from marketplace.payments.models import Deposit, Payable, Payout
from marketplace.payments.states import PayableState


def faults() -> list[str]:
    """Each difference between these rows and their accounts, as a sentence."""
    return [
        *_differences("payable", _owed(), _held(Place.PAYABLE)),
        *_differences("payout", _paid(), _held(Place.PAID)),
        *_differences("deposit", _arrived(), _held(Place.OWN, incoming=True)),
    ]


def _differences(what: str, expected: dict[str, int], held: dict[str, int]) -> list[str]:
    return [
        f"{code}: {held.get(code, 0)} fen in the book, {expected.get(code, 0)} by its {what}s"
        for code in sorted({*expected, *held})
        if expected.get(code, 0) != held.get(code, 0)
    ]


def _held(place: str, *, incoming: bool = False) -> dict[str, int]:
    """{code: fen} of the accounts of one place; `incoming`: what was received, ever."""
    rows = Account.objects.filter(place=place)
    if incoming:
        rows = rows.filter(transfers_in__journal__kind="receive")
        return dict(rows.values_list("code").annotate(Sum("transfers_in__amount_fen")).order_by())
    return dict(rows.annotate(held=F("credits") - F("debits")).values_list("code", "held"))


def _owed() -> dict[str, int]:
    rows = Payable.objects.exclude(state=PayableState.PAID).order_by()
    owed = rows.values_list("fund__code", "organisation").annotate(Sum("amount_fen"))
    return {f"fund/{fund}/payable/{pk}": fen for fund, pk, fen in owed}


def _paid() -> dict[str, int]:
    rows = Payout.objects.filter(result=Payout.Result.PAID).order_by()
    paid = rows.values_list("payable__fund__code").annotate(Sum("amount_fen"))
    return {f"fund/{fund}/paid": fen for fund, fen in paid}


def _arrived() -> dict[str, int]:
    rows = Deposit.objects.select_related("fund").order_by()
    arrived: dict[str, int] = {}
    for deposit in rows:
        code = accounts.buyer_own(deposit.fund, deposit.buyer_id)
        arrived[code] = arrived.get(code, 0) + deposit.amount_fen
    return arrived

"""What is owed put on hold, set free again, or no longer owed: what a broken-off project leads to.

Plain functions that rooms above call within their operations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.operations import Line, post
from marketplace.payments.models import Payable
from marketplace.payments.queries import keepers_of
from marketplace.payments.states import SETTLED, PayableState

Draws = Callable[[int], list[tuple[str, int]]]
"""How an amount falls on the accounts that bound it: [(account, fen)], together the amount."""


def unsettled(references: Iterable[str]) -> QuerySet[Payable]:
    """What is owed under these references and neither paid nor called off."""
    return Payable.objects.filter(reference__in=list(references)).exclude(state__in=SETTLED)


def hold(references: Iterable[str]) -> None:
    """Nothing of what is owed under these references is sent to the bank until it is set free."""
    # what was paid as well: it may come back
    rows = Payable.objects.filter(reference__in=list(references), held_at=None)
    rows.update(held_at=clock.now())


def set_free(references: Iterable[str]) -> None:
    """What was on hold may be paid again."""
    Payable.objects.filter(reference__in=list(references)).update(held_at=None)


def locked_unsettled(references: Iterable[str]) -> list[Payable]:
    """What is owed and can still be called off, the youngest first, locked.

    Refuses while some of it is with the bank: nobody knows whether it will be paid.
    """
    rows = unsettled(references).select_for_update(of=("self",)).select_related("organisation")
    found = list(rows.order_by("pk"))
    going = sum(one.amount_fen for one in found if one.state == PayableState.BATCHED)
    if going:
        raise DomainError(
            _("%(sum)s are in a batch. Take it apart, or enter first how the payment went.")
            % {"sum": yuan(going)}
        )
    return found[::-1]


def call_off(
    payables: Iterable[Payable], amount_fen: int, *, fund: Fund, draws: Draws, actor: Any
) -> dict[str, int]:
    """So much of what is owed is owed no more, and bound again; {reference: fen} called off.

    The rows are locked by `locked_unsettled`. One of which a part is left needs a new invoice.
    """
    gone: dict[str, int] = {}
    for payable in payables:
        fen = min(amount_fen, payable.amount_fen)
        if not fen:
            break
        amount_fen -= fen
        gone[payable.reference] = gone.get(payable.reference, 0) + fen
        debit = accounts.payable(fund, payable.organisation)
        post(
            key=f"call_off:payable:{payable.pk}",
            kind="call_off",
            lines=[Line(debit, code, part) for code, part in draws(fen) if part],
            reference=payable.reference,
            actor=actor,
            fund=fund,
            memo=payable.title,
            facts={"payable": payable.pk},
        )
        _made_less(payable, fen)
    return gone


def _made_less(payable: Payable, fen: int) -> None:
    """What is left of it is owed on a new invoice; nothing may be left."""
    if fen == payable.amount_fen:
        payable.move_to(PayableState.CALLED_OFF)
    elif payable.invoice is not None:
        payable.move_to(PayableState.OWED, invoice=None, amount_fen=payable.amount_fen - fen)
    else:
        payable.amount_fen -= fen
        payable.save(update_fields=["amount_fen"])
    tell(
        keepers_of(payable.organisation),
        "payable_called_off",
        url=path_to("payments:payable", payable.pk),
        amount_fen=fen,
        organisation=str(payable.organisation),
        payable=payable.title,
    )

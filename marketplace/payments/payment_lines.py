"""Lines of the bank's statement that are payments of ours: gone out, given back, or come back."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.payments import statement_rules  # noqa: F401  # registers the laws
from marketplace.payments.batches import confirm_payout, return_payout
from marketplace.payments.deposit_models import Deposit, Refund
from marketplace.payments.models import Batch, Payable, Payout
from marketplace.payments.part_returns import return_part
from marketplace.payments.refunds import confirm_refund
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.states import LineState, RefundState

REFERENCE = re.compile(r"GC(\d{8})(?!\d)")
"""What we print beside a payment, wherever the bank repeats it."""


def decide(line: StatementLine, state: LineState, actor: Any, **changes: Any) -> None:
    """Keep what was decided about a line, by whom and when (its row is locked)."""
    line.move_to(state, decided_by=actor, decided_at=clock.now(), **changes)


def payouts_named(line: StatementLine) -> QuerySet[Payout]:
    """The one payment of ours a line names by reference and amount; none where it names two."""
    numbers = {int(digits) for digits in REFERENCE.findall(line.memo)}
    named = Payout.objects.filter(pk__in=numbers, amount_fen=line.amount_fen)
    named = named.filter(connected_account=None)
    return named if len(numbers) == 1 else named.none()


def payouts_for(line: StatementLine) -> QuerySet[Payout]:
    """Payments of ours a line could be, the newest first: of its amount, and not on another line.

    Money that went out is a payment; money that came in may be one that came back.
    """
    rows = Payout.objects.filter(amount_fen=line.amount_fen, batch__sent_at__isnull=False)
    rows = rows.filter(connected_account=None)
    if line.incoming:
        rows = rows.filter(result=Payout.Result.PAID, parts_fen=0)
    else:
        rows = rows.exclude(result=Payout.Result.FAILED).filter(line=None)
    return rows.select_related("payable__organisation").order_by("-pk")


def payouts_for_part(line: StatementLine) -> QuerySet[Payout]:
    """Payments of ours of which a line that came in could be a part, the newest first: those it
    names by our reference, or else all with so much left."""
    rows = Payout.objects.filter(result=Payout.Result.PAID, connected_account=None)
    rows = rows.annotate(kept=F("amount_fen") - F("parts_fen")).filter(kept__gte=line.amount_fen)
    rows = rows.exclude(amount_fen=line.amount_fen)
    named = rows.filter(pk__in={int(digits) for digits in REFERENCE.findall(line.memo)})
    if not line.incoming:
        return rows.none()
    rows = named if named.exists() else rows
    return rows.select_related("payable__organisation").order_by("-pk")


def refunds_for(line: StatementLine) -> QuerySet[Refund]:
    """Refunds paid from the bank that a line which went out could be."""
    rows = Refund.objects.filter(amount_fen=line.amount_fen, line=None)
    rows = rows.exclude(deposit__source=Deposit.Source.STRIPE).exclude(state=RefundState.FAILED)
    return rows.none() if line.incoming else rows.select_related("deposit__buyer").order_by("-pk")


@operation
def match_payout(line: StatementLine, *, payout: Payout, actor: Any) -> Payout:
    """The bank's statement says that one of our payments went out: it is confirmed by that."""
    lock(Batch.objects.get(pk=payout.batch_id))
    line = lock(line)
    allow(actor, "match_payout", line)
    payout = lock(payout, "batch")
    if not payouts_for(line).filter(pk=payout.pk).exists():
        raise DomainError(
            _("That payment is of another amount or direction, or on another line."),
            field="payout",
        )
    if payout.result == Payout.Result.WAITING:
        payout = confirm_payout(payout, actor=actor)
    decide(line, LineState.MATCHED, actor, payout=payout)
    record(actor, "match_payout", line, payout=payout.reference, amount_fen=line.amount_fen)
    return payout


@operation
def match_refund(line: StatementLine, *, refund: Refund, actor: Any) -> Refund:
    """The bank's statement says that a union has its money back: the refund is confirmed by that.

    A refund whose bank reference was entered by hand before is only tied to its line.
    """
    lock(refund.deposit)
    line = lock(line)
    allow(actor, "match_refund", line)
    refund = lock(refund)
    if not refunds_for(line).filter(pk=refund.pk).exists():
        raise DomainError(
            _("That refund is of another amount, or on another line."), field="refund"
        )
    if refund.state != RefundState.ARRIVED:
        refund = confirm_refund(refund, number=line.serial or str(line), actor=actor)
    decide(line, LineState.MATCHED, actor, refund=refund)
    record(actor, "match_refund", line, refund=refund.pk, amount_fen=line.amount_fen)
    return refund


@operation
def match_return(line: StatementLine, *, payout: Payout, actor: Any) -> Payout:
    """Money that came in is a payment of ours the bank sent back: it is owed again."""
    lock(Batch.objects.get(pk=payout.batch_id))
    line = lock(line)
    allow(actor, "match_return", line)
    if not payouts_for(line).filter(pk=payout.pk).exists():
        raise DomainError(
            _("No payment of ours of this amount is out that could have come back."),
            field="payout",
        )
    payout = return_payout(payout, note=line.memo or str(line), actor=actor)
    decide(line, LineState.MATCHED, actor, came_back=payout)
    record(actor, "match_return", line, payout=payout.reference, amount_fen=line.amount_fen)
    return payout


@operation
def match_part(line: StatementLine, *, part: Payout, actor: Any) -> Payable:
    """Money that came in is a part of a payment of ours: that part is owed again."""
    lock(Batch.objects.get(pk=part.batch_id))
    line = lock(line)
    allow(actor, "match_part", line)
    if not payouts_for_part(line).filter(pk=part.pk).exists():
        raise DomainError(
            _("So much of that payment cannot have come back: look at its batch."), field="part"
        )
    facts: dict[str, Any] = {"amount_fen": line.amount_fen, "came_on": line.booked_on}
    owed = return_part(part, note=line.memo or str(line), actor=actor, **facts)
    decide(line, LineState.MATCHED, actor, part=owed)
    record(actor, "match_part", line, payout=part.reference, amount_fen=line.amount_fen)
    return owed

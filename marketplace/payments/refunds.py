"""Money that goes back the way it came: refunds, and what banks take back in a dispute."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import Clash, DomainError
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow
from marketplace.ledger import accounts
from marketplace.ledger.operations import Line, post
from marketplace.ledger.returns import charge_back_lines, deposit_lines, refund_lines
from marketplace.payments import deposit_rules, gateway, kinds  # noqa: F401  # registers the laws
from marketplace.payments.deposit_models import Deposit, Dispute, Refund
from marketplace.payments.queries import free_own, fund_managers, keepers_of
from marketplace.payments.states import DepositState, DisputeState, RefundState


@operation
def refund_deposit(deposit: Deposit, *, amount_fen: int, reason: str, actor: Any) -> Refund:
    """Give a union money back that it paid in: at most what is left and promised to nobody.

    The money leaves the union's own account at once, so that nobody can promise it; Stripe is
    asked afterwards, and a refund that fails brings it back.
    """
    lock(deposit.buyer)  # promises of its money are made under the same lock
    deposit = lock(deposit, "buyer", "fund")
    allow(actor, "refund_deposit", deposit)
    most = min(left_of(deposit), free_own(deposit.fund, deposit.buyer))
    if not 1 <= amount_fen <= most:
        raise DomainError(
            _("At most %(most)s of this can be given back: the rest went back, or is promised.")
            % {"most": yuan(max(most, 0))},
            field="amount_fen",
        )
    refund = _new_refund(deposit, amount_fen, reason, asked_by=actor)
    lines = refund_lines(deposit.fund, deposit.buyer, amount_fen)
    _post(deposit, f"refund:{refund.pk}", "refund", lines, actor=actor, memo=reason)
    settle_state(deposit)
    record(actor, "refund_deposit", deposit, refund=refund.pk, amount_fen=amount_fen, reason=reason)
    if deposit.source == Deposit.Source.STRIPE:
        schedule("send_refund", clock.now(), key=f"send_{refund.reference}", refund=refund.pk)
    _tell_union(refund, "refund_asked", reason=reason)
    return refund


def left_of(deposit: Deposit) -> int:
    """What of a deposit has not gone back one way or the other, in fen."""
    refunds = deposit.refunds.exclude(state=RefundState.FAILED).aggregate(fen=Sum("amount_fen"))
    taken = deposit.disputes.filter(taken_at__isnull=False, returned_at=None)
    return (
        deposit.amount_fen
        - (refunds["fen"] or 0)
        - (taken.aggregate(fen=Sum("amount_fen"))["fen"] or 0)
    )


def _new_refund(deposit: Deposit, amount_fen: int, reason: str, *, asked_by: Any) -> Refund:
    return Refund.objects.create(
        deposit=deposit,
        amount_fen=amount_fen,
        reason=reason[:200],
        asked_by=asked_by,
        asked_at=clock.now(),
    )


def _post(
    deposit: Deposit, key: str, kind: str, lines: list[Line], *, actor: Any, memo: str = ""
) -> None:
    """Every journal about a deposit carries its reference: `verify` adds them up."""
    post(
        key=key,
        kind=kind,
        lines=lines,
        reference=f"deposit:{deposit.pk}",
        actor=actor,
        fund=deposit.fund,
        memo=memo[:200],
    )


def settle_state(deposit: Deposit) -> None:
    """What the deposit is now, after its refunds and disputes (its row is locked)."""
    disputes = list(deposit.disputes.all())
    refunds = deposit.refunds.exclude(state=RefundState.FAILED)
    refunded = refunds.aggregate(fen=Sum("amount_fen"))["fen"] or 0
    if any(dispute.state == DisputeState.LOST for dispute in disputes):
        now = DepositState.CHARGED_BACK
    elif any(dispute.state == DisputeState.OPEN for dispute in disputes):
        now = DepositState.DISPUTED
    elif refunded >= deposit.amount_fen:
        now = DepositState.REFUNDED
    else:
        now = DepositState.PART_REFUNDED if refunded else DepositState.ARRIVED
    if deposit.state == now:
        return
    if not deposit.may_become(now):
        deposit.move_to(DepositState.DISPUTED)  # decided before we heard that it was disputed
    deposit.move_to(now)


@handles("send_refund")
def _ask_stripe(*, refund: int) -> None:
    """Ask Stripe for a refund; asked twice, it is made once."""
    subject = Refund.objects.select_related("deposit").get(pk=refund)
    if subject.state != RefundState.ASKED:
        return
    try:
        number, status = gateway.give_back(
            payment=subject.deposit.bank_reference,
            amount_fen=subject.amount_fen,
            reference=subject.reference,
            key=subject.reference,
        )
    except gateway.Declined as refusal:
        fail_refund(subject, note=str(refusal), actor=SYSTEM)
        return
    send_refund(subject, number=number, actor=SYSTEM)
    follow_refund(subject, number=number, status=status)


def follow_refund(refund: Refund, *, number: str, status: str) -> None:
    """Take over how a refund stands at Stripe; heard twice or late, nothing is done twice."""
    refund = Refund.objects.get(pk=refund.pk)
    if status == "succeeded" and refund.may_become(RefundState.ARRIVED):
        confirm_refund(refund, number=number, actor=SYSTEM)
    elif status in ("failed", "canceled") and refund.may_become(RefundState.FAILED):
        fail_refund(refund, number=number, note=status, actor=SYSTEM)


@operation
def send_refund(refund: Refund, *, number: str, actor: Any) -> Refund:
    """Stripe has taken the refund on."""
    refund = lock(refund)
    if refund.number == number:
        return refund
    allow(actor, "send_refund", refund)
    refund.move_to(RefundState.SENT, number=number)
    record(actor, "send_refund", refund, number=number)
    return refund


@operation
def confirm_refund(refund: Refund, *, actor: Any, number: str = "") -> Refund:
    """The money is back with the union."""
    refund = lock(refund, "deposit__buyer")
    allow(actor, "confirm_refund", refund)
    changes = {"number": number or refund.number, "settled_at": clock.now()}
    try:
        with transaction.atomic():
            refund.move_to(RefundState.ARRIVED, **changes)
    except IntegrityError as before:
        raise Clash(
            _("Another refund has this number already; each has one of its own."), field="number"
        ) from before
    record(actor, "confirm_refund", refund, number=refund.number)
    _tell_union(refund, "refund_confirmed")
    return refund


@operation
def fail_refund(refund: Refund, *, note: str, actor: Any, number: str = "") -> Refund:
    """The money could not be given back: it is the union's own here again."""
    deposit = lock(refund.deposit, "buyer", "fund")
    refund = lock(refund, "deposit__buyer")
    allow(actor, "fail_refund", refund)
    changes = {"number": number or refund.number, "settled_at": clock.now(), "note": note[:300]}
    refund.move_to(RefundState.FAILED, **changes)
    lines = deposit_lines(deposit.fund, deposit.buyer, refund.amount_fen)
    _post(deposit, f"refund:{refund.pk}:failed", "receive", lines, actor=actor, memo=note)
    settle_state(deposit)
    record(actor, "fail_refund", refund, note=note)
    tell(
        [*fund_managers(), *keepers_of(deposit.buyer)],
        "refund_failed",
        url=path_to("payments:deposit", deposit.pk),
        amount_fen=refund.amount_fen,
        organisation=str(deposit.buyer),
        note=note,
    )
    return refund


@operation
def take_in_refund(deposit: Deposit, *, number: str, amount_fen: int, actor: Any) -> Refund:
    """Somebody gave money back at Stripe's own pages: the book follows, spent or not."""
    deposit = lock(deposit, "buyer", "fund")
    allow(actor, "take_in_refund", deposit)
    standing = Refund.objects.filter(number=number).first()
    if standing is not None:
        return standing
    if amount_fen > left_of(deposit):
        raise DomainError(
            _("Stripe gave %(theirs)s back; of this deposit only %(ours)s is left.")
            % {"theirs": yuan(amount_fen), "ours": yuan(left_of(deposit))}
        )
    refund = _new_refund(deposit, amount_fen, str(_("made at Stripe")), asked_by=None)
    refund.move_to(RefundState.SENT, number=number)
    owed = _take_back(deposit, f"refund:{refund.pk}", amount_fen, actor)
    settle_state(deposit)
    record(actor, "take_in_refund", deposit, refund=refund.pk, fen=amount_fen, owed_fen=owed)
    _tell_union(refund, "refund_asked", reason=refund.reason)
    return refund


def _take_back(deposit: Deposit, key: str, amount_fen: int, actor: Any) -> int:
    """Money was taken out of our hands: what is free goes, for the rest the union owes."""
    lines = charge_back_lines(deposit.fund, deposit.buyer, amount_fen)
    _post(deposit, key, "charge_back", lines, actor=actor)
    places = {line.debit: accounts.read(line.debit).place for line in lines}
    owed = sum(line.amount_fen for line in lines if places[line.debit] == accounts.SHORTFALL)
    if owed:
        tell(
            [*fund_managers(), *keepers_of(deposit.buyer)],
            "deposit_short",
            url=path_to("payments:deposit", deposit.pk),
            amount_fen=owed,
            organisation=str(deposit.buyer),
            reference=deposit.bank_reference,
        )
    return owed


@operation
def open_dispute(
    deposit: Deposit, *, number: str, amount_fen: int, actor: Any, reason: str = ""
) -> Dispute:
    """Whoever paid says to their bank that they did not mean to."""
    deposit = lock(deposit, "buyer")
    allow(actor, "open_dispute", deposit)
    standing = Dispute.objects.filter(number=number).first()
    if standing is not None:
        return standing
    dispute = Dispute.objects.create(
        deposit=deposit,
        number=number,
        amount_fen=amount_fen,
        reason=reason[:80],
        opened_at=clock.now(),
    )
    settle_state(deposit)
    record(actor, "open_dispute", dispute, deposit=deposit.pk, amount_fen=amount_fen)
    tell(
        [*fund_managers(), *keepers_of(deposit.buyer)],
        "dispute_opened",
        url=path_to("payments:deposit", deposit.pk),
        amount_fen=amount_fen,
        organisation=str(deposit.buyer),
        reference=deposit.bank_reference,
    )
    return dispute


@operation
def withdraw_dispute(dispute: Dispute, *, actor: Any) -> Dispute:
    """The bank has taken the disputed money from us, whether it was spent or not."""
    deposit = lock(dispute.deposit, "buyer", "fund")
    dispute = lock(dispute)
    allow(actor, "withdraw_dispute", dispute)
    if dispute.taken_at:
        return dispute
    owed = _take_back(deposit, f"dispute:{dispute.pk}", dispute.amount_fen, actor)
    dispute.taken_at, dispute.owed_fen = clock.now(), owed
    dispute.save(update_fields=["taken_at", "owed_fen"])
    record(actor, "withdraw_dispute", dispute, amount_fen=dispute.amount_fen, owed_fen=owed)
    return dispute


@operation
def reinstate_dispute(dispute: Dispute, *, actor: Any) -> Dispute:
    """The disputed money is ours again: first it pays what the union owes, the rest is its own."""
    deposit = lock(dispute.deposit, "buyer", "fund")
    dispute = lock(dispute)
    allow(actor, "reinstate_dispute", dispute)
    if dispute.returned_at:
        return dispute
    lines = deposit_lines(deposit.fund, deposit.buyer, dispute.amount_fen)
    _post(deposit, f"dispute:{dispute.pk}:returned", "receive", lines, actor=actor)
    dispute.returned_at = clock.now()
    dispute.save(update_fields=["returned_at"])
    record(actor, "reinstate_dispute", dispute, amount_fen=dispute.amount_fen)
    return dispute


@operation
def close_dispute(dispute: Dispute, *, won: bool, actor: Any) -> Dispute:
    """The bank has decided."""
    deposit = lock(dispute.deposit, "buyer")
    dispute = lock(dispute)
    if dispute.state != DisputeState.OPEN:
        return dispute
    allow(actor, "close_dispute", dispute)
    dispute.move_to(DisputeState.WON if won else DisputeState.LOST)
    settle_state(deposit)
    record(actor, "close_dispute", dispute, won=won)
    tell(
        [*fund_managers(), *keepers_of(deposit.buyer)],
        "dispute_closed",
        url=path_to("payments:deposit", deposit.pk),
        amount_fen=dispute.amount_fen,
        organisation=str(deposit.buyer),
        outcome=DisputeState(dispute.state).label,
    )
    return dispute


def _tell_union(refund: Refund, what: str, **more: Any) -> None:
    deposit = refund.deposit
    tell(
        keepers_of(deposit.buyer),
        what,
        url=path_to("payments:deposit", deposit.pk),
        amount_fen=refund.amount_fen,
        organisation=str(deposit.buyer),
        **more,
    )

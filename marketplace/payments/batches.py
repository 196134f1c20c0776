"""The batch for the bank: made by one, approved by another, sent, and how each payment went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_bytes
from foundation.due.operations import schedule
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund, Journal
from marketplace.ledger.operations import Line, post, undo
from marketplace.payments import kinds, readers, rules  # noqa: F401  # importing registers them
from marketplace.payments.bankfile import ENCODINGS, Order, bank_file
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.models import BankAccount, Batch, Payable, Payout
from marketplace.payments.queries import (
    account_to_leave_from,
    keepers_of,
    other_fund_managers,
    own_accounts,
    stated_now,
)
from marketplace.payments.states import BatchState, PayableState


@operation
def make_batch(
    fund: Fund,
    *,
    payables: Sequence[Payable],
    actor: Any,
    way: str = Batch.Way.BANK,
    account: BankAccount | None = None,
) -> Batch:
    """Put invoiced payables of one fund together, for the bank or to be transferred at Stripe; a
    second person approves. By bank they leave from `account`, or from where the fund's last did.
    """
    fund = lock(fund)
    allow(actor, "make_batch", fund)
    chosen = list(
        Payable.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk__in=[payable.pk for payable in payables], fund=fund)
        .order_by("pk")
    )
    if not chosen:
        raise DomainError(_("Choose at least one payment."), field="payables")
    places = _places_to_pay(chosen, way)
    batch = _open_batch(fund, way, _account_of_ours(fund, way, account), actor)
    for payable in chosen:
        Payout.objects.create(
            batch=batch,
            payable=payable,
            **places[payable.organisation_id],
            amount_fen=payable.amount_fen,
        )
        payable.move_to(PayableState.BATCHED)
    total = sum(payable.amount_fen for payable in chosen)
    record(actor, "make_batch", batch, payables=[p.pk for p in chosen], amount_fen=total)
    tell(
        other_fund_managers(actor),
        "batch_made",
        url=path_to("payments:batch", batch.number),
        amount_fen=total,
        person=str(actor),
        batch=batch.number,
        count=len(chosen),
    )
    return batch


@operation
def approve_batch(batch: Batch, *, actor: Any) -> Batch:
    """A second person says that these payments are right."""
    batch = lock(batch)
    allow(actor, "approve_batch", batch)
    batch.move_to(BatchState.APPROVED, approved_by=actor, approved_at=clock.now())
    record(actor, "approve_batch", batch)
    return batch


@operation
def cancel_batch(batch: Batch, *, reason: str, actor: Any) -> Batch:
    """Take a batch apart before it went to the bank; its payables wait for another."""
    batch = lock(batch)
    allow(actor, "cancel_batch", batch)
    now = clock.now()
    for payout in batch.payouts.select_related("payable").order_by("payable"):
        lock(payout.payable).move_to(PayableState.INVOICED)
        payout.result, payout.note, payout.settled_at = Payout.Result.FAILED, reason, now
        payout.save(update_fields=["result", "note", "settled_at"])
    batch.move_to(BatchState.CANCELLED)
    record(actor, "cancel_batch", batch, reason=reason)
    return batch


@operation
def send_batch(batch: Batch, *, actor: Any, encoding: str = "utf-8") -> Batch:
    """Make the file for the bank, or have Stripe asked for the transfers; from now on each
    payment's answer is awaited."""
    batch = lock(batch)
    allow(actor, "send_batch", batch)
    _refuse_held(batch)
    if batch.way == Batch.Way.STRIPE:
        return _send_transfers(batch, actor)
    if encoding not in ENCODINGS:
        raise DomainError(_("Choose one of the two encodings."), field="encoding")
    payouts = batch.payouts.select_related(
        "bank_account__organisation", "payable__organisation"
    ).order_by("pk")
    _still_stated(batch, payouts)
    orders = [
        Order(
            payer=batch.account.number if batch.account else "",
            account=place.number,
            holder=place.holder,
            bank=place.bank,
            amount_fen=payout.amount_fen,
            purpose=payout.payable.title,
            reference=payout.reference,
        )
        for payout in payouts
        if (place := payout.bank_account)  # a batch for the bank has nothing else
    ]
    data = bank_file(orders, encoding)
    document = keep_bytes(f"{batch.number}.csv", data, "text/csv", "bank_batch", actor)
    batch.move_to(BatchState.SENT, sent_at=clock.now(), document=document)
    record(actor, "send_batch", batch, sha256=document.sha256, payouts=len(orders))
    return batch


def _account_of_ours(fund: Fund, way: str, account: BankAccount | None) -> BankAccount | None:
    """The account a batch leaves from; transfers at Stripe leave from none of ours."""
    if way != Batch.Way.BANK:
        return None
    found = own_accounts().filter(pk=account.pk).first() if account else account_to_leave_from(fund)
    if found is None:
        raise DomainError(
            _("State first from which bank account the federation pays.")
            if account is None
            else _("This account was closed meanwhile; choose another."),
            field="account",
        )
    return found


def _still_stated(batch: Batch, payouts: Iterable[Payout]) -> None:
    """Nothing goes to an account its organisation no longer states, nor from one that was closed:
    two people agreed to what has changed since."""
    for payout in payouts:
        if payout.bank_account and payout.bank_account.replaced_at:
            raise DomainError(
                _(
                    "%(organisation)s has stated another bank account since. Take the batch apart "
                    "and make it anew."
                )
                % {"organisation": payout.bank_account.organisation}
            )
    if batch.account and batch.account.replaced_at:
        raise DomainError(
            _(
                "The account this was to leave from was closed. Take the batch apart and make "
                "it anew."
            )
        )


def _send_transfers(batch: Batch, actor: Any) -> Batch:
    """Each transfer is asked for by itself, as often as it takes, and made once."""
    batch.move_to(BatchState.SENT, sent_at=clock.now())
    payouts = list(batch.payouts.order_by("pk"))
    for payout in payouts:
        key = f"send_payout:{payout.pk}"
        schedule("send_payout", clock.now(), key=key, payout=payout.pk)
    record(actor, "send_batch", batch, payouts=len(payouts), way=batch.way)
    return batch


def only_stripe_says(payout: Payout, actor: Any) -> None:
    """Nobody enters by hand how a transfer went: Stripe says so itself."""
    if payout.by_stripe and actor is not SYSTEM:
        raise DomainError(_("Stripe says by itself how this payment went."))


@operation
def confirm_payout(payout: Payout, *, actor: Any, number: str = "") -> Payout:
    """It is paid: the money has left the house. `number` is Stripe's of a transfer."""
    batch = lock(payout.batch)
    payout = lock(payout, "payable__organisation", "payable__fund")
    payout.batch = batch
    if number and (payout.result, payout.number) == (Payout.Result.PAID, number):
        return payout
    allow(actor, "confirm_payout", payout)
    only_stripe_says(payout, actor)
    payout.number = number
    payable = payout.payable
    post(
        key=f"pay:payout:{payout.pk}",
        kind="pay",
        lines=[
            Line(
                accounts.payable(payable.fund, payable.organisation),
                accounts.paid(payable.fund),
                payout.amount_fen,
            )
        ],
        reference=payable.reference,
        actor=actor,
        fund=payable.fund,
        memo=payable.title,
        facts={"payout": payout.reference, "batch": batch.number},
    )
    lock(payable).move_to(PayableState.PAID)
    _settle(payout, Payout.Result.PAID)
    record(actor, "confirm_payout", payout, amount_fen=payout.amount_fen, batch=batch.number)
    _tell_organisation(payout, "payout_confirmed")
    return payout


@operation
def fail_payout(payout: Payout, *, note: str, actor: Any) -> Payout:
    """The bank could not pay: the payable waits for another batch."""
    batch = lock(payout.batch)
    payout = lock(payout, "payable__organisation")
    payout.batch = batch
    allow(actor, "fail_payout", payout)
    only_stripe_says(payout, actor)
    payout.note = note
    lock(payout.payable).move_to(PayableState.INVOICED)
    _settle(payout, Payout.Result.FAILED)
    record(actor, "fail_payout", payout, note=note, batch=batch.number)
    _tell_organisation(payout, "payout_failed", note=note)
    return payout


@operation
def return_payout(payout: Payout, *, note: str, actor: Any) -> Payout:
    """A payment came back after it was made: what was posted is reversed, it is owed again."""
    lock(payout.batch)
    payout = lock(payout, "payable__organisation", "batch")
    allow(actor, "return_payout", payout)
    only_stripe_says(payout, actor)
    if payout.parts_fen:
        raise DomainError(_("A part of it came back before: enter the rest as a part, too."))
    journal = Journal.objects.get(key=f"pay:payout:{payout.pk}")
    undo(journal, key=f"undo:payout:{payout.pk}", actor=actor, memo=note[:200])
    lock(payout.payable).move_to(PayableState.INVOICED)
    payout.result, payout.note, payout.returned_at = Payout.Result.RETURNED, note[:200], clock.now()
    payout.save(update_fields=["result", "note", "returned_at"])
    record(actor, "return_payout", payout, note=note, amount_fen=payout.amount_fen)
    _tell_organisation(payout, "payout_returned", note=note)
    return payout


def _places_to_pay(chosen: Sequence[Payable], way: str) -> dict[int, dict[str, Any]]:
    """{organisation: where it is paid this way}, unless one of these cannot be paid now."""
    payees = {p.organisation_id for p in chosen}
    places: dict[int, dict[str, Any]]
    if way == Batch.Way.STRIPE:
        ready = ConnectedAccount.objects.filter(organisation__in=payees, state="ready")
        places = {one.organisation_id: {"connected_account": one} for one in ready}
    else:
        stated = stated_now().filter(organisation__in=payees)
        places = {one.organisation_id: {"bank_account": one} for one in stated}
    for payable in chosen:
        if not payable.may_become(PayableState.BATCHED):
            raise Clash(
                _("“%(payable)s” is “%(state)s” now; load the list again.")
                % {"payable": payable, "state": payable.get_state_display()},
                field="payables",
            )
        if payable.held_at:
            raise DomainError(_on_hold(payable), field="payables")
        if payable.organisation_id not in places:
            raise DomainError(
                _("%(organisation)s has not said where it is paid.")
                % {"organisation": payable.organisation},
                field="payables",
            )
    return places


def _on_hold(payable: Payable) -> Any:
    return _("“%(payable)s” is on hold: its project is suspended.") % {"payable": payable}


def _refuse_held(batch: Batch) -> None:
    """Nothing leaves that is on hold; nothing is put on hold while this batch leaves."""
    rows = Payable.objects.select_for_update(of=("self",)).filter(payouts__batch=batch)
    held = next((payable for payable in rows.order_by("pk") if payable.held_at), None)
    if held is not None:
        raise DomainError(
            _("%(why)s Take the batch apart and make it anew without it.") % {"why": _on_hold(held)}
        )


def _open_batch(fund: Fund, way: str, account: BankAccount | None, actor: Any) -> Batch:
    """A batch under the day's next number."""
    day = f"P{clock.today():%Y%m%d}"
    last = Batch.objects.filter(number__startswith=day).order_by("-number").first()
    number = f"{day}-{int(last.number.rpartition('-')[2]) + 1 if last else 1:03d}"
    try:
        with transaction.atomic():
            return Batch.objects.create(
                number=number,
                fund=fund,
                way=way,
                account=account,
                made_by=actor,
                made_at=clock.now(),
            )
    except IntegrityError as faster:
        raise Clash(
            _("Somebody made a batch at the same moment. Please press the button again.")
        ) from faster


def _settle(payout: Payout, result: str) -> None:
    """Keep how a payout went; the batch is done when all of its payouts are."""
    payout.result, payout.settled_at = result, clock.now()
    payout.save(update_fields=["result", "settled_at", "note", "number"])
    if not payout.batch.payouts.filter(result=Payout.Result.WAITING).exists():
        payout.batch.move_to(BatchState.CONFIRMED, confirmed_at=payout.settled_at)


def _tell_organisation(payout: Payout, what: str, **more: Any) -> None:
    payable = payout.payable
    tell(
        keepers_of(payable.organisation),
        what,
        url=path_to("payments:payable", payable.pk),
        amount_fen=payout.amount_fen,
        organisation=str(payable.organisation),
        payable=payable.title,
        reference=payout.reference,
        **more,
    )

"""What Stripe tells: stored as it came, then worked off in any order, any number of times."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.clock import SHANGHAI
from foundation.due.operations import handles, schedule
from foundation.errors import DomainError
from foundation.http import number_in
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow
from marketplace.payments import event_rules, gateway, kinds  # noqa: F401  # registers the laws
from marketplace.payments.batches import confirm_payout
from marketplace.payments.checkout import expire_checkout, settle_checkout
from marketplace.payments.connect import follow_account
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.deposit_models import (
    Checkout,
    Deposit,
    Dispute,
    Refund,
)
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.models import Payout
from marketplace.payments.part_returns import come_back
from marketplace.payments.queries import fund_managers
from marketplace.payments.refunds import (
    close_dispute,
    follow_refund,
    open_dispute,
    reinstate_dispute,
    take_in_refund,
    withdraw_dispute,
)
from marketplace.payments.states import EventState

PATIENCE = 6
"""So often an event about something unknown is tried (for about an hour); then a person looks."""

Thing = dict[str, Any]


class Unknown(Exception):
    """The event is about something this house does not know, or does not know yet."""


@operation
def take_in_event(told: gateway.Told, *, body: str, actor: Any) -> StripeEvent:
    """Keep what Stripe told, once, and have it worked off; nothing else happens here."""
    allow(actor, "take_in_event")
    event, new = StripeEvent.objects.get_or_create(
        number=told.number,
        defaults={
            "kind": told.kind,
            "body": body,
            "happened_at": told.created_at,
            "received_at": clock.now(),
        },
    )
    if new:
        schedule("work_off_event", clock.now(), key=_key(event), event=event.pk)
        record(actor, "take_in_event", event, kind=told.kind)
    return event


def _key(event: StripeEvent) -> str:
    return f"stripe_event:{event.number}"


@handles("work_off_event")
def _due(*, event: int) -> None:
    """An event waits to be worked off."""
    subject = StripeEvent.objects.get(pk=event)
    if subject.state == EventState.WAITING:
        work_off_event(subject, actor=SYSTEM)


@operation
def work_off_event(event: StripeEvent, *, actor: Any) -> StripeEvent:
    """Do what follows from an event; all of it, or it waits, or it is held for a person."""
    event = lock(event)
    allow(actor, "work_off_event", event)
    event.tries += 1
    event.error = ""
    try:
        with transaction.atomic():
            _follow(event)
    except Unknown as why:
        event.error = str(why)[:300]
    except DomainError as refusal:
        event.error, event.tries = str(refusal)[:300], max(event.tries, PATIENCE)
    event.save(update_fields=["tries", "error"])
    if not event.error:
        event.move_to(EventState.DONE, done_at=clock.now())
    elif event.state == EventState.WAITING and event.tries >= PATIENCE:
        event.move_to(EventState.HELD)
        url = path_to("payments:event", event.pk)
        tell(fund_managers(), "event_held", url=url, event=event.kind, why=event.error)
    elif event.state == EventState.WAITING:
        later = clock.now() + dt.timedelta(minutes=2 ** (event.tries - 1))
        schedule("work_off_event", later, key=_key(event), event=event.pk)
    facts = {"kind": event.kind, "error": event.error} if event.error else {"kind": event.kind}
    record(actor, "work_off_event", event, **facts)
    return event


@operation
def set_aside_event(event: StripeEvent, *, note: str, actor: Any) -> StripeEvent:
    """A person has looked: nothing follows from this for our books."""
    event = lock(event)
    allow(actor, "set_aside_event", event)
    event.move_to(EventState.SET_ASIDE, note=note, done_at=clock.now())
    record(actor, "set_aside_event", event, kind=event.kind, note=note)
    return event


def _follow(event: StripeEvent) -> None:
    """What concerns nobody here is passed over; the rest has a function of its own."""
    work = WORK.get(event.kind)
    if work is not None:
        work(event, json.loads(event.body)["data"]["object"])


def _paid(event: StripeEvent, session: Thing) -> None:
    """A page was completed; only what is paid is money."""
    if session["payment_status"] != "paid":
        return
    settle_checkout(
        _checkout(session),
        number=session["id"],
        payment=session["payment_intent"],
        amount_fen=session["amount_total"],
        currency=session["currency"],
        paid_on=event.happened_at.astimezone(SHANGHAI).date(),
        actor=SYSTEM,
    )


def _expired(event: StripeEvent, session: Thing) -> None:
    expire_checkout(_checkout(session), actor=SYSTEM)


def _checkout(session: Thing) -> Checkout:
    """Which attempt of ours a page belongs to: by what we told Stripe, or by its number."""
    reference = str(session.get("client_reference_id") or "")
    kind, _colon, number = reference.partition(":")
    rows = Checkout.objects.select_related("remittance")
    if kind == "checkout" and (key := number_in(number)) is not None:
        found = rows.filter(pk=key).first()
    else:
        found = rows.filter(number=session["id"]).first()
    if found is None:
        raise Unknown(
            _("No payment of ours is on Stripe's page %(page)s.") % {"page": session["id"]}
        )
    return found


def _deposit(thing: Thing) -> Deposit:
    """Which deposit a refund or dispute is about."""
    payment = thing.get("payment_intent") or ""
    found = Deposit.objects.filter(source=Deposit.Source.STRIPE, bank_reference=payment).first()
    if found is None:
        raise Unknown(
            _("No deposit of ours is Stripe's payment %(payment)s.") % {"payment": payment}
        )
    if thing["currency"].lower() != gateway.CURRENCY:
        raise DomainError(
            _("It was paid in %(theirs)s, not in yuan.") % {"theirs": thing["currency"].upper()}
        )
    return found


def _refunded(event: StripeEvent, thing: Thing) -> None:
    """A refund was made or has got on: one of ours, or one made at Stripe's own pages."""
    deposit = _deposit(thing)
    reference = str((thing.get("metadata") or {}).get("reference") or "")
    kind, _colon, number = reference.partition(":")
    if kind == "refund" and (key := number_in(number)) is not None:
        refund = deposit.refunds.filter(pk=key).first()
    else:
        refund = Refund.objects.filter(number=thing["id"]).first()
        if refund is None and thing["status"] not in ("failed", "canceled"):
            facts = {"number": thing["id"], "amount_fen": thing["amount"]}
            refund = take_in_refund(deposit, **facts, actor=SYSTEM)
    if refund is None and thing["status"] in ("failed", "canceled"):
        return
    if refund is None:
        raise Unknown(_("No refund of ours is %(number)s.") % {"number": reference or thing["id"]})
    if refund.amount_fen != thing["amount"]:
        raise DomainError(
            _("Stripe gave %(theirs)s back, we asked for %(ours)s.")
            % {"theirs": yuan(thing["amount"]), "ours": yuan(refund.amount_fen)}
        )
    follow_refund(refund, number=thing["id"], status=thing["status"])


def _disputed(event: StripeEvent, thing: Thing) -> None:
    facts = {"number": thing["id"], "amount_fen": thing["amount"]}
    open_dispute(_deposit(thing), **facts, reason=thing.get("reason") or "", actor=SYSTEM)


def _dispute(thing: Thing) -> Dispute:
    found = Dispute.objects.select_related("deposit").filter(number=thing["id"]).first()
    if found is None:
        raise Unknown(_("Nothing is known here of dispute %(number)s.") % {"number": thing["id"]})
    return found


def _withdrawn(event: StripeEvent, thing: Thing) -> None:
    withdraw_dispute(_dispute(thing), actor=SYSTEM)


def _reinstated(event: StripeEvent, thing: Thing) -> None:
    dispute = _dispute(thing)
    if not dispute.taken_at:
        raise Unknown(_("The money of this dispute has not been taken yet."))
    reinstate_dispute(dispute, actor=SYSTEM)


def _decided(event: StripeEvent, thing: Thing) -> None:
    won = thing["status"] in ("won", "warning_closed")
    close_dispute(_dispute(thing), won=won, actor=SYSTEM)


def _account(event: StripeEvent, thing: Thing) -> None:
    """An organisation's account can be paid, or cannot any more."""
    account = ConnectedAccount.objects.filter(number=thing["id"]).first()
    if account is None:
        raise Unknown(_("No organisation here has account %(number)s.") % {"number": thing["id"]})
    newer = account.told_at and event.happened_at < account.told_at
    ready = gateway.account_ready(account.number) if newer else gateway.is_ready(thing)
    follow_account(account, ready=ready, actor=SYSTEM)


def _payout(thing: Thing) -> Payout:
    """Which payment of ours a transfer is."""
    group = str(thing.get("transfer_group") or "")
    rows = Payout.objects.select_related("batch").exclude(connected_account=None)
    found = rows.filter(pk=int(group[2:])).first() if re.fullmatch(r"GC\d{8}", group) else None
    if found is None or found.reference != group:
        raise Unknown(_("No payment of ours is transfer %(number)s.") % {"number": thing["id"]})
    if (thing["amount"], thing["currency"].lower()) != (found.amount_fen, gateway.CURRENCY):
        raise DomainError(
            _("Stripe transferred %(theirs)s, we asked for %(ours)s.")
            % {"theirs": yuan(thing["amount"]), "ours": yuan(found.amount_fen)}
        )
    return found


def _transferred(event: StripeEvent, thing: Thing) -> None:
    payout = _payout(thing)
    if payout.result == Payout.Result.WAITING:
        confirm_payout(payout, number=thing["id"], actor=SYSTEM)


def _taken_back(event: StripeEvent, thing: Thing) -> None:
    """A transfer was taken back, by us or at Stripe's own pages."""
    payout, fen = _came_back(thing)
    if fen <= 0 or payout.result == Payout.Result.RETURNED:  # it was entered, or the rest followed
        return
    if thing["amount_reversed"] != thing["amount"]:
        raise DomainError(
            _(
                "Only a part of the transfer was taken back: %(part)s of %(whole)s (batch "
                "%(batch)s). Owe that part again, or take the rest back as well: a person decides."
            )
            % {"part": yuan(fen), "whole": yuan(thing["amount"]), "batch": payout.batch.number}
        )
    if payout.result == Payout.Result.WAITING:
        raise Unknown(_("This transfer is not known to have been made yet."))
    if payout.result == Payout.Result.PAID:
        _owe(payout, fen, event, thing)


def _came_back(thing: Thing) -> tuple[Payout, int]:
    """(the payment, its row locked; what came back of it that is not entered here yet)."""
    payout = _payout(thing)
    lock(payout.batch)
    payout = lock(payout, "batch")
    return payout, thing["amount_reversed"] - payout.parts_fen


def _owe(payout: Payout, fen: int, event: StripeEvent, thing: Thing) -> None:
    come_back(
        payout,
        amount_fen=fen,
        note=payout.note or str(_("taken back at Stripe")),
        came_on=event.happened_at.astimezone(SHANGHAI).date(),
        once=f"stripe:{thing['amount_reversed']}",
        actor=SYSTEM,
    )


def part_told(event: StripeEvent) -> tuple[Payout, int] | None:
    """The payment of which only a part came back, and how much; None for any other news."""
    if event.kind != "transfer.reversed" or event.state != EventState.HELD:
        return None
    thing = json.loads(event.body)["data"]["object"]
    try:
        payout = _payout(thing)
    except (Unknown, DomainError):
        return None
    fen = thing["amount_reversed"] - payout.parts_fen
    partly = thing["amount_reversed"] != thing["amount"] and fen > 0
    return (payout, fen) if partly and payout.result == Payout.Result.PAID else None


@operation
def owe_part(event: StripeEvent, *, actor: Any) -> StripeEvent:
    """A person has decided: the part that Stripe took back is owed again, the rest stays paid."""
    event = lock(event)
    allow(actor, "owe_part", event)
    if part_told(event) is None:
        raise DomainError(_("This was decided meanwhile; look at the batch."))
    thing = json.loads(event.body)["data"]["object"]
    payout, fen = _came_back(thing)
    _owe(payout, fen, event, thing)
    event.error = ""
    event.save(update_fields=["error"])
    event.move_to(EventState.DONE, done_at=clock.now())
    record(actor, "owe_part", event, payout=payout.reference, amount_fen=fen)
    return event


WORK: dict[str, Callable[[StripeEvent, Thing], None]] = {
    "checkout.session.completed": _paid,
    "checkout.session.async_payment_succeeded": _paid,
    "checkout.session.async_payment_failed": _expired,
    "checkout.session.expired": _expired,
    "refund.created": _refunded,
    "refund.updated": _refunded,
    "refund.failed": _refunded,
    "charge.dispute.created": _disputed,
    "charge.dispute.funds_withdrawn": _withdrawn,
    "charge.dispute.funds_reinstated": _reinstated,
    "charge.dispute.closed": _decided,
    "account.updated": _account,
    "transfer.created": _transferred,
    "transfer.reversed": _taken_back,
}
"""Which of Stripe's news concern us; docs/money.md lists the same for whoever sets Stripe up."""

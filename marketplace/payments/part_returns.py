"""A part of a payment that came back: that part is owed once more, the rest stays paid."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.ledger import accounts
from marketplace.ledger.models import Journal
from marketplace.ledger.operations import Line, post
from marketplace.payments.batches import only_stripe_says, return_payout
from marketplace.payments.models import Payable, Payout
from marketplace.payments.queries import keepers_of
from marketplace.payments.states import PayableState


@operation
def return_part(
    payout: Payout,
    *,
    amount_fen: int,
    note: str,
    actor: Any,
    came_on: dt.date | None = None,
    once: str = "",
) -> Payable:
    """Owe a part of a payment once more that came back (`came_on`, or today); it goes into another
    batch, under the same invoice. `once` makes a doubled click one act."""
    lock(payout.batch)
    payout = lock(payout, "payable__organisation", "payable__fund", "batch")
    done = Journal.objects.filter(key=_key(payout, once)).first() if once else None
    if done is not None:
        return Payable.objects.get(pk=done.facts["payable"])
    allow(actor, "return_part", payout)
    only_stripe_says(payout, actor)
    if not 1 <= amount_fen <= payout.kept_fen or amount_fen == payout.amount_fen:
        raise DomainError(
            _("Of this payment %(most)s is still with the organisation.")
            % {"most": yuan(payout.kept_fen)},
            field="amount_fen",
        )
    payout.parts_fen += amount_fen
    payout.save(update_fields=["parts_fen"])
    part = _owe_again(payout, amount_fen, came_on or clock.today())
    owed = accounts.payable(part.fund, part.organisation)
    post(
        key=_key(payout, once or str(payout.parts_fen)),
        kind="return_part",
        lines=[Line(accounts.paid(part.fund), owed, amount_fen)],
        reference=part.reference,
        actor=actor,
        fund=part.fund,
        memo=note[:200],
        facts={"payout": payout.reference, "payable": part.pk},
    )
    record(actor, "return_part", payout, note=note, amount_fen=amount_fen, payable=part.pk)
    _tell_organisation(part, payout, note)
    return part


def _tell_organisation(part: Payable, payout: Payout, note: str) -> None:
    tell(
        keepers_of(part.organisation),
        "payout_part_returned",
        url=path_to("payments:payable", part.pk),
        amount_fen=part.amount_fen,
        whole_fen=payout.amount_fen,
        organisation=str(part.organisation),
        payable=part.title,
        note=note,
    )


def _key(payout: Payout, once: str) -> str:
    return f"return_part:payout:{payout.pk}:{once}"


def _owe_again(payout: Payout, amount_fen: int, since: dt.date) -> Payable:
    """A row beside the payment's own, which stays paid as far as it was kept; due at once."""
    whole = payout.payable
    part = Payable.objects.create(
        reference=whole.reference,
        title=whole.title,
        organisation=whole.organisation,
        fund=whole.fund,
        amount_fen=amount_fen,
        due_on=since,
        created_at=clock.now(),
        came_back_from=payout,
        held_at=payout.payable.held_at,
    )
    part.move_to(PayableState.INVOICED)
    return part


def come_back(
    payout: Payout,
    *,
    amount_fen: int,
    note: str,
    actor: Any,
    came_on: dt.date | None = None,
    once: str = "",
) -> Payout | Payable:
    """So much of a payment came back: all of it is reversed, a part is owed beside it."""
    if amount_fen == payout.amount_fen:
        return return_payout(payout, note=note, actor=actor)
    facts: dict[str, Any] = {"amount_fen": amount_fen, "came_on": came_on, "once": once}
    return return_part(payout, note=note, actor=actor, **facts)

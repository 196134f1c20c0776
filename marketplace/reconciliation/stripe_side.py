"""Our payments, refunds, disputes and transfers against the lines of our balance at Stripe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Sum

from foundation import clock
from foundation.clock import SHANGHAI
from foundation.permissions import SYSTEM, can
from marketplace.payments import gateway
from marketplace.payments.connect import follow_account
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.deposit_models import Deposit, Dispute, Refund
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.events import WORK, take_in_event, work_off_event
from marketplace.payments.gateway import Movement
from marketplace.payments.models import Payable, Payout
from marketplace.payments.states import DepositState, EventState, RefundState
from marketplace.reconciliation.findings import Compared, Found, Sums, sums_of
from marketplace.reconciliation.models import Difference, Side
from marketplace.reconciliation.states import DifferenceState

WINDOW = dt.timedelta(days=30)
"""So far back Stripe keeps its events; what is open from before is looked at as well."""

MARGIN = dt.timedelta(days=1)
"""A payment and the news of it may lie on two sides of where the window begins."""

SETTLING = dt.timedelta(minutes=5)
"""What has only just happened may not be told yet: it is compared the next time."""

PATIENCE = dt.timedelta(hours=2)
"""An event is tried by itself for about an hour; a refund is asked for within minutes."""


@dataclass
class Row:
    """One thing of ours as Stripe should know it: what should have been moved, and whether."""

    number: str
    fen: int
    about: tuple[str, Any]
    on: dt.date
    expected: bool = True
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sort:
    """One sort of movement: what Stripe's reports call it, its sign, and our rows by number.

    `of` says which number of a movement is the one our rows go by; `by_parts`, that Stripe may do
    it in several movements, which together are our row.
    """

    thing: str
    category: str
    sign: int
    rows: Callable[[Iterable[str], dt.datetime, dt.datetime], list[Row]]
    of: Callable[[Movement], str] = lambda movement: movement.source
    by_parts: bool = False


def compare_stripe() -> Compared:
    """Fetch what we were never told, then compare line by line what moved since the window
    began. Stripe is asked outside of any transaction."""
    begun = clock.now()
    if not gateway.offered():
        return Compared(Side.STRIPE, whole=False, note="unset")
    since = _since(begun)
    try:
        cured = fetch_events(since) + follow_accounts()
        until = begun - SETTLING
        movements = [m for m in gateway.movements_since(since) if m.created_at <= until]
    except (gateway.Unreachable, gateway.Declined) as why:
        silent = Found("stripe:unreachable", "unreachable", facts={"why": str(why)[:200]})
        return Compared(Side.STRIPE, whole=False, note="unreachable", found=[silent])
    found, sums = compare_movements(movements, since, until)
    found += stuck_events(begun) + not_sent(begun)
    days = since.astimezone(SHANGHAI).date(), begun.astimezone(SHANGHAI).date()
    return Compared(Side.STRIPE, since=days[0], until=days[1], sums=sums, found=found, cured=cured)


def _since(now: dt.datetime) -> dt.datetime:
    """Thirty days back, or as far as the oldest difference that has not gone."""
    open_still = Difference.objects.filter(side=Side.STRIPE, standing=True)
    open_still = open_still.exclude(state=DifferenceState.GONE).exclude(happened_on=None)
    oldest = open_still.order_by("happened_on").values_list("happened_on", flat=True).first()
    first = now - WINDOW
    if oldest is not None:
        first = min(first, dt.datetime.combine(oldest, dt.time(), SHANGHAI) - 2 * MARGIN)
    return first


def fetch_events(since: dt.datetime) -> int:
    """Take in and work off what Stripe told and never reached us; how many there were."""
    missed = [(told, body) for told, body in gateway.events_since(since) if told.kind in WORK]
    numbers = [told.number for told, _body in missed]
    known = set(StripeEvent.objects.filter(number__in=numbers).values_list("number", flat=True))
    count = 0
    for told, body in reversed(missed):
        if told.number in known:
            continue
        event = take_in_event(told, body=body, actor=SYSTEM)
        if event.state == EventState.WAITING and can(SYSTEM, "work_off_event", event):
            work_off_event(event, actor=SYSTEM)
        count += 1
    return count


def stuck_events(now: dt.datetime) -> list[Found]:
    """What Stripe told and could not be worked off."""
    held = StripeEvent.objects.filter(state=EventState.HELD)
    waiting = StripeEvent.objects.filter(state=EventState.WAITING, received_at__lt=now - PATIENCE)
    return [
        Found(
            f"stripe:event:{event.number}",
            "event_stuck",
            happened_on=_day(event.happened_at),
            about=("marketplace.stripeevent", event.pk),
            facts={"event": event.kind, "why": event.error},
        )
        for event in (held | waiting).order_by("pk")
    ]


def compare_movements(
    movements: list[Movement], since: dt.datetime, until: dt.datetime
) -> tuple[list[Found], list[Sums]]:
    """Each movement against the row it should have, and each row against its movement."""
    found: list[Found] = []
    sums: list[Sums] = []
    known = {sort.category for sort in SORTS}
    for sort in SORTS:
        theirs = [m for m in movements if m.category == sort.category]
        if sort.by_parts:
            theirs = added_up(theirs)
        numbers = {sort.of(m) for m in theirs}
        ours = {row.number: row for row in sort.rows(numbers, since + MARGIN, until)}
        for movement in theirs:
            found += _against(sort, movement, ours.get(sort.of(movement)))
        alone = [row for row in ours.values() if row.expected and row.number not in numbers]
        found += [_missing_there(sort, row) for row in alone]
        mine = [row.fen for row in ours.values() if row.expected]
        sums.append(sums_of(sort.thing, mine, (m.amount_fen * sort.sign for m in theirs)))
    passed = [m for m in movements if m.category in PASSED_OVER]
    sums.append(sums_of("fees", [], [m.fee_fen for m in movements if m.fee_fen]))
    sums.append(sums_of("passed", [], [m.amount_fen for m in passed]))
    strange = [m for m in movements if m.category not in known | PASSED_OVER]
    found += [_found("unknown_movement", m.category, m) for m in strange]
    return found, sums


def added_up(movements: Iterable[Movement]) -> list[Movement]:
    """What moved in parts as one movement each, under the number of the first part."""
    whole: dict[tuple[str, str], Movement] = {}
    for one in sorted(movements, key=lambda movement: (movement.created_at, movement.number)):
        key = one.belongs_to, one.currency
        before = whole.get(key)
        whole[key] = (
            replace(before, amount_fen=before.amount_fen + one.amount_fen) if before else one
        )
    return list(whole.values())


def _against(sort: Sort, movement: Movement, row: Row | None) -> list[Found]:
    """What is wrong between a movement of Stripe's and the row of ours it belongs to."""
    fen = movement.amount_fen * sort.sign
    kind = ""
    if movement.currency.lower() != gateway.CURRENCY:
        kind = "foreign_currency"
    elif row is None:
        kind = "missing_here"
    elif row.fen != fen:
        kind = "amount_differs"
    elif not row.expected:
        kind = "state_differs"
    if not kind:
        return []
    return [_found(kind, sort.thing, movement, row=row, number=sort.of(movement), fen=fen)]


def _found(
    kind: str,
    thing: str,
    movement: Movement,
    *,
    row: Row | None = None,
    number: str = "",
    fen: int | None = None,
) -> Found:
    return Found(
        f"stripe:{movement.number}:{kind}",
        kind,
        ours_fen=row.fen if row else None,
        theirs_fen=movement.amount_fen if fen is None else fen,
        happened_on=_day(movement.created_at),
        about=row.about if row else ("", ""),
        facts={
            "thing": thing,
            "number": number or movement.source or movement.number,
            "currency": movement.currency.upper(),
            **(row.facts if row else {}),
        },
    )


def _missing_there(sort: Sort, row: Row) -> Found:
    return Found(
        f"stripe:{sort.category}:{row.number}:missing_there",
        "missing_there",
        ours_fen=row.fen,
        happened_on=row.on,
        about=row.about,
        facts={"thing": sort.thing, "number": row.number, **row.facts},
    )


def not_sent(now: dt.datetime) -> list[Found]:
    """Refunds that left the union's money here and never reached Stripe."""
    late = Refund.objects.filter(
        state=RefundState.ASKED,
        deposit__source=Deposit.Source.STRIPE,
        asked_at__lt=now - PATIENCE,
    )
    return [
        Found(
            f"stripe:refund:{refund.pk}:not_sent",
            "not_sent",
            ours_fen=refund.amount_fen,
            happened_on=_day(refund.asked_at),
            about=("marketplace.refund", refund.pk),
            facts={"deposit": refund.deposit_id},
        )
        for refund in late.order_by("pk")
    ]


def _payments(numbers: Iterable[str], since: dt.datetime, until: dt.datetime) -> list[Row]:
    rows = Deposit.objects.filter(source=Deposit.Source.STRIPE).exclude(state=DepositState.UNDONE)
    within = rows.filter(entered_at__range=(since, until), received_on__gte=_day(since))
    return [
        Row(d.bank_reference, d.amount_fen, ("marketplace.deposit", d.pk), d.received_on)
        for d in (rows.filter(bank_reference__in=numbers) | within)
    ]


def _refunds(numbers: Iterable[str], since: dt.datetime, until: dt.datetime) -> list[Row]:
    """A refund that failed later went out all the same."""
    rows = Refund.objects.exclude(number="").filter(deposit__source=Deposit.Source.STRIPE)
    gone = rows.filter(state__in=[RefundState.SENT, RefundState.ARRIVED])
    within = gone.filter(asked_at__range=(since, until))
    return [_refund(refund) for refund in (rows.filter(number__in=numbers) | within)]


def _refund(refund: Refund, *, expected: bool = True) -> Row:
    about, facts = ("marketplace.refund", refund.pk), {"deposit": refund.deposit_id}
    on = _day(refund.asked_at)
    return Row(refund.number, refund.amount_fen, about, on, expected, facts)


def _failures(numbers: Iterable[str], since: dt.datetime, until: dt.datetime) -> list[Row]:
    """Refunds whose money came back to us: they have failed here too."""
    rows = Refund.objects.exclude(number="").filter(number__in=numbers)
    return [_refund(one, expected=one.state == RefundState.FAILED) for one in rows]


def _disputes(numbers: Iterable[str], since: dt.datetime, until: dt.datetime) -> list[Row]:
    within = Dispute.objects.filter(taken_at__range=(since, until))
    rows = Dispute.objects.filter(number__in=numbers) | within
    return [_dispute(one, one.taken_at is not None) for one in rows]


def _reversals(numbers: Iterable[str], since: dt.datetime, until: dt.datetime) -> list[Row]:
    within = Dispute.objects.filter(returned_at__range=(since, until))
    rows = Dispute.objects.filter(number__in=numbers) | within
    return [_dispute(one, one.returned_at is not None) for one in rows]


def _dispute(one: Dispute, expected: bool) -> Row:
    about, facts = ("marketplace.dispute", one.pk), {"deposit": one.deposit_id}
    return Row(one.number, one.amount_fen, about, _day(one.opened_at), expected, facts)


def _transfers(numbers: Iterable[str], since: dt.datetime, until: dt.datetime) -> list[Row]:
    """A transfer that was taken back later went out all the same."""
    rows = Payout.objects.exclude(number="")
    within = rows.filter(settled_at__range=(since, until))
    return [_transfer(one) for one in (rows.filter(number__in=numbers) | within)]


def _taken_back(numbers: Iterable[str], since: dt.datetime, until: dt.datetime) -> list[Row]:
    rows = Payout.objects.exclude(number="")
    days = (_day(since), _day(until))
    parts = Payable.objects.filter(due_on__range=days, came_back_from__in=rows)
    fens = dict(parts.order_by().values_list("came_back_from").annotate(Sum("amount_fen")))
    within = rows.filter(returned_at__range=(since, until)) | rows.filter(pk__in=list(fens))
    known = rows.filter(number__in=numbers) | within
    return [_taken(one, fens.get(one.pk, 0)) for one in known]


def _taken(one: Payout, parts_fen: int) -> Row:
    """What came back of a transfer since then, whole or in part; of one nobody entered, all."""
    returned = one.result == Payout.Result.RETURNED
    row = _transfer(one, expected=returned or parts_fen > 0)
    row.fen = parts_fen or one.amount_fen
    return row


def _transfer(one: Payout, *, expected: bool = True) -> Row:
    about, facts = ("marketplace.payout", one.pk), {"payable": one.payable_id}
    on = _day(one.settled_at or clock.now())
    return Row(one.number, one.amount_fen, about, on, expected, facts)


def follow_accounts() -> int:
    """Take over how organisations' accounts stand at Stripe, whatever was heard; how many stood
    otherwise. Stripe does not list the news of other accounts."""
    changed = 0
    for account in ConnectedAccount.objects.exclude(number="").order_by("pk"):
        before = account.state
        ready = gateway.account_ready(account.number)
        changed += follow_account(account, ready=ready, actor=SYSTEM).state != before
    return changed


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(SHANGHAI).date()


SORTS = (
    Sort("payments", "charge", 1, _payments, of=lambda m: m.belongs_to or m.source),
    Sort("refunds", "refund", -1, _refunds),
    Sort("failed_refunds", "refund_failure", 1, _failures),
    Sort("disputes", "dispute", -1, _disputes),
    Sort("reinstated", "dispute_reversal", 1, _reversals),
    Sort("transfers", "transfer", -1, _transfers),
    Sort(
        "transfer_reversals",
        "transfer_reversal",
        1,
        _taken_back,
        of=lambda m: m.belongs_to,
        by_parts=True,
    ),
)
PASSED_OVER = frozenset({"fee", "payout", "payout_reversal", "topup", "topup_reversal", "tax"})
"""What Stripe keeps for itself, sends to our bank or has from us: no union's money."""

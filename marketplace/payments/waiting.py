"""What waits for a person in this room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.clock import SHANGHAI
from foundation.http import Waiting
from foundation.people.rules import is_fund_manager
from foundation.waiting import Look, Row
from marketplace.payments.deposit_queries import shortfalls
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.models import Batch, Payable
from marketplace.payments.queries import kept_by
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.states import BatchState, EventState, LineState, PayableState


def looks_for(person: Any) -> list[Look]:
    """Invoices to send, payments to put together, batches to approve, send and confirm."""
    looks = []
    if kept := kept_by(person):
        owing = shortfalls().filter(organisation__in=kept)
        looks.append(Look(owing, _owing, title="fund__name", most=5))
        owed = Payable.objects.filter(state=PayableState.OWED, organisation__in=kept)
        looks.append(Look(owed.order_by("due_on"), _invoice, title="title", on="due_on", most=10))
    if is_fund_manager(person):
        ready = Payable.objects.filter(state=PayableState.INVOICED, held_at=None)
        states = ready.order_by().values("state")
        summed = states.annotate(ready=Count("pk"), soonest=Min("due_on"))
        mine = Q(made_by=person, state=BatchState.MADE)
        going = Batch.objects.filter(
            state__in=[BatchState.MADE, BatchState.APPROVED, BatchState.SENT]
        )
        by_itself = Q(way=Batch.Way.STRIPE, state=BatchState.SENT)
        going = going.exclude(mine | by_itself).order_by("pk")
        held = StripeEvent.objects.filter(state=EventState.HELD)
        doubtful = StatementLine.objects.filter(state=LineState.WAITING).order_by().values("state")
        looks += [
            Look(summed, _ready, count="ready", on="soonest", most=0),
            Look(going, _batch, key="number", of="state", most=10),
            Look(held.order_by("pk"), _news, title="kind", most=10),
            Look(shortfalls(), _owed, title="organisation__name", most=10),
            Look(doubtful.annotate(many=Count("pk")), _doubtful, count="many", most=0),
        ]
    return looks


def _end_of(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(23, 59), SHANGHAI) if day else None


def _invoice(row: Row) -> Waiting:
    return Waiting(
        _("Enter the invoice for “%(payable)s”") % {"payable": row.title},
        reverse("payments:enter_invoice", args=[row.pk]),
        _end_of(row.on),
        _("Payments"),
    )


def _ready(row: Row) -> Waiting:
    words = ngettext("%(count)s payment to be made", "%(count)s payments to be made", row.count)
    return Waiting(
        words % {"count": row.count}, reverse("payments:desk"), _end_of(row.on), _("Payments")
    )


def _batch(row: Row) -> Waiting:
    says = {
        BatchState.MADE: _("Approve batch %(number)s"),
        BatchState.APPROVED: _("Make the bank's file of batch %(number)s"),
        BatchState.SENT: _("Enter how the payments of batch %(number)s went"),
    }
    title = says[BatchState(row.of)] % {"number": row.key}
    return Waiting(title, reverse("payments:batch", args=[row.key]), kind=_("Payments"))


def _news(row: Row) -> Waiting:
    title = _("Stripe told something that needs you: %(kind)s") % {"kind": row.title}
    return Waiting(title, reverse("payments:event", args=[row.pk]), kind=_("Payments"))


def _owing(row: Row) -> Waiting:
    title = _("Your union owes for a deposit that was taken back (%(fund)s)") % {"fund": row.title}
    return Waiting(title, reverse("payments:shortfalls"), kind=_("Payments"))


def _owed(row: Row) -> Waiting:
    title = _("%(union)s owes for a deposit that was taken back") % {"union": row.title}
    return Waiting(title, reverse("payments:shortfalls"), kind=_("Payments"))


def _doubtful(row: Row) -> Waiting:
    words = ngettext(
        "%(count)s line of the bank's statement to be looked at",
        "%(count)s lines of the bank's statement to be looked at",
        row.count,
    )
    url = reverse("payments:lines") + "?state=waiting"
    return Waiting(words % {"count": row.count}, url, kind=_("Payments"))

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
from marketplace.payments.models import Batch, Payable
from marketplace.payments.queries import kept_by
from marketplace.payments.states import BatchState, PayableState


def waiting_for(person: Any) -> list[Waiting]:
    """Invoices to send, payments to put together, batches to approve, send and confirm."""
    return [*_invoices(person), *(_batches(person) if is_fund_manager(person) else [])]


def _end_of(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(23, 59), SHANGHAI) if day else None


def _invoices(person: Any) -> list[Waiting]:
    owed = Payable.objects.filter(state=PayableState.OWED, organisation__in=kept_by(person))
    return [
        Waiting(
            _("Enter the invoice for “%(payable)s”") % {"payable": payable},
            reverse("payments:enter_invoice", args=[payable.pk]),
            _end_of(payable.due_on),
            _("Payments"),
        )
        for payable in owed.order_by("due_on")[:10]
    ]


def _batches(person: Any) -> list[Waiting]:
    ready = Payable.objects.filter(state=PayableState.INVOICED).aggregate(
        count=Count("pk"), due_on=Min("due_on")
    )
    found = []
    if ready["count"]:
        words = ngettext(
            "%(count)s payment to be made", "%(count)s payments to be made", ready["count"]
        )
        found.append(
            Waiting(
                words % {"count": ready["count"]},
                reverse("payments:desk"),
                _end_of(ready["due_on"]),
                _("Payments"),
            )
        )
    mine = Q(made_by=person, state=BatchState.MADE)
    going = [BatchState.MADE, BatchState.APPROVED, BatchState.SENT]
    says = {
        BatchState.MADE: _("Approve batch %(number)s"),
        BatchState.APPROVED: _("Make the bank's file of batch %(number)s"),
        BatchState.SENT: _("Enter how the payments of batch %(number)s went"),
    }
    for batch in Batch.objects.filter(state__in=going).exclude(mine).order_by("pk")[:10]:
        title = says[BatchState(batch.state)] % {"number": batch.number}
        url = reverse("payments:batch", args=[batch.number])
        found.append(Waiting(title, url, kind=_("Payments")))
    return found

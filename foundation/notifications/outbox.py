"""Draining the outbox: each row is claimed, sent outside any transaction, and crossed off."""

from __future__ import annotations

import datetime as dt
import logging

from django.core.mail import get_connection
from django.db import connection, transaction

from foundation import clock
from foundation.audit.operations import record
from foundation.notifications import rules  # noqa: F401  # the law of retry_outgoing
from foundation.notifications.kinds import KINDS
from foundation.notifications.letters import letter_of
from foundation.notifications.models import Notification, Outgoing
from foundation.operations import lock, operation
from foundation.permissions import allow

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=10)
"""How long a claimed row is left alone; a sender that dies is followed after that."""

MOST_ATTEMPTS = 8


def drain_outbox(limit: int = 100) -> int:
    """Send what is due; returns how many left the house.

    Two at once never send the same row: a row is claimed before it is sent. One that fails is
    tried again after a pause that doubles from a minute to six hours, and given up after eight
    attempts, where an administrator sees it. A sender killed between sending and crossing off
    sends that one letter twice; none is lost.
    """
    sent = 0
    claimed = _claim(limit)
    if not claimed:
        return 0
    post = get_connection()
    for row in claimed:
        try:
            letter = letter_of(row)
            letter.connection = post
            letter.send()
        except Exception as fault:  # whatever is wrong with one letter, the others still go
            log.warning("outgoing %s failed: %s", row.pk, fault)
            _failed(row, fault)
        else:
            Outgoing.objects.filter(pk=row.pk).update(
                sent_at=clock.now(), last_error="", **_forget(row)
            )
            sent += 1
    return sent


def _claim(limit: int) -> list[Outgoing]:
    """Take due rows for ourselves by moving their due time on."""
    now = clock.now()
    with transaction.atomic():
        due = Outgoing.objects.filter(sent_at=None, gave_up_at=None, due_at__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        rows = list(due.order_by("due_at", "pk")[:limit])
        Outgoing.objects.filter(pk__in=[row.pk for row in rows]).update(due_at=now + LEASE)
    notices = Notification.objects.select_related("person").in_bulk(
        [row.notification_id for row in rows if row.notification_id]
    )
    for row in rows:
        row.notification = notices.get(row.notification_id)
    return rows


def _failed(row: Outgoing, fault: Exception) -> None:
    """Write down that it failed, and when it is tried again, if it is."""
    now, attempts = clock.now(), row.attempts + 1
    pause = dt.timedelta(minutes=min(2 ** (attempts - 1), 360))
    Outgoing.objects.filter(pk=row.pk).update(
        attempts=attempts,
        last_error=f"{type(fault).__name__}: {fault}"[:300],
        due_at=now + pause,
        gave_up_at=now if attempts >= MOST_ATTEMPTS else None,
    )


def _forget(row: Outgoing) -> dict[str, object]:
    """A letter to somebody without an account may hold a link that opens a door: blank it."""
    if row.notification_id:
        return {}
    address = {"address": ""} if KINDS[row.kind].forgets else {}
    return {"url": "", "facts": {}, **address}


@operation
def retry_outgoing(message: Outgoing, *, actor: object) -> Outgoing:
    """Try a message again that was given up, from the beginning."""
    message = lock(message)
    allow(actor, "retry_outgoing", message)
    message.gave_up_at = None
    message.attempts = 0
    message.due_at = clock.now()
    message.save(update_fields=["gave_up_at", "attempts", "due_at"])
    record(actor, "retry_outgoing", message)
    return message

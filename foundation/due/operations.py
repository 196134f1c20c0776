"""Scheduling what time will bring, and working it off: late is correct, twice is harmless."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction

from foundation import clock
from foundation.due.models import DueEvent

log = logging.getLogger(__name__)

HANDLERS: dict[str, Callable[..., Any]] = {}


def handles(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Name the function that works off due events of this name; it gets the event's facts."""

    def remember(function: Callable[..., Any]) -> Callable[..., Any]:
        HANDLERS[name] = function
        return function

    return remember


def schedule(handler: str, due_at: dt.datetime, *, key: str, **facts: Any) -> DueEvent:
    """Have `handler` called at `due_at`. The same key moves an event that is not done yet."""
    event, _created = DueEvent.objects.update_or_create(
        key=key, done_at=None, defaults={"handler": handler, "facts": facts, "due_at": due_at}
    )
    return event


def unschedule(key: str) -> None:
    """Forget an event that is not done yet."""
    DueEvent.objects.filter(key=key, done_at=None).delete()


def work_off(limit: int = 100) -> int:
    """Call the handlers of what is due, each in its own transaction; returns how many were done.

    Another worker's events are skipped, not waited for. A handler that fails is tried again
    after a pause that doubles from one minute to an hour; its event stays until it succeeds.
    """
    done = 0
    waiting = DueEvent.objects.filter(done_at=None, due_at__lte=clock.now())
    for pk in list(waiting.order_by("due_at").values_list("pk", flat=True)[:limit]):
        try:
            with transaction.atomic():
                event = (
                    DueEvent.objects.select_for_update(skip_locked=True)
                    .filter(pk=pk, done_at=None, due_at__lte=clock.now())
                    .first()
                )
                if event is None:
                    continue
                HANDLERS[event.handler](**event.facts)
                event.done_at = clock.now()
                event.save(update_fields=["done_at"])
                done += 1
        except Exception as fault:  # a handler's bug must not stop the events behind it
            log.exception("due event %s failed", pk)
            event = DueEvent.objects.get(pk=pk)
            event.attempts += 1
            event.last_error = f"{type(fault).__name__}: {fault}"[:300]
            event.due_at = clock.now() + dt.timedelta(minutes=min(2 ** (event.attempts - 1), 60))
            event.save(update_fields=["attempts", "last_error", "due_at"])
    return done

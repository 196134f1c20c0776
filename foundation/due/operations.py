"""Scheduling what time will bring, and working it off: late is correct, twice is harmless."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
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
    """Have `handler` called at `due_at`. The same key moves the event.

    One that was worked off stays done when it is scheduled for the same moment with the same
    facts (the same thing said twice), and comes to life again for another moment.
    """
    return schedule_each(handler, {key: (due_at, facts)})[0]


def schedule_each(
    handler: str, moments: Mapping[str, tuple[dt.datetime, dict[str, Any]]]
) -> list[DueEvent]:
    """Schedule many at once, {key: (due at, facts)}, in two statements; returns them by key."""
    wanted = {
        key: {"handler": handler, "facts": _stored(facts), "due_at": due_at}
        for key, (due_at, facts) in moments.items()
    }
    new = [DueEvent(key=key, **wanted[key]) for key in sorted(wanted)]
    standing = DueEvent.objects.select_for_update().filter(key__in=wanted).order_by("key")
    events: list[DueEvent] = []
    with transaction.atomic(savepoint=False):
        while len(events) < len(wanted):  # one that stood may just have been forgotten (unschedule)
            DueEvent.objects.bulk_create(new, ignore_conflicts=True)
            events = list(standing.all())
        for event in events:
            _move(event, wanted[event.key])
    return events


def _move(event: DueEvent, wanted: dict[str, Any]) -> None:
    """Make an event that stands what is wanted now; one that is just that stays as it is."""
    the_same = all(getattr(event, name) == value for name, value in wanted.items())
    if the_same and (event.done_at or not event.attempts):
        return
    for name, value in {**wanted, "done_at": None, "attempts": 0, "last_error": ""}.items():
        setattr(event, name, value)
    event.save()


def _stored(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the column gives them back."""
    stored: dict[str, Any] = json.loads(json.dumps(facts, cls=DjangoJSONEncoder))
    return stored


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
                # a handler may have moved its own event on to another moment: then it waits again
                DueEvent.objects.filter(pk=pk, due_at=event.due_at).update(done_at=clock.now())
                done += 1
        except Exception as fault:  # a handler's bug must not stop the events behind it
            log.exception("due event %s failed", pk)
            _failed(pk, fault)
    return done


def _failed(pk: int, fault: Exception) -> None:
    """Write down that a handler failed and when it is tried again."""
    with transaction.atomic():
        event = DueEvent.objects.select_for_update().filter(pk=pk, done_at=None).first()
        if event is None:
            return
        event.attempts += 1
        event.last_error = f"{type(fault).__name__}: {fault}"[:300]
        event.due_at = clock.now() + dt.timedelta(minutes=min(2 ** (event.attempts - 1), 60))
        event.save(update_fields=["attempts", "last_error", "due_at"])

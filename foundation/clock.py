"""What time it is: the one place that knows, so that a world can be built in the past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")

_pretended: ContextVar[dt.datetime | None] = ContextVar("pretended_time", default=None)


def now() -> dt.datetime:
    """The moment to stamp a row with (aware, UTC)."""
    return _pretended.get() or timezone.now()


def today() -> dt.date:
    """The date on the wall in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def database_now() -> dt.datetime:
    """The database server's own clock, for deadlines: one clock for every web process.

    On PostgreSQL `clock_timestamp()`, which moves on inside a transaction, so that a
    submission that waited for a lock is judged by when it got the lock.
    """
    pretended = _pretended.get()
    if pretended is not None:
        return pretended
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            moment: dt.datetime = cursor.fetchone()[0]
            return moment.astimezone(dt.UTC)
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return dt.datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=dt.UTC)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Pretend it is `moment` (for the demo world and tests; nothing else may call it)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _pretended.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _pretended.reset(token)

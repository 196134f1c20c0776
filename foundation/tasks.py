"""The hall of background tasks: each rings a bell; what is to be done stands in the database."""

from __future__ import annotations

from celery import shared_task
from django.urls import get_resolver

from foundation.due.operations import work_off
from foundation.notifications.outbox import drain_outbox as drain
from foundation.seals.operations import seal_all


def _open_every_room() -> None:
    """Load what the addresses lead to: handlers, words and chains are known once it is loaded.

    A web process does this with its first request; a worker has none.
    """
    _patterns = get_resolver().url_patterns


@shared_task(name="foundation.work_off_due")
def work_off_due() -> int:
    """Call the handlers of what is due."""
    _open_every_room()
    return work_off()


@shared_task(name="foundation.drain_outbox")
def drain_outbox() -> int:
    """Send the letters that are due."""
    _open_every_room()
    return drain()


@shared_task(name="foundation.seal_chains")
def seal_chains() -> int:
    """Seal what was appended since the last time."""
    _open_every_room()
    return seal_all()

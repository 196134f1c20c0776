"""The hall of background tasks: each rings a bell; what is to be done stands in the database."""

from __future__ import annotations

from celery import shared_task

from foundation.due.operations import work_off
from foundation.notifications.outbox import drain_outbox as drain
from foundation.seals.operations import seal_all


@shared_task(name="foundation.work_off_due")
def work_off_due() -> int:
    """Call the handlers of what is due."""
    return work_off()


@shared_task(name="foundation.drain_outbox")
def drain_outbox() -> int:
    """Send the letters that are due."""
    return drain()


@shared_task(name="foundation.seal_chains")
def seal_chains() -> int:
    """Seal what was appended since the last time."""
    return seal_all()

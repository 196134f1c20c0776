"""The top floor's background tasks: the nightly proof of everything."""

from __future__ import annotations

import logging

from celery import shared_task

from cms.verification import verify_and_alarm

log = logging.getLogger(__name__)


@shared_task(name="cms.verify_nightly")
def verify_nightly() -> int:
    """Verify everything; returns how many faults there are, each of them in the log."""
    faults = verify_and_alarm()
    for fault in faults:
        log.error("verification: %s", fault)
    return len(faults)

"""The hall of this floor's background tasks: the proof of everything, nightly and when asked."""

from __future__ import annotations

from celery import shared_task
from django.urls import get_resolver

from marketplace.auditing import inspecting


def _open_every_room() -> None:
    """Load what the addresses lead to: chains and words are known once it is loaded."""
    _patterns = get_resolver().url_patterns


@shared_task(name="marketplace.verify_nightly")
def verify_nightly() -> int:
    """Verify everything; returns how many faults there are, each of them in the log."""
    _open_every_room()
    return inspecting.verify_nightly()


@shared_task(name="marketplace.run_inspections")
def run_inspections() -> int:
    """Run the verifications somebody asked for."""
    _open_every_room()
    return inspecting.run_inspections()

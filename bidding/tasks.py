"""The hall of this floor's background tasks: tables of answers that wait to be read."""

from __future__ import annotations

from celery import shared_task
from django.urls import get_resolver

from bidding.needs import intake_operations


@shared_task(name="bidding.read_tables")
def read_tables() -> int:
    """Read on in the tables of answers that were handed in."""
    _patterns = get_resolver().url_patterns  # opens every room: a worker has no first request
    return intake_operations.read_all()

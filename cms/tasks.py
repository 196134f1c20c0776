"""The hall of the top floor's background tasks: pages whose time has come, and the index."""

from __future__ import annotations

from celery import shared_task
from django.urls import get_resolver

from cms import publishing
from cms.search import following
from cms.visits import counting


def _open_every_room() -> None:
    """Load what the addresses lead to: pages and words are known once it is loaded."""
    _patterns = get_resolver().url_patterns


@shared_task(name="cms.publish_due")
def publish_due() -> int:
    """Publish pages whose time has come, take down those whose time is over."""
    _open_every_room()
    return publishing.publish_due()


@shared_task(name="cms.follow_trail")
def follow_trail() -> int:
    """Have what people did since the last time found."""
    _open_every_room()
    return following.follow()


@shared_task(name="cms.index_nightly")
def index_nightly() -> int:
    """Make the index anew; returns how many things can be found."""
    _open_every_room()
    return following.everything_anew()


@shared_task(name="cms.forget_visits")
def forget_visits() -> int:
    """Forget how often pages were read long ago."""
    return counting.forget_old()

"""Pages whose time has come are published, those whose time is over taken down.

Worked off by the beat, like every due event: late is correct, twice is harmless, and two workers
at once do each page once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import transaction
from wagtail.models import Page, Revision

from foundation import clock

log = logging.getLogger(__name__)

AT_ONCE = 100


def publish_due() -> int:
    """Do what is due; returns how many pages were published or taken down."""
    now = clock.now()
    over = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")
    begun = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    done = 0
    for pk in list(over.values_list("pk", flat=True)[:AT_ONCE]):
        done += _safely(_take_down, pk)
    for pk in list(begun.values_list("pk", flat=True)[:AT_ONCE]):
        done += _safely(_publish, pk)
    return done


def _safely(act: Callable[[int], int], pk: int) -> int:
    try:
        with transaction.atomic():
            return act(pk)
    except Exception:  # one page's fault must not hold up the pages behind it
        log.exception("page or revision %s could not be moved at its time", pk)
        return 0


def _take_down(pk: int) -> int:
    rows = Page.objects.select_for_update(skip_locked=True, of=("self",))
    page = rows.filter(pk=pk, live=True, expire_at__lte=clock.now()).first()
    if page is None:
        return 0
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return 1


def _publish(pk: int) -> int:
    rows = Revision.objects.select_for_update(skip_locked=True, of=("self",))
    revision = rows.filter(pk=pk, approved_go_live_at__lte=clock.now()).first()
    if revision is None:
        return 0
    revision.publish(log_action="wagtail.publish.scheduled")
    return 1

"""Pages whose time has come are published, those whose time is over taken down.

Worked off by the beat, like every due event: late is correct, twice is harmless, and two workers
at once do each page once. A page that cannot be moved is tried again each time; its editor and the
officers are told once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

import cms.kinds  # noqa: F401  # the words in which people are told
from foundation import clock
from foundation.errors import DomainError
from foundation.notifications.models import Notification
from foundation.notifications.operations import path_to, tell
from foundation.people.models import Role
from foundation.people.queries import holders_of

log = logging.getLogger(__name__)

AT_ONCE = 100


def publish_due() -> int:
    """Do what is due; returns how many pages were published or taken down."""
    now = clock.now()
    over = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")
    begun = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    done = 0
    for pk in list(over.values_list("pk", flat=True)[:AT_ONCE]):
        done += _safely(_take_down, pk, _not_taken_down)
    for pk in list(begun.values_list("pk", flat=True)[:AT_ONCE]):
        done += _safely(_publish, pk, _not_published)
    return done


def _safely(act: Callable[[int], int], pk: int, tell_of: Callable[[int, str], None]) -> int:
    try:
        with transaction.atomic():
            return act(pk)
    except Exception as fault:  # one page's fault must not hold up the pages behind it
        log.exception("page or revision %s could not be moved at its time", pk)
        try:
            with transaction.atomic():
                tell_of(pk, _said(fault))
        except Exception:  # telling may fail of the same fault: it is in the log, the next goes on
            log.exception("nobody could be told of page or revision %s", pk)
        return 0


def _said(fault: Exception) -> Any:
    """A refusal in its own words; of anything else only that it was a fault of the platform."""
    if isinstance(fault, ValidationError):
        return " ".join(fault.messages)
    if isinstance(fault, DomainError):
        return str(fault)
    return _fault_of_ours(type(fault).__name__)


def _unlucky(kind: str) -> str:
    return _("There was a fault in the platform (%(kind)s); its log says more.") % {"kind": kind}


_fault_of_ours = lazy(_unlucky, str)


def _not_published(pk: int, fault: Any) -> None:
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=pk)
    _tell(
        "page_not_published",
        int(revision.object_id),
        title=str(revision.content["title"]),
        editor=revision.user,
        fault=fault,
        moment=revision.approved_go_live_at,
    )


def _not_taken_down(pk: int, fault: Any) -> None:
    page = Page.objects.select_for_update(of=("self",)).get(pk=pk)
    latest = page.latest_revision
    editor = (latest and latest.user) or page.owner
    facts = {"title": page.title, "editor": editor, "fault": fault, "moment": page.expire_at}
    _tell("page_not_taken_down", pk, **facts)


def _tell(kind: str, page: int, *, title: str, editor: Any, fault: Any, moment: Any) -> None:
    """The editor and the officers, once for each time that was set."""
    url = path_to("wagtailadmin_pages:edit", page)
    told = Notification.objects.filter(kind=kind, url=url, facts__due_at=moment.isoformat())
    if not told.exists():
        readers = [editor, *holders_of(Role.OFFICER.value)]
        tell(readers, kind, url=url, page=title, fault=fault, due_at=moment.isoformat())


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

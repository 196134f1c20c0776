"""Reading what one was told, and what the outbox holds."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from foundation.notifications.kinds import KINDS
from foundation.notifications.models import Notification, Outgoing, Preference
from foundation.notifications.rules import is_administrator
from foundation.permissions import is_signed_in

SHOWN_UNREAD = 99


def notifications_visible_to(person: Any) -> QuerySet[Notification]:
    """What the person was told: unread first, newest first; then what was read last."""
    if not is_signed_in(person):
        return Notification.objects.none()
    return Notification.objects.filter(person=person).order_by(
        F("read_at").desc(nulls_first=True), "-pk"
    )


def latest_for(person: Any, limit: int = 8) -> list[Notification]:
    """The newest lines of the person's inbox, read or not."""
    return list(notifications_visible_to(person).order_by("-pk")[:limit])


def in_group(rows: QuerySet[Notification], group: str) -> QuerySet[Notification]:
    """Only the notices of one group of kinds."""
    return rows.filter(kind__in=[kind.name for kind in KINDS.values() if kind.group == group])


def unread_count(person: Any) -> int:
    """How many notices wait to be read; stops counting at one hundred."""
    if not is_signed_in(person):
        return 0
    unread = Notification.objects.filter(person=person, read_at=None)
    return unread.order_by()[: SHOWN_UNREAD + 1].count()


def muted_groups(person: Any) -> set[str]:
    """The groups the person gets no e-mail about."""
    rows = Preference.objects.filter(person=person, email=False)
    return set(rows.values_list("group", flat=True))


def outgoing_visible_to(person: Any) -> QuerySet[Outgoing]:
    """Administrators see what the house could not deliver; of what is its readers' alone, only
    what was given up and has to be tried again (so that nobody counts sealed proposals here)."""
    if not is_administrator(person):
        return Outgoing.objects.none()
    discreet = [kind.name for kind in KINDS.values() if kind.discreet]
    waiting = Outgoing.objects.filter(gave_up_at=None, notification__kind__in=discreet)
    rows = Outgoing.objects.exclude(pk__in=waiting.values("pk"))
    return rows.select_related("notification").order_by("-pk")

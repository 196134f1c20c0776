"""Reading one's own inbox and choosing one's letters: no acts of the trade, so no entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from foundation import clock
from foundation.notifications.kinds import GROUPS
from foundation.notifications.models import Notification, Preference


def mark_read(person: Any, *, pks: Iterable[int] | None = None) -> int:
    """The person has read these notices (all of them without `pks`); how many were unread."""
    unread = Notification.objects.filter(person=person, read_at=None)
    if pks is not None:
        unread = unread.filter(pk__in=list(pks))
    return unread.update(read_at=clock.now())


def choose_letters(person: Any, *, wanted: Iterable[str]) -> None:
    """From now on the person gets e-mail about the `wanted` groups only."""
    chosen = set(wanted)
    with transaction.atomic():
        for group in GROUPS:
            Preference.objects.update_or_create(
                person=person, group=group, defaults={"email": group in chosen}
            )

"""What waits for a person, gathered from every room that knows something about it."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from foundation import clock
from foundation.audit.models import Entry
from foundation.http import Waiting
from foundation.notifications.kinds import GROUPS

ROOMS = (
    "foundation.people",
    "foundation.organisations",
    "bidding.needs",
    "bidding.calls",
    "bidding.proposals",
    "bidding.evaluation",
    "bidding.notices",
    "marketplace.payments",
    "marketplace.matching",
    "marketplace.awards",
    "marketplace.agreements",
    "marketplace.delivery",
)

_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


def waiting_for(person: Any) -> list[Waiting]:
    """Everything that waits for the person: what is due first comes first, the undated last.

    What waits changes only by what people do, which the trail numbers, and by time passing. So
    it is gathered once for each number and minute, and kept; asking again costs one query.
    """
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    minute = int(clock.now().timestamp() // 60)
    key = f"waiting:{person.pk}:{get_language()}:{last}:{minute}"
    kept: list[Waiting] | None = cache.get(key)
    if kept is None:
        kept = _gather(person)
        cache.set(key, kept, 60)
    return kept


def _gather(person: Any) -> list[Waiting]:
    found: list[Waiting] = []
    for room in ROOMS:
        name = f"{room}.waiting"
        if find_spec(name) is not None:
            found += import_module(name).waiting_for(person)
    plain = [
        Waiting(str(one.title), one.url, one.due_at, str(GROUPS.get(one.kind, one.kind)))
        for one in found
    ]
    return sorted(plain, key=lambda one: (one.due_at or _FAR, one.title))

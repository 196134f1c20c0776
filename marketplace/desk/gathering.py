"""What waits for a person, gathered from every room that knows something about it."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Any

from foundation.http import Waiting
from foundation.notifications.kinds import GROUPS
from foundation.waiting import find

ROOMS = (
    "foundation.people",
    "foundation.organisations",
    "bidding.needs",
    "bidding.calls",
    "bidding.proposals",
    "bidding.evaluation",
    "bidding.notices",
    "marketplace.ledger",
    "marketplace.payments",
    "marketplace.honoraria",
    "marketplace.reconciliation",
    "marketplace.matching",
    "marketplace.awards",
    "marketplace.agreements",
    "marketplace.delivery",
    "marketplace.complaints",
    "marketplace.auditing",
    "cms",
)

_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


def waiting_for(person: Any) -> list[Waiting]:
    """Everything that waits for the person: what is due first comes first, the undated last.

    The rooms only say where to look; all of it is found in one query.
    """
    found = find(look for room in ROOMS for look in _room(room).looks_for(person))
    plain = [
        Waiting(str(one.title), one.url, one.due_at, str(GROUPS.get(one.kind, one.kind)))
        for one in found
    ]
    return sorted(plain, key=lambda one: (one.due_at or _FAR, one.title))


def _room(name: str) -> Any:
    return import_module(f"{name}.waiting")

"""What waits for a person, gathered from every room that knows something about it."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from foundation.http import Waiting

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
    """Everything that waits for the person: what is due first comes first, the undated last."""
    found: list[Waiting] = []
    for room in ROOMS:
        name = f"{room}.waiting"
        if find_spec(name) is not None:
            found += import_module(name).waiting_for(person)
    return sorted(found, key=lambda one: (one.due_at or _FAR, one.title))

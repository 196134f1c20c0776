"""Proving that nothing in the trail was changed since it was sealed."""

from __future__ import annotations

import datetime as dt

from foundation import clock
from foundation.audit import operations  # noqa: F401  # registers the chain
from foundation.audit.models import Entry
from foundation.seals import operations as seals
from foundation.seals.models import Seal

LONGEST_UNSEALED = dt.timedelta(hours=1)


def verify_trail() -> list[str]:
    """What is wrong with the trail, a sentence each; empty when nothing is.

    Recomputes every seal from the entries as they stand, follows the chain from seal to seal,
    and makes sure that the database's own refusals are in place.
    """
    return seals.verify("trail")


def unsealed_since() -> dt.datetime | None:
    """Since when entries wait for a seal; None when they are younger than the sealer's rhythm."""
    last = Seal.objects.filter(chain="trail").order_by("-number").first()
    waiting = Entry.objects.filter(pk__gt=last.last_row if last else 0).order_by("pk").first()
    if waiting is None or clock.now() - waiting.at < LONGEST_UNSEALED:
        return None
    return waiting.at

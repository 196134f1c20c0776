"""Reading the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from foundation.audit.models import Entry
from foundation.audit.rules import may_read_trail
from foundation.seals.models import Seal

WITHHELD: list[Callable[[], models.Q]] = []
"""Entries that stay shut for now even to readers of the trail: rooms above say which."""


def withhold(function: Callable[[], models.Q]) -> Callable[[], models.Q]:
    """Register what is withheld. The entries are written and sealed as ever, only not shown."""
    WITHHELD.append(function)
    return function


def history_of(subject: models.Model, parts: Iterable[models.Model] = ()) -> models.QuerySet[Entry]:
    """Everything that was done to `subject` (and to its parts), newest first, with who did it."""
    keys: dict[str, list[str]] = {}
    for thing in (subject, *parts):
        keys.setdefault(thing._meta.label_lower, []).append(str(thing.pk))
    concerned = models.Q(pk__in=())
    for kind, ids in keys.items():
        concerned |= models.Q(subject_type=kind, subject_id__in=ids)
    return Entry.objects.filter(concerned).select_related("actor").order_by("-pk")


def entries_visible_to(person: Any) -> models.QuerySet[Entry]:
    """Auditors and administrators read the whole trail, newest first, but what is withheld;
    nobody else reads any of it."""
    if not may_read_trail(person):
        return Entry.objects.none()
    rows = Entry.objects.select_related("actor").order_by("-pk")
    for withheld in WITHHELD:
        rows = rows.exclude(withheld())
    return rows


def seals_visible_to(person: Any) -> models.QuerySet[Seal]:
    """The seals of every chain, newest first, for those who read the trail."""
    if not may_read_trail(person):
        return Seal.objects.none()
    return Seal.objects.order_by("-sealed_at", "chain")

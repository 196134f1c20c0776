"""Reading the trail."""

from __future__ import annotations

from typing import Any

from django.db import models

from foundation.audit.models import Entry
from foundation.audit.rules import may_read_trail
from foundation.seals.models import Seal


def history_of(subject: models.Model) -> models.QuerySet[Entry]:
    """Everything that was done to `subject`, newest first, with who did it."""
    return (
        Entry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
        .select_related("actor")
        .order_by("-pk")
    )


def entries_visible_to(person: Any) -> models.QuerySet[Entry]:
    """Auditors and administrators read the whole trail, newest first; nobody else does."""
    if not may_read_trail(person):
        return Entry.objects.none()
    return Entry.objects.select_related("actor").order_by("-pk")


def seals_visible_to(person: Any) -> models.QuerySet[Seal]:
    """The seals of every chain, newest first, for those who read the trail."""
    if not may_read_trail(person):
        return Seal.objects.none()
    return Seal.objects.order_by("-sealed_at", "chain")

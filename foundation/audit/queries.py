"""Reading the trail."""

from __future__ import annotations

from django.db import models

from foundation.audit.models import Entry


def history_of(subject: models.Model) -> models.QuerySet[Entry]:
    """Everything that was done to `subject`, newest first, with who did it."""
    return (
        Entry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
        .select_related("actor")
        .order_by("-pk")
    )

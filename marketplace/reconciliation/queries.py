"""Comparisons and differences, and who sees them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from marketplace.reconciliation.models import Difference, Reconciliation
from marketplace.reconciliation.rules import reads_differences
from marketplace.reconciliation.states import ReconciliationState


def reconciliations_visible_to(person: Any) -> QuerySet[Reconciliation]:
    """For fund managers and auditors, the newest first."""
    rows = Reconciliation.objects.select_related("asked_by").order_by("-pk")
    return rows if reads_differences.test(person, None) else rows.none()


def differences_visible_to(person: Any) -> QuerySet[Difference]:
    """For fund managers and auditors, the newest first."""
    rows = Difference.objects.select_related("resolved_by", "found_in", "seen_in", "closed_in")
    rows = rows.order_by("-pk")
    return rows if reads_differences.test(person, None) else rows.none()


def last_done() -> Reconciliation | None:
    """The newest comparison that was made."""
    return Reconciliation.objects.exclude(state=ReconciliationState.WANTED).first()

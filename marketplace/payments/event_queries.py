"""Who sees what Stripe told."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from marketplace.payments.event_models import StripeEvent
from marketplace.payments.rules import reads_border


def events_visible_to(person: Any) -> QuerySet[StripeEvent]:
    """For fund managers and auditors."""
    rows = StripeEvent.objects.order_by("-pk")
    return rows if reads_border.test(person, None) else rows.none()

"""Who sees the bank's statements."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from marketplace.payments.rules import reads_border
from marketplace.payments.statement_models import Statement, StatementLine


def statements_visible_to(person: Any) -> QuerySet[Statement]:
    """For fund managers and auditors."""
    rows = Statement.objects.select_related("document", "imported_by").order_by("-pk")
    return rows if reads_border.test(person, None) else rows.none()


def lines_visible_to(person: Any) -> QuerySet[StatementLine]:
    """As the statements they stand in."""
    rows = StatementLine.objects.select_related(
        "statement__document",
        "deposit__buyer",
        "payout__batch",
        "refund__deposit__buyer",
        "came_back__batch",
        "part__came_back_from",
        "decided_by",
    )
    rows = rows.order_by("-booked_on", "-pk")
    return rows if reads_border.test(person, None) else rows.none()

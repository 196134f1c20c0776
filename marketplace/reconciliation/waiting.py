"""What waits for a person in this room."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.http import Waiting
from foundation.people.rules import is_fund_manager
from foundation.waiting import Look, Row
from marketplace.reconciliation.models import Difference
from marketplace.reconciliation.states import DifferenceState


def looks_for(person: Any) -> list[Look]:
    """Differences to be put right or explained."""
    if not is_fund_manager(person):
        return []
    rows = Difference.objects.filter(state=DifferenceState.OPEN).order_by().values("state")
    return [Look(rows.annotate(many=Count("pk")), _open, count="many", most=0)]


def _open(row: Row) -> Waiting:
    words = ngettext(
        "%(count)s difference with Stripe or the bank to be explained",
        "%(count)s differences with Stripe or the bank to be explained",
        row.count,
    )
    url = reverse("reconciliation:desk") + "?state=open"
    return Waiting(words % {"count": row.count}, url, kind=_("Payments"))

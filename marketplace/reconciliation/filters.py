"""Filters of the list of differences."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.reconciliation.models import Difference, Side
from marketplace.reconciliation.states import DifferenceState


class DifferenceFilter(django_filters.FilterSet):
    """Differences by state, side, and words."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=DifferenceState.choices, empty_label=_("all")
    )
    side = django_filters.ChoiceFilter(
        label=_("Compared with"), choices=Side.choices, empty_label=_("all")
    )
    words = django_filters.CharFilter(label=_("Number or explanation"), method="saying")

    class Meta:
        model = Difference
        fields = ["state", "side"]

    def saying(self, rows: QuerySet[Difference], name: str, value: str) -> QuerySet[Difference]:
        """Those whose number or explanation contains the words."""
        return rows.filter(
            Q(key__icontains=value) | Q(reason__icontains=value) | Q(facts__number__icontains=value)
        )

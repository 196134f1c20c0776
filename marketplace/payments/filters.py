"""Filters of the lists of this room."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.models import Fund
from marketplace.payments.models import Payable
from marketplace.payments.states import PayableState


class PayableFilter(django_filters.FilterSet):
    """Payables by state, fund, and words."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PayableState.choices, empty_label=_("all")
    )
    fund = django_filters.ModelChoiceFilter(
        label=_("Fund"), queryset=Fund.objects.all(), empty_label=_("all")
    )
    words = django_filters.CharFilter(label=_("Title or organisation"), method="saying")

    class Meta:
        model = Payable
        fields = ["state", "fund"]

    def saying(self, rows: QuerySet[Payable], name: str, value: str) -> QuerySet[Payable]:
        """Those whose title or organisation contains the words."""
        return rows.filter(Q(title__icontains=value) | Q(organisation__name__icontains=value))

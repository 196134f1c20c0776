"""Filters of the lists of this room."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.models import Fund
from marketplace.payments.event_models import StripeEvent
from marketplace.payments.models import Payable
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.states import EventState, LineState, PayableState


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


class EventFilter(django_filters.FilterSet):
    """What Stripe told, by what became of it and by kind."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=EventState.choices, empty_label=_("all")
    )
    kind = django_filters.CharFilter(label=_("Kind"), lookup_expr="icontains")

    class Meta:
        model = StripeEvent
        fields = ["state", "kind"]


class LineFilter(django_filters.FilterSet):
    """Lines of the bank's statements, by what became of them, direction, and words."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=LineState.choices, empty_label=_("all")
    )
    incoming = django_filters.ChoiceFilter(
        label=_("Direction"), choices=[("True", _("in")), ("False", _("out"))], empty_label=_("all")
    )
    words = django_filters.CharFilter(label=_("Other side or what was written"), method="saying")

    class Meta:
        model = StatementLine
        fields = ["state", "incoming"]

    def saying(
        self, rows: QuerySet[StatementLine], name: str, value: str
    ) -> QuerySet[StatementLine]:
        """Those whose other side or purpose contains the words."""
        return rows.filter(Q(counterparty__icontains=value) | Q(memo__icontains=value))

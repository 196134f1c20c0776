"""How lists of calls are narrowed, by what stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, CallKind
from bidding.calls.queries import calls_visible_to, years_of_calls
from bidding.needs.models import Category


class CallFilter(django_filters.FilterSet):
    """By category of a lot, kind, and the year it closes in."""

    category = django_filters.ModelChoiceFilter(
        field_name="lots__category",
        queryset=Category.objects.all(),
        label=_("category"),
        empty_label=_("all"),
    )
    kind = django_filters.ChoiceFilter(
        choices=CallKind.choices, label=_("kind of call"), empty_label=_("all")
    )
    year = django_filters.ChoiceFilter(
        choices=[], method="in_year", label=_("year"), empty_label=_("all")
    )

    class Meta:
        model = Call
        fields = ["category", "kind", "year"]

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        years = years_of_calls(calls_visible_to(None))
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]

    def in_year(self, calls: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        """Those that close in that year."""
        return calls.filter(closes_at__year=int(value))

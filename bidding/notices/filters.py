"""What the register of objections can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.notices.models import Objection
from bidding.notices.states import ObjectionState


class ObjectionFilter(django_filters.FilterSet):
    """By words in the project's title, the notice's number, state, and year."""

    q = django_filters.CharFilter(
        field_name="proposal__title", lookup_expr="icontains", label=_("project")
    )
    notice = django_filters.CharFilter(
        field_name="notice__number", lookup_expr="iexact", label=_("notice's number")
    )
    state = django_filters.ChoiceFilter(
        choices=ObjectionState.choices, label=_("state"), empty_label=_("all")
    )
    year = django_filters.ChoiceFilter(
        choices=[], method="in_year", label=_("year"), empty_label=_("all")
    )

    class Meta:
        model = Objection
        fields = ["q", "notice", "state", "year"]

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        years = Objection.objects.order_by().datetimes("filed_at", "year", order="DESC")
        self.filters["year"].extra["choices"] = [(day.year, str(day.year)) for day in years]

    def in_year(self, rows: QuerySet[Objection], name: str, value: str) -> QuerySet[Objection]:
        """Those filed in that year."""
        return rows.filter(filed_at__year=int(value))

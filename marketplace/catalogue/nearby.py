"""Services a worker can go to: running projects by place and category, and how to join each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from bidding.needs.models import Category
from foundation import clock
from foundation.organisations.models import District
from marketplace.delivery.models import Project
from marketplace.delivery.states import ProjectState

JOIN = "join"


def open_to_joining(today: dt.date) -> Q:
    """Somebody has said how to join, and the last day is not past."""
    return Q(joining__isnull=False) & (Q(joining__until=None) | Q(joining__until__gte=today))


def running_services() -> QuerySet[Project]:
    """Projects that run now, those one can join first; `is_open` says of each whether one can."""
    rows = Project.objects.filter(state=ProjectState.RUNNING)
    return (
        rows.annotate(
            is_open=Case(
                When(open_to_joining(clock.today()), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )
        .select_related("category", "organisation", "buyer", "joining")
        .prefetch_related("districts")
        .order_by("-is_open", "ends_on", "pk")
    )


class ServiceFilter(django_filters.FilterSet):
    """By place, category, and whom it serves."""

    district = django_filters.ModelChoiceFilter(
        queryset=District.objects.all(),
        field_name="districts",
        label=_("Where"),
        empty_label=_("everywhere"),
    )
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(), label=_("Category"), empty_label=_("all")
    )
    audience = django_filters.ChoiceFilter(label=_("For whom"), empty_label=_("everybody"))
    open = django_filters.ChoiceFilter(
        choices=[(JOIN, _("one can join now"))],
        method="joinable",
        label=_("Joining"),
        empty_label=_("all"),
    )

    class Meta:
        model = Project
        fields = ["district", "category", "audience", "open"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = Project.objects.filter(state=ProjectState.RUNNING)
        whom = running.exclude(audience="").order_by("audience").values_list("audience", flat=True)
        self.filters["audience"].extra["choices"] = [(one, one) for one in whom.distinct()]

    def joinable(self, rows: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """Only those one can join now."""
        return rows.filter(open_to_joining(clock.today()))

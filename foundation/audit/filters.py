"""Finding entries of the trail."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import kind_said, said
from foundation.audit.models import Entry
from foundation.permissions import LAWS


def _actions() -> list[tuple[str, str]]:
    """Every act there is a law for, by its words."""
    return sorted(((name, said(name)) for name in LAWS), key=lambda pair: pair[1])


def _kinds() -> list[tuple[str, str]]:
    """Every sort of thing the platform keeps, by its words."""
    from django.apps import apps  # models are asked for when a page is shown

    floors = ("foundation", "bidding", "marketplace", "cms")
    labels = [
        model._meta.label_lower
        for floor in floors
        if apps.is_installed(floor)
        for model in apps.get_app_config(floor).get_models()
    ]
    return sorted(((label, kind_said(label)) for label in labels), key=lambda pair: pair[1])


class TrailFilter(django_filters.FilterSet):
    """By who, what, on what and when."""

    q = django_filters.CharFilter(label=_("Who or what"), method="search")
    action = django_filters.ChoiceFilter(label=_("Act"), empty_label=_("every act"))
    subject_type = django_filters.ChoiceFilter(
        label=_("Kind of thing"), empty_label=_("everything")
    )
    since = django_filters.DateFilter(
        label=_("From"),
        field_name="at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        label=_("To"),
        field_name="at",
        lookup_expr="date__lte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # laws and models of the floors above are known only once everything is loaded
        self.filters["action"].extra["choices"] = _actions()
        self.filters["subject_type"].extra["choices"] = _kinds()

    def search(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """By a part of the thing's name, or of the name or address of whoever did it."""
        found: Any = Q(subject_name__icontains=value)
        return rows.filter(
            found | Q(actor__name__icontains=value) | Q(actor__email__icontains=value)
        )

"""Finding findings, and who read what."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.auditing.models import Finding, Reading, SampleKind, Severity
from marketplace.auditing.states import FindingState

DAY = forms.DateInput(attrs={"type": "date"})


class FindingFilter(django_filters.FilterSet):
    """By words, state and how grave."""

    q = django_filters.CharFilter(label=_("Number, title or about"), method="search")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=FindingState.choices, empty_label=_("all")
    )
    severity = django_filters.ChoiceFilter(
        label=_("How grave"), choices=Severity.choices, empty_label=_("all")
    )

    class Meta:
        model = Finding
        fields: list[str] = []

    def search(self, rows: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        """By a part of its number, its title, or the name of what it is about."""
        found: Any = Q(number__icontains=value) | Q(title__icontains=value)
        return rows.filter(found | Q(subject_name__icontains=value))


class SampleFilter(django_filters.FilterSet):
    """By what was drawn from."""

    kind = django_filters.ChoiceFilter(
        label=_("Drawn from"), choices=SampleKind.choices, empty_label=_("all")
    )


class ReadingFilter(django_filters.FilterSet):
    """By who, what sort of thing, which thing, whose, and when."""

    person = django_filters.CharFilter(label=_("Who"), method="by")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Reading.Kind.choices, empty_label=_("all")
    )
    what = django_filters.CharFilter(label=_("What, or whose"), method="of")
    since = django_filters.DateFilter(
        label=_("From"), field_name="at", lookup_expr="date__gte", widget=DAY
    )
    until = django_filters.DateFilter(
        label=_("To"), field_name="at", lookup_expr="date__lte", widget=DAY
    )

    class Meta:
        model = Reading
        fields: list[str] = []

    def by(self, rows: QuerySet[Reading], name: str, value: str) -> QuerySet[Reading]:
        """By a part of the reader's name or address."""
        return rows.filter(Q(person__name__icontains=value) | Q(person__email__icontains=value))

    def of(self, rows: QuerySet[Reading], name: str, value: str) -> QuerySet[Reading]:
        """By a part of the thing's name, or of the organisation it belongs to."""
        owned: Any = Q(organisation__name__icontains=value)
        return rows.filter(owned | Q(subject_name__icontains=value))

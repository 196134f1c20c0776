"""How lists of needs are narrowed, by what stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from bidding.needs.chain import Stage
from bidding.needs.forms import URGENCIES
from bidding.needs.models import Category, Need, Survey
from bidding.needs.states import NeedState, SurveyState
from foundation.face.values import own_words
from foundation.organisations.models import District


class SurveyField(django_filters.fields.ModelChoiceField):
    """A choice of surveys, each with the year it asked in."""

    def label_from_instance(self, survey: Any) -> str:
        """2025 · Needs survey; a draft has no year."""
        words = own_words(survey, "title")
        year = str(localtime(survey.opens_at).year) if survey.opens_at else ""
        return words if not year or year in words else f"{year} · {words}"


class SurveyFilter(django_filters.ModelChoiceFilter):
    """Narrows to what came out of one survey."""

    field_class = SurveyField


class NeedFilter(django_filters.FilterSet):
    """By category, place, survey, urgency, and what came of it."""

    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(), label=_("category"), empty_label=_("all")
    )
    district = django_filters.ModelChoiceFilter(
        queryset=District.objects.all(), label=_("where"), empty_label=_("everywhere")
    )
    survey = SurveyFilter(
        queryset=Survey.objects.exclude(state=SurveyState.DRAFT).order_by("-opens_at", "-pk"),
        label=_("asked in"),
        empty_label=_("all"),
    )
    urgency = django_filters.ChoiceFilter(
        choices=URGENCIES,
        lookup_expr="gte",
        label=_("urgent at least"),
        empty_label=_("all"),
    )
    stage = django_filters.ChoiceFilter(
        choices=Stage.choices, label=_("what came of it"), empty_label=_("all")
    )

    class Meta:
        model = Need
        fields = ["category", "district", "survey", "urgency"]


class DeskFilter(django_filters.FilterSet):
    """What the needs on the desk are narrowed by."""

    survey = SurveyFilter(
        queryset=Survey.objects.order_by("-pk"), label=_("asked in"), empty_label=_("all")
    )
    state = django_filters.ChoiceFilter(
        choices=NeedState.choices, label=_("State"), empty_label=_("all")
    )

    class Meta:
        model = Need
        fields = ["survey", "state"]

    def filter_queryset(self, queryset: QuerySet[Need]) -> QuerySet[Need]:
        """Drafts first: they wait for somebody."""
        return super().filter_queryset(queryset).order_by("state", "-pk")

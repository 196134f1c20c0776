"""How lists of needs are narrowed, by what stands in the address."""

import django_filters
from django.utils.translation import gettext_lazy as _

from bidding.needs.forms import URGENCIES
from bidding.needs.models import Category, Need
from foundation.organisations.models import District


class NeedFilter(django_filters.FilterSet):
    """By category, place and urgency."""

    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(), label=_("category"), empty_label=_("all")
    )
    district = django_filters.ModelChoiceFilter(
        queryset=District.objects.all(), label=_("where"), empty_label=_("everywhere")
    )
    urgency = django_filters.ChoiceFilter(
        choices=URGENCIES,
        lookup_expr="gte",
        label=_("urgent at least"),
        empty_label=_("all"),
    )

    class Meta:
        model = Need
        fields = ["category", "district", "urgency"]

"""How the catalogue is narrowed and sorted; the address holds it all, so it can be shared."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.needs.models import Category
from marketplace.catalogue.queries import facets
from marketplace.delivery.models import Project
from marketplace.delivery.states import ProjectState

ORDERS = {
    "": ("-year", "-pk"),
    "oldest": ("year", "pk"),
    "money": ("-amount_fen", "-pk"),
    "people": ("-served", "-pk"),
}


class ProjectFilter(django_filters.FilterSet):
    """The facets of the catalogue."""

    q = django_filters.CharFilter(method="search", label=_("Title or organisation"))
    category = django_filters.ChoiceFilter(label=_("Category"), empty_label=_("all"))
    state = django_filters.ChoiceFilter(
        choices=ProjectState.choices, label=_("State"), empty_label=_("all")
    )
    year = django_filters.ChoiceFilter(label=_("Year"), empty_label=_("all"))
    district = django_filters.ChoiceFilter(
        field_name="districts", label=_("District"), empty_label=_("all")
    )
    need = django_filters.ChoiceFilter(
        field_name="goals__need", label=_("Need it answers"), empty_label=_("all")
    )
    buyer = django_filters.ChoiceFilter(label=_("Buyer"), empty_label=_("all"))
    organisation = django_filters.ChoiceFilter(label=_("Organisation"), empty_label=_("all"))
    sort = django_filters.ChoiceFilter(
        method="order",
        label=_("Order"),
        empty_label=_("newest first"),
        choices=[
            ("oldest", _("oldest first")),
            ("money", _("most money first")),
            ("people", _("most people served first")),
        ],
    )

    class Meta:
        model = Project
        fields = [
            "q",
            "category",
            "state",
            "year",
            "district",
            "need",
            "buyer",
            "organisation",
            "sort",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, str]]] = facets()
        choices["category"] = [(row.pk, str(row)) for row in Category.objects.all()]
        for name, found in choices.items():
            self.filters[name].extra["choices"] = found

    def search(self, rows: QuerySet[Project], name: str, words: str) -> QuerySet[Project]:
        """The words in the title or in the organisation's name."""
        return rows.filter(Q(title__icontains=words) | Q(organisation__name__icontains=words))

    def order(self, rows: QuerySet[Project], name: str, chosen: str) -> QuerySet[Project]:
        """One of the stated orders."""
        return rows.order_by(*ORDERS.get(chosen, ORDERS[""]))

"""What a list of organisations can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import clock, uscc
from foundation.organisations.models import (
    District,
    Organisation,
    OrganisationKind,
    Union,
    UnionType,
)
from foundation.organisations.standing_models import Proof, ProofKind, Rating
from foundation.organisations.states import OrganisationState, ProofState


def named(rows: QuerySet[Any], text: str, path: str = "") -> QuerySet[Any]:
    """Rows whose organisation has this in its name, or this code."""
    words = Q(**{f"{path}name__icontains": text}) | Q(**{f"{path}name_en__icontains": text})
    return rows.filter(words | Q(**{f"{path}uscc__startswith": uscc.normalised(text)}))


class OrganisationFilter(django_filters.FilterSet):
    """Name or code, kind, district, rating, state."""

    q = django_filters.CharFilter(method="search", label=_("Name or code"))
    kind = django_filters.ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"))
    district = django_filters.ModelChoiceFilter(
        queryset=District.objects.all(), label=_("District")
    )
    rating = django_filters.ChoiceFilter(
        choices=Rating.choices, method="rated", label=_("Rating at least")
    )
    state = django_filters.ChoiceFilter(choices=OrganisationState.choices, label=_("State"))

    class Meta:
        model = Organisation
        fields = ("q", "kind", "district", "rating", "state")

    def search(self, rows: QuerySet[Organisation], name: str, text: str) -> Any:
        """By a part of the name, or the code's beginning."""
        return named(rows, text)

    def rated(self, rows: QuerySet[Organisation], name: str, grade: str) -> Any:
        """With a verified rating of this grade or a higher one that counts today."""
        today = clock.today()
        proofs = Proof.objects.filter(
            kind=ProofKind.RATING,
            state=ProofState.VERIFIED,
            value__gte=grade,
            issued_on__lte=today,
            expires_on__gte=today,
        )
        return rows.filter(pk__in=proofs.values("organisation"))


class UnionFilter(django_filters.FilterSet):
    """Name or code, type, district."""

    q = django_filters.CharFilter(method="search", label=_("Name or code"))
    union_type = django_filters.ChoiceFilter(choices=UnionType.choices, label=_("Type"))
    district = django_filters.ModelChoiceFilter(
        queryset=District.objects.all(), field_name="organisation__district", label=_("District")
    )

    class Meta:
        model = Union
        fields = ("q", "union_type", "district")

    def search(self, rows: QuerySet[Union], name: str, text: str) -> Any:
        """By a part of the name, or the code's beginning."""
        return named(rows, text, "organisation__")

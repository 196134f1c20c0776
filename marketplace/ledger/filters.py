"""Filters of the lists of this room."""

from __future__ import annotations

import datetime as dt

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.face.fields import DayField
from marketplace.ledger.models import Account, Place


class PeriodFilter(forms.Form):
    """From which day to which; a day that is none counts as not said."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """(the first day, the last day), each None when it was not said."""
        self.is_valid()
        return self.cleaned_data.get("since"), self.cleaned_data.get("until")

    def suffix(self) -> str:
        """What tells a file of this period from the others."""
        return "".join(f"-{day:%Y%m%d}" for day in self.days() if day)


class AccountFilter(django_filters.FilterSet):
    """Accounts by place, by words of their organisation or code, by whether they hold money."""

    place = django_filters.ChoiceFilter(
        label=_("Kind of account"), choices=Place.choices, empty_label=_("all")
    )
    code = django_filters.CharFilter(label=_("Organisation or code"), method="saying")
    holds = django_filters.ChoiceFilter(
        label=_("Holds money"),
        method="holding",
        choices=[("yes", _("yes")), ("no", _("no"))],
        empty_label=_("all"),
    )

    class Meta:
        model = Account
        fields = ["place"]

    def saying(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Accounts whose code, or whose organisation's name, contains the words."""
        return rows.filter(Q(code__icontains=value) | Q(organisation__name__icontains=value))

    def holding(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Accounts that hold something, or those that hold nothing."""
        return (
            rows.exclude(debits=F("credits"))
            if value == "yes"
            else rows.filter(debits=F("credits"))
        )

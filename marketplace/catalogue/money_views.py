"""The public page of the money: the fund's flow, years, categories, districts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from foundation.face.values import count_text, wan_text
from foundation.forms import choices_of
from marketplace.catalogue import money as questions
from marketplace.ledger.flow import returns_of
from marketplace.ledger.models import Fund
from marketplace.ledger.queries import flow_of, sums_by_place


class MoneyFilter(forms.Form):
    """Which fund's flow, which year's projects."""

    fund = forms.ChoiceField(label=gettext_lazy("Fund"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)

    def __init__(self, data: Any, *, funds: list[Fund], years: list[questions.Year]) -> None:
        super().__init__(data)
        choices_of(self, "fund").choices = [("", _("all"))] + [(f.code, str(f)) for f in funds]
        choices_of(self, "year").choices = [("", _("all"))] + [
            (str(y.year), str(y.year)) for y in reversed(years)
        ]

    def chosen(self, name: str) -> str:
        """What was chosen, or "" for all (also for what there is not)."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """The whole way of the money, for everybody."""
    funds, years = list(Fund.objects.order_by("-starts_on")), questions.years()
    chosen = MoneyFilter(request.GET, funds=funds, years=years)
    fund = next((f for f in funds if f.code == chosen.chosen("fund")), None)
    year = int(chosen.chosen("year") or 0) or None
    context = {
        "filters": chosen,
        "fund": fund,
        "year": year,
        "flow": flow_of(sums_by_place(fund)) if funds else [],
        "returns": returns_of(fund) if funds else [],
        "years": list(reversed(years)),
        "numbers": [str(y.year) for y in years],
        "growth": [(_("money of the year's projects"), [y.amount_fen for y in years])],
        "totals": _totals(years),
        "categories": [
            (category, fen, f"{wan_text(fen)} · {count_text(count)}", _projects(category.pk, year))
            for category, fen, count in questions.by_category(year)
        ],
        "districts": [
            (district, count, count_text(count), _projects("", year, district.pk))
            for district, count in questions.by_district(year)
        ],
    }
    return render(request, "catalogue/money.html", context)


def _totals(years: list[questions.Year]) -> dict[str, int]:
    """Projects, money and people served over all the years."""
    return {
        "projects": sum(y.projects for y in years),
        "fen": sum(y.amount_fen for y in years),
        "served": sum(y.served for y in years),
    }


def _projects(category: str, year: int | None, district: str = "") -> str:
    """The catalogue, narrowed to what a bar stands for."""
    chosen = {"category": category, "year": year, "district": district}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{reverse('catalogue:projects')}?{query}"

"""How budget against actual is narrowed and grouped; the address holds it all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.forms import choices_of
from marketplace.desk.budget_rows import GROUPS, NONE, Facts

NARROWING = ("fund", "buyer", "category", "call", "project", "year")


class BudgetFilter(forms.Form):
    """By what the rows are told apart, and to what the money is narrowed."""

    by = forms.ChoiceField(
        label=gettext_lazy("One row for each"), required=False, choices=list(GROUPS.items())
    )
    fund = forms.ChoiceField(label=gettext_lazy("Fund"), required=False)
    year = forms.ChoiceField(
        label=gettext_lazy("Year"),
        required=False,
        help_text=gettext_lazy("The year in which the fund begins."),
    )
    buyer = forms.ChoiceField(label=gettext_lazy("Union that pays"), required=False)
    call = forms.ChoiceField(label=gettext_lazy("Call"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    project = forms.CharField(
        label=gettext_lazy("Words of a project's title"), required=False, max_length=80
    )

    def __init__(self, data: Any, *, facts: Facts) -> None:
        super().__init__(data)
        unions = {p.union: p.name for p in facts.pockets.values() if p.union}
        found: dict[str, list[tuple[str, str]]] = {
            "fund": [(fund.code, str(fund)) for fund in facts.funds.values()],
            "year": [(str(year), str(year)) for year in _years(facts)],
            "buyer": [
                *[(str(pk), name) for pk, name in unions.items()],
                (NONE, _("the fund itself")),
            ],
            "call": [
                *facts.calls.items(),
                (NONE, _("not promised to anything")),
            ],
            "category": [*facts.categories.items()],
        }
        for name, choices in found.items():
            choices_of(self, name).choices = [("", _("all")), *choices]

    def chosen(self) -> dict[str, str]:
        """{filter: what was chosen}; what there is not counts as not chosen."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in NARROWING}

    def group(self) -> str:
        """By what the rows are told apart: by fund, unless the address says otherwise."""
        self.is_valid()
        return str(self.cleaned_data.get("by") or "fund")


def _years(facts: Facts) -> list[int]:
    return sorted({fund.starts_on.year for fund in facts.funds.values()}, reverse=True)

"""What officers type when the money is shared out: rules, limits, changes by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.needs.models import Category
from bidding.proposals.models import Proposal
from foundation.face.fields import MoneyField
from foundation.forms import Form, choices_of, rows_of
from foundation.organisations.models import District, Organisation
from marketplace.ledger.models import Fund
from marketplace.ledger.queries import running_funds
from marketplace.matching.allocation import POLICIES
from marketplace.matching.models import EXPLAINED, AllocationRun, Counted, Policy


class ComputeForm(Form):
    """Which fund pays for a call, by which rules, and what counts as value."""

    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=_("Seed money comes from"), empty_label=None
    )
    policies = forms.MultipleChoiceField(
        label=_("By which rule"),
        help_text=_("Choose several to lay their plans side by side."),
        widget=forms.CheckboxSelectMultiple,
        initial=[Policy.RANK.value],
    )
    counted = forms.ChoiceField(
        label=_("What a proposal is worth"),
        choices=Counted.choices,
        initial=Counted.SCORE,
        help_text=_(
            "The greatest value is searched for in this measure; plans are compared by it. A part "
            "of the money counts for that part."
        ),
    )
    needs_buyer = forms.BooleanField(
        label=_("Seed money only for proposals that a union promised money for"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_of(self, "fund").queryset = running_funds()
        choices_of(self, "policies").choices = [
            (
                policy,
                format_html(
                    "<span><b>{}</b><br>{}</span>", Policy(policy).label, EXPLAINED[policy]
                ),
            )
            for policy in POLICIES
        ]

    def arguments(self) -> dict[str, Any]:
        """What every plan that is asked for has in common."""
        return {name: self.cleaned_data[name] for name in ("fund", "counted", "needs_buyer")}


class LimitForm(Form):
    """What a category, a district or an organisation gets at least or at most."""

    group = forms.ChoiceField(label=_("Which proposals"))
    floor_fen = MoneyField(label=_("Together at least"), required=False)
    ceiling_fen = MoneyField(label=_("Together at most"), required=False)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ranked = Proposal.objects.filter(call=call, place__isnull=False)
        self.rows: dict[str, tuple[str, Any]] = {}
        choices: list[tuple[Any, Any]] = [("", _("Choose"))]
        for kind, label, rows in (
            ("category", _("Category"), Category.objects.filter(lots__proposals__in=ranked)),
            ("district", _("District"), District.objects.filter(proposals__in=ranked)),
            ("organisation", _("Organisation"), Organisation.objects.filter(proposals__in=ranked)),
        ):
            found = [(f"{kind}:{row.pk}", row) for row in rows.distinct()]
            self.rows |= {key: (kind, row) for key, row in found}
            if found:
                choices.append((label, [(key, str(row)) for key, row in found]))
        choices_of(self, "group").choices = choices

    def arguments(self) -> dict[str, Any]:
        """The group by its kind."""
        kind, row = self.rows[self.cleaned_data["group"]]
        named = {name: self.cleaned_data[name] for name in ("floor_fen", "ceiling_fen")}
        return {kind: row, **named}


class ExclusionForm(Form):
    """Two proposals of which one at most is funded."""

    first = forms.ModelChoiceField(Proposal.objects.none(), label=_("Proposal"))
    second = forms.ModelChoiceField(Proposal.objects.none(), label=_("not beside"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example: the same service for the same people."),
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ranked = Proposal.objects.filter(call=call, place__isnull=False).order_by("place__rank")
        rows_of(self, "first").queryset = rows_of(self, "second").queryset = ranked


class AdjustForm(Form):
    """Another sum for one proposal."""

    proposal = forms.ModelChoiceField(Proposal.objects.none(), label=_("Proposal"))
    amount_fen = MoneyField(
        label=_("It gets"), help_text=_("0 takes it out of the plan. The rest stays as it is.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stays on record; whoever is taken out reads it."),
    )

    def __init__(self, *args: Any, run: AllocationRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Proposal.objects.filter(matches__run=run).distinct()
        rows_of(self, "proposal").queryset = inside.order_by("place__rank")

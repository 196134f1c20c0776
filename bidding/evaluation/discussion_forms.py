"""What is typed about a discussion."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.evaluation.models import Panel, Sheet
from bidding.evaluation.queries import eligible_proposals
from bidding.proposals.models import Proposal
from foundation.face.fields import MomentField
from foundation.face.values import own_words
from foundation.forms import Form, rows_of


class OpenForm(Form):
    """Until when, and what an officer names beside what the call's rules name."""

    closes_at = MomentField(
        label=_("open until"),
        help_text=_("It closes by itself then. You can close it earlier when there are minutes."),
    )
    proposals = forms.ModelMultipleChoiceField(
        Proposal.objects.none(),
        label=_("further proposals"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What the call's rules name is discussed anyway."),
    )
    reason = forms.CharField(
        label=_("why these, too"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_(
            "Needed where you name any. The judges read it, so name nobody; it is published with "
            "the result."
        ),
    )

    def __init__(self, *args: Any, panel: Panel, chosen: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = eligible_proposals(panel.call).exclude(pk__in=chosen)
        rows_of(self, "proposals").queryset = rows

    def arguments(self) -> dict[str, Any]:
        """Proposals by id."""
        given = self.cleaned_data
        return {**given, "proposals": [row.pk for row in given["proposals"]]}


class MinuteForm(Form):
    """What was said of a proposal."""

    words = forms.CharField(
        label=_("what was said in the discussion"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=_("It stays as it is. Name no judge; the organisation reads it with the result."),
    )


class RevisionForm(Form):
    """Other points on paper, and why."""

    def __init__(self, *args: Any, sheet: Sheet, criteria: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = dict(sheet.scores.values_list("criterion", "points_hundredths"))
        for row in criteria:
            self.fields[f"c{row.pk}"] = forms.DecimalField(
                label=_("%(name)s (weighs %(weight)s, 0 to 100 points)")
                % {"name": own_words(row, "name"), "weight": row.weight},
                min_value=0,
                max_value=100,
                decimal_places=2,
                initial=Decimal(given[row.pk] or 0) / 100,
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
            )
        self.fields["reason"] = forms.CharField(
            label=_("reason"),
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=1000,
            help_text=_("The organisation reads it, without your name, beside both versions."),
        )

    def arguments(self) -> dict[str, Any]:
        """Points in hundredths by criterion, and the reason."""
        given = self.cleaned_data
        points = {int(key[1:]): int(value * 100) for key, value in given.items() if key[0] == "c"}
        return {"points": points, "reason": given["reason"]}

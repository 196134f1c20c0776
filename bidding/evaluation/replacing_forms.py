"""What is typed where a panel loses judges."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.evaluation.blind_models import BlindCopy
from bidding.evaluation.models import Expert, Panel, Seat
from bidding.evaluation.states import SheetState
from bidding.proposals.models import Proposal
from foundation.forms import Form, rows_of

REASON: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 4}), "max_length": 1000}


class NamedForm(Form):
    """A substitute by name, and why nobody was drawn."""

    expert = forms.ModelChoiceField(
        Expert.objects.none(),
        label=_("expert"),
        help_text=_("Whoever held a seat on this panel is not on the list."),
    )
    reason = forms.CharField(
        label=_("reason"), help_text=_("It is published with the result."), **REASON
    )

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Expert.objects.filter(person__is_active=True).exclude(seats__panel=panel)
        rows_of(self, "expert").queryset = free.select_related("person").order_by("person__name")


class AnewForm(Form):
    """Why a call is judged anew."""

    reason = forms.CharField(
        label=_("reason"),
        help_text=_("Published with the result, and sent to the judges so far."),
        **REASON,
    )


class ConflictForm(Form):
    """What binds a judge to one of the bidders they judge."""

    proposal = forms.ModelChoiceField(
        Proposal.objects.none(), label=_("proposal"), empty_label=None
    )
    reason = forms.CharField(
        label=_("what binds the judge to it"),
        max_length=200,
        help_text=_("For example: a relative works there."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = seat.sheets.exclude(state=SheetState.VOID)
        rows = Proposal.objects.filter(pk__in=held.values("proposal"))
        rows_of(self, "proposal").queryset = rows.order_by("serial")


class Numbered(forms.ModelChoiceField):
    """What judges read in place of proposals, by the numbers they know them by."""

    def label_from_instance(self, obj: Any) -> str:
        """'No. 3 · Reading corner at noon'."""
        return f"{_('No. %(number)s') % {'number': obj.number}} · {obj.texts['title']}"


class BlindConflictForm(ConflictForm):
    """The same where the judge is not to know whose a proposal is."""

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, **kwargs)
        held = seat.sheets.exclude(state=SheetState.VOID)
        rows = BlindCopy.objects.filter(proposal__in=held.values("proposal"))
        rows = rows.select_related("proposal").order_by("number")
        self.fields["proposal"] = Numbered(
            rows, label=_("proposal"), empty_label=None, to_field_name="number"
        )

    def arguments(self) -> dict[str, Any]:
        """The proposal that the number stands for, and the reason."""
        given = self.cleaned_data
        return {"proposal": given["proposal"].proposal, "reason": given["reason"]}


class ReasonForm(Form):
    """A reason that goes on record."""

    reason = forms.CharField(label=_("reason"), help_text=_("It goes on record."), **REASON)

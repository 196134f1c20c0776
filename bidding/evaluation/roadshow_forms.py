"""What officers and judges type for a roadshow."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, Lot
from bidding.evaluation.roadshow_models import LONGEST, LiveSheet, Roadshow, Turn
from bidding.evaluation.running_order import Rhythm
from foundation.face.fields import MomentField
from foundation.face.values import own_words
from foundation.forms import Form, rows_of


class RoadshowForm(Form):
    """Where, when, and how the time is cut."""

    place = forms.CharField(label=_("venue"), max_length=120)
    begins_at = MomentField(label=_("begins"))
    talk = forms.IntegerField(label=_("minutes to talk"), min_value=1, max_value=LONGEST, initial=8)
    questions = forms.IntegerField(
        label=_("minutes for questions"), min_value=0, max_value=LONGEST, initial=5
    )
    between = forms.IntegerField(
        label=_("minutes between turns"), min_value=0, max_value=LONGEST, initial=2
    )
    rest_after = forms.IntegerField(
        label=_("a rest after so many turns"),
        help_text=_("0 for none."),
        min_value=0,
        max_value=100,
        initial=0,
    )
    rest = forms.IntegerField(
        label=_("minutes of the rest"), min_value=0, max_value=LONGEST, initial=0
    )

    def __init__(self, *args: Any, roadshow: Roadshow | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if roadshow:
            now = {"place": roadshow.place, "begins_at": roadshow.begins_at}
            for name, value in (now | vars(roadshow.rhythm)).items():
                self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        """A rest has a length."""
        cleaned = dict(super().clean() or {})
        if cleaned.get("rest_after") and not cleaned.get("rest"):
            self.add_error("rest", _("Say how long the rest is."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The minutes are one thing."""
        names = ("talk", "questions", "between", "rest_after", "rest")
        given = self.cleaned_data
        rest = {name: value for name, value in given.items() if name not in names}
        return {**rest, "rhythm": Rhythm(**{name: given[name] for name in names})}


class LotField(forms.ModelChoiceField):
    """A lot, by the name of its category."""

    def label_from_instance(self, obj: Lot) -> str:
        """The category in the reader's language."""
        return own_words(obj.category, "name")


class PlanForm(RoadshowForm):
    """The same, and for which part of the call."""

    lot = LotField(
        Lot.objects.none(),
        label=_("which proposals"),
        required=False,
        empty_label=_("all proposals that have no turn yet"),
    )
    field_order = ("lot",)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_of(self, "lot").queryset = call.lots.select_related("category")


class OrderForm(Form):
    """A place for every proposal, and why."""

    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Everybody may read it."),
    )

    def __init__(self, *args: Any, turns: list[Turn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for turn in turns:
            self.fields[f"p{turn.proposal_id}"] = forms.IntegerField(
                label=f"{turn.proposal.title} · {turn.proposal.organisation}",
                min_value=1,
                max_value=len(turns),
                initial=turn.position,
            )
        self.order_fields([f"p{turn.proposal_id}" for turn in turns])

    def clean(self) -> dict[str, Any]:
        """No place is given twice."""
        cleaned = dict(super().clean() or {})
        taken: set[int] = set()
        for name, place in cleaned.items():
            if name != "reason" and place in taken:
                self.add_error(name, _("Another proposal has this place."))
            if name != "reason":
                taken.add(place)
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The proposals' ids by place."""
        places = {name: at for name, at in self.cleaned_data.items() if name != "reason"}
        order = [int(name[1:]) for name in sorted(places, key=places.__getitem__)]
        return {"order": order, "reason": self.cleaned_data["reason"]}


class StageReasonForm(Form):
    """Why something on the stage goes another way."""

    reason = forms.CharField(
        label=_("reason"), max_length=200, help_text=_("It is kept on record.")
    )

    def __init__(self, *args: Any, demanded: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = demanded


class PointsForm(Form):
    """Points for each criterion of the stage, and the key this page sends them under."""

    turn = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, turn: Turn, criteria: list[Any], sheet: LiveSheet | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        scores = sheet.scores.all() if sheet else []
        given = {score.criterion_id: score.points_hundredths for score in scores}
        self.demanded = [f"c{criterion.pk}" for criterion in criteria]  # a draft may lack some
        self.fields["turn"].initial = turn.pk
        self.fields["key"].initial = uuid.uuid4()
        for criterion in criteria:
            hundredths = given.get(criterion.pk)
            self.fields[f"c{criterion.pk}"] = forms.DecimalField(
                label=_("%(name)s (weighs %(weight)s, 0 to 100 points)")
                % {"name": own_words(criterion, "name"), "weight": criterion.weight},
                help_text=criterion.description,
                min_value=0,
                max_value=100,
                decimal_places=2,
                required=False,
                initial=None if hundredths is None else f"{Decimal(hundredths) / 100:g}",
                widget=forms.NumberInput(
                    attrs={"inputmode": "decimal", "step": "0.01", "autocomplete": "off"}
                ),
            )

    def arguments(self) -> dict[str, Any]:
        """Points in hundredths by criterion."""
        return {
            "points": {
                int(name[1:]): None if value is None else int(value * 100)
                for name, value in self.cleaned_data.items()
                if name.startswith("c")
            }
        }

"""What people type about calls."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bidding.calls.defaults import PRICE
from bidding.calls.models import Call, CallKind, Criterion, Custody, Lot, Stage
from bidding.calls.operations import CriterionFacts, LotFacts
from bidding.needs.models import Category
from bidding.needs.queries import published_needs
from foundation.face.fields import MomentField, MoneyField
from foundation.forms import Form, ModelForm, choices_of

TIMES = ("opens_at", "questions_until", "closes_at")


class NewCallForm(ModelForm):
    """The first facts of a call."""

    opens_at = MomentField(label=_("opens"))
    questions_until = MomentField(label=_("questions until"))
    closes_at = MomentField(
        label=_("closes"),
        help_text=_("The page of the draft says whether the dates keep its rules."),
    )

    class Meta:
        model = Call
        fields = ["kind", "title", "title_en", "summary", "summary_en", *TIMES]
        widgets = {
            "kind": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 5}),
            "summary_en": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if "kind" in self.fields:
            choices_of(self, "kind").choices = CallKind.choices


class CallForm(NewCallForm):
    """Everything an officer writes of a draft, beside its lots, criteria and rules."""

    needs = forms.ModelMultipleChoiceField(
        published_needs().order_by("category__position", "-urgency"),
        label=_("needs it answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Published needs. Bidders say which of them they answer."),
    )
    judges_drawn = forms.IntegerField(
        label=_("judges drawn in all"),
        min_value=3,
        max_value=400,
        required=False,
        help_text=_(
            "Leave empty where every judge judges everything. Where there are many proposals, more "
            "judges are drawn and the proposals are shared out among them."
        ),
    )
    lottery_source = forms.CharField(
        label=_("the public draw that decides by lot"),
        max_length=120,
        required=False,
        help_text=_(
            "Needed where a lot is drawn at the line: numbers that anybody can look up and nobody "
            "here influences, for example 中国福利彩票双色球."
        ),
    )
    discussion_points = forms.IntegerField(
        label=_("the panel discusses proposals whose judges differ by so many points"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_(
            "From the lowest total to the highest, of 100. Leave empty for none. In a discussion "
            "judges read each other's sheets without names and may revise their own on paper, with "
            "a reason; both versions are kept and published."
        ),
    )
    bonus_points = forms.IntegerField(
        label=_("bonus for co-funding, points at most"),
        min_value=0,
        max_value=20,
        help_text=_("0 for none. It is added to the panel's score."),
    )
    bonus_full_percent = forms.IntegerField(
        label=_("own share of the budget that earns the whole bonus, in percent"),
        min_value=1,
        max_value=100,
        help_text=_("A smaller own share earns its part of the bonus."),
    )

    class Meta(NewCallForm.Meta):
        fields = [
            "title",
            "title_en",
            "summary",
            "summary_en",
            *TIMES,
            "needs",
            "judges_drawn",
            "aggregation",
            "tie_rule",
            "line_rule",
            "lottery_source",
            "discussion_points",
            "bonus_points",
            "bonus_full_percent",
            "custody",
            "blind",
            "blind_reason",
        ]
        widgets = {
            **NewCallForm.Meta.widgets,
            "custody": forms.RadioSelect,
            "blind_reason": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "blind": _(
                "They read the texts with names hidden, and no attachments; names are shown when "
                "the ranking stands, or when a roadshow is announced."
            ),
            "blind_reason": _("Public, on the call's page. Needed where names are hidden."),
        }

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices_of(self, "custody").choices = Custody.choices

    def clean(self) -> Any:
        """As many judges as a proposal needs, at least."""
        cleaned = super().clean() or self.cleaned_data
        drawn = cleaned.get("judges_drawn")
        if drawn and drawn < self.instance.panel_size:
            self.add_error("judges_drawn", _("At least as many as judge each proposal."))
        return cleaned


class LotsForm(Form):
    """A row for each category: what the lot holds, what one proposal gets at most."""

    def __init__(self, *args: Any, call: Call, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.categories = list(Category.objects.all())
        lots = {lot.category_id: lot for lot in call.lots.all()}
        least = call.least_proposals or 1
        for category in self.categories:
            self._row(category, lots.get(category.pk), least)

    def _row(self, category: Category, lot: Lot | None, least: int) -> None:
        names = {"category": category}
        self.fields[f"ceiling-{category.pk}"] = MoneyField(
            label=_("%(category)s: money for the lot") % names,
            positive=True,
            required=False,
            initial=lot and lot.ceiling_fen,
        )
        self.fields[f"most-{category.pk}"] = MoneyField(
            label=_("%(category)s: for one proposal at most") % names,
            positive=True,
            required=False,
            initial=lot and lot.proposal_ceiling_fen,
        )
        self.fields[f"least-{category.pk}"] = forms.IntegerField(
            label=_("%(category)s: valid proposals needed") % names,
            min_value=1,
            max_value=20,
            initial=lot.least_proposals if lot else least,
        )

    def rows(self) -> list[tuple[Category, Any, Any, Any]]:
        """(category, its three fields) for the table."""
        return [
            (one, self[f"ceiling-{one.pk}"], self[f"most-{one.pk}"], self[f"least-{one.pk}"])
            for one in self.categories
        ]

    def clean(self) -> dict[str, Any]:
        """A lot has both amounts, and one proposal gets no more than it holds."""
        cleaned = dict(super().clean() or {})
        for category in self.categories:
            ceiling, most = f"ceiling-{category.pk}", f"most-{category.pk}"
            if ceiling in self.errors or most in self.errors:
                continue
            if (cleaned[ceiling] is None) != (cleaned[most] is None):
                empty = ceiling if cleaned[ceiling] is None else most
                self.add_error(empty, _("Give both amounts, or neither."))
            elif cleaned[ceiling] is not None and cleaned[most] > cleaned[ceiling]:
                self.add_error(most, _("One proposal cannot get more than the whole lot holds."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The rows with amounts, as lots."""
        given = self.cleaned_data
        lots = [
            LotFacts(
                one, given[f"ceiling-{one.pk}"], given[f"most-{one.pk}"], given[f"least-{one.pk}"]
            )
            for one in self.categories
            if given[f"ceiling-{one.pk}"] is not None
        ]
        return {"lots": lots}


CRITERIA_ROWS = 10


def _says_price(call: Call) -> Any:
    """How the price is scored, and how much it may weigh."""
    said = _(
        "Nobody judges it: within its lot the lowest valid price gets all points, any other the "
        "lowest ÷ its own price."
    )
    least, most = call.least_price_weight, call.most_price_weight
    if not (least and most):
        return said
    bounds = _("By the rules of this call it weighs %(least)d to %(most)d.")
    return format_lazy("{} {}", said, bounds % {"least": least, "most": most})


class CriteriaForm(Form):
    """Ten rows for criteria judges score, empty ones passed over; in procurement the price."""

    def __init__(self, *args: Any, call: Call, **kw: Any) -> None:
        super().__init__(*args, **kw)
        criteria = list(call.criteria.order_by("position"))
        there: list[Criterion | None] = [one for one in criteria if not one.by_price]
        for place in range(1, CRITERIA_ROWS + 1):
            self._row(place, there[place - 1] if place <= len(there) else None)
        if call.kind == CallKind.PROCUREMENT:
            self.fields["price"] = forms.IntegerField(
                label=_("price: weight"),
                min_value=0,
                max_value=100,
                required=False,
                initial=next((one.weight for one in criteria if one.by_price), None),
                help_text=_says_price(call),
            )

    def _row(self, place: int, criterion: Criterion | None) -> None:
        here = {"place": place}
        self.fields[f"name-{place}"] = forms.CharField(
            label=_("criterion %(place)d") % here,
            max_length=60,
            required=False,
            initial=criterion and criterion.name,
        )
        self.fields[f"name_en-{place}"] = forms.CharField(
            label=_("criterion %(place)d in English") % here,
            max_length=80,
            required=False,
            initial=criterion and criterion.name_en,
        )
        self.fields[f"asks-{place}"] = forms.CharField(
            label=_("criterion %(place)d: what it asks") % here,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=criterion and criterion.description,
        )
        self.fields[f"weight-{place}"] = forms.IntegerField(
            label=_("criterion %(place)d: weight") % here,
            min_value=1,
            max_value=100,
            required=False,
            initial=criterion and criterion.weight,
        )
        self.fields[f"stage-{place}"] = forms.ChoiceField(
            label=_("criterion %(place)d: scored") % here,
            choices=Stage.choices,
            required=False,
            initial=criterion.stage if criterion else Stage.PAPER,
        )

    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The five fields of each row."""
        names = ("name", "name_en", "asks", "weight", "stage")
        return [tuple(self[f"{one}-{at}"] for one in names) for at in range(1, CRITERIA_ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        """A named criterion has a weight, and a weight a name."""
        cleaned = dict(super().clean() or {})
        for place in range(1, CRITERIA_ROWS + 1):
            name, weight = cleaned.get(f"name-{place}"), cleaned.get(f"weight-{place}")
            if name and weight is None and f"weight-{place}" not in self.errors:
                self.add_error(f"weight-{place}", _("Give it a weight."))
            if weight and not name:
                self.add_error(f"name-{place}", _("Name it, or take its weight away."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The named rows, as criteria."""
        given = self.cleaned_data
        criteria = [
            CriterionFacts(
                name=given[f"name-{place}"],
                name_en=given[f"name_en-{place}"],
                description=given[f"asks-{place}"],
                weight=given[f"weight-{place}"],
                stage=given[f"stage-{place}"] or Stage.PAPER,
            )
            for place in range(1, CRITERIA_ROWS + 1)
            if given[f"name-{place}"]
        ]
        if price := given.get("price"):
            name, name_en = PRICE
            criteria.append(CriterionFacts(name, price, name_en, by_price=True))
        return {"criteria": criteria}


class AmendForm(ModelForm):
    """A change of a published call, with its reason: what is left as it is stays."""

    questions_until = MomentField(label=_("questions until"))
    closes_at = MomentField(label=_("closes"), help_text=_("Only later than it is now."))
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Public, and sent to everybody concerned."),
    )

    class Meta:
        model = Call
        fields = ["title", "title_en", "summary", "summary_en", "questions_until", "closes_at"]
        widgets = NewCallForm.Meta.widgets

    def __init__(self, *args: Any, instance: Call, **kw: Any) -> None:
        kw |= {"instance": instance, "initial": {"version": instance.amendments.count()}}
        super().__init__(*args, **kw)
        self.lots = list(instance.lots.select_related("category"))
        self.criteria = list(instance.criteria.order_by("position"))
        for lot in self.lots:
            names = {"category": lot.category}
            self.fields[f"ceiling-{lot.pk}"] = MoneyField(
                label=_("%(category)s: money for the lot") % names,
                positive=True,
                initial=lot.ceiling_fen,
            )
            self.fields[f"most-{lot.pk}"] = MoneyField(
                label=_("%(category)s: for one proposal at most") % names,
                positive=True,
                initial=lot.proposal_ceiling_fen,
            )
        for criterion in self.criteria:
            self.fields[f"weight-{criterion.pk}"] = forms.IntegerField(
                label=_("%(criterion)s: weight") % {"criterion": criterion.name},
                min_value=1,
                max_value=100,
                initial=criterion.weight,
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    def arguments(self) -> dict[str, Any]:
        """Words and times by name, amounts and weights by what they are of."""
        given = self.cleaned_data
        plain = (*self.Meta.fields, "version", "reason")
        return {
            **{name: given[name] for name in plain},
            "lots": {
                lot.pk: (given[f"ceiling-{lot.pk}"], given[f"most-{lot.pk}"]) for lot in self.lots
            },
            "weights": {one.pk: given[f"weight-{one.pk}"] for one in self.criteria},
        }


class ReasonForm(Form):
    """A reason that will be public."""

    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Public, and sent to everybody concerned."),
    )

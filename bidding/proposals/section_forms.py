"""What people type into the sections of a proposal: a form for each, tables of rows too."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.needs.models import Need
from bidding.proposals.comparison import Change, compare
from bidding.proposals.content import MOST_LETTERS, content_of, written
from bidding.proposals.drafts import open_draft
from bidding.proposals.models import BudgetGroup, Proposal, Source
from bidding.proposals.requirements import requirements_of
from bidding.proposals.sections import FIELDS, Section
from foundation.errors import Clash
from foundation.face.fields import DayField, MoneyField
from foundation.forms import Form, rows_of
from foundation.organisations.models import District

LONG = forms.Textarea(attrs={"rows": 6})


class SectionForm(Form):
    """One section; remembers which revision the person read before they began to type."""

    section: str
    demanded: Collection[str] = ()
    """What may be empty in a draft and not in a proposal handed in (see `checks`)."""
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        self.proposal = proposal
        kwargs["initial"] = {"revision": proposal.revision, **self.stored()}
        super().__init__(*args, **kwargs)

    def stored(self) -> dict[str, Any]:
        """What stands in the section now."""
        return {
            name: getattr(self.proposal, name)
            for name in FIELDS[self.section]
            if name in self.base_fields
        }

    def values(self) -> dict[str, Any]:
        """What `edit_proposal` is to write."""
        return {name: self.cleaned_data[name] for name in FIELDS[self.section]}

    def arguments(self) -> dict[str, Any]:
        """The section, its values, and the revision they were typed against."""
        return {
            "section": self.section,
            "values": self.values(),
            "revision": self.cleaned_data["revision"],
        }

    def attempt(self, operation: Any, *subject: Any, **also: Any) -> Any:
        """As ever; after a clash the typed text stays, and saving once more is deliberate."""

        def watched(*args: Any, **kwargs: Any) -> Any:
            try:
                return operation(*args, **kwargs)
            except Clash:
                self.clashed = True
                raise

        done = super().attempt(watched, *subject, **also)
        if getattr(self, "clashed", False):
            self.proposal.refresh_from_db()
            open_draft(self.proposal)
            self.changes = self._beside_theirs()
            typed = cast(QueryDict, self.data).copy()
            typed["revision"] = str(self.proposal.revision)
            self.data = typed
        return done

    def _beside_theirs(self) -> list[Change]:
        """What stands in the section now, and what was typed."""
        theirs = content_of(self.proposal)
        yours = theirs | {name: written(name, value) for name, value in self.values().items()}
        [(_section, changes)] = compare(theirs, yours, [self.section])
        return changes


class BasicsForm(SectionForm):
    """Title, summary, period."""

    section = Section.BASICS
    demanded = ("summary", "starts_on", "ends_on")
    title = forms.CharField(label=_("title"), max_length=120)
    summary = forms.CharField(
        label=_("in a few words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=600,
        required=False,
        help_text=_("Two or three sentences that a worker understands."),
    )
    starts_on = DayField(label=_("begins"), required=False)
    ends_on = DayField(
        label=_("ends"), required=False, help_text=_("Most projects last 8 to 10 months.")
    )


class PeopleForm(SectionForm):
    """Which needs are answered, for whom, how many, where."""

    section = Section.PEOPLE
    demanded = ("needs", "audience", "headcount", "districts")
    needs = forms.ModelMultipleChoiceField(
        Need.objects.none(),
        label=_("needs it answers"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audience = forms.CharField(label=_("whom it serves"), max_length=200, required=False)
    headcount = forms.IntegerField(
        label=_("how many people"), min_value=1, max_value=10_000_000, required=False
    )
    districts = forms.ModelMultipleChoiceField(
        District.objects.all(),
        label=_("where"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_of(self, "needs").queryset = self.proposal.call.needs.select_related(
            "category", "district"
        )

    def picks(self) -> list[tuple[Any, Need]]:
        """The box of each need with the need: those of the lot's category first, then the most
        urgent."""
        boxes = [(box, box.data["value"].instance) for box in self["needs"].subwidgets]
        own = self.proposal.lot.category_id
        return sorted(
            boxes, key=lambda pair: (pair[1].category_id != own, -pair[1].urgency, pair[1].pk)
        )

    def stored(self) -> dict[str, Any]:
        """The chosen needs and districts as well."""
        return {
            "needs": self.proposal.needs.all(),
            "districts": self.proposal.districts.all(),
            "audience": self.proposal.audience,
            "headcount": self.proposal.headcount,
        }


class PlanForm(SectionForm):
    """Goals, activities, risks, what stays."""

    section = Section.PLAN
    demanded = ("goals", "plan", "risks", "sustainability")
    goals = forms.CharField(
        label=_("goals and how they are measured"),
        widget=LONG,
        max_length=MOST_LETTERS,
        required=False,
        help_text=_("A number for each goal, and how it will be counted."),
    )
    plan = forms.CharField(
        label=_("activities"), widget=LONG, max_length=MOST_LETTERS, required=False
    )
    risks = forms.CharField(
        label=_("risks and what is done about them"),
        widget=LONG,
        max_length=MOST_LETTERS,
        required=False,
    )
    sustainability = forms.CharField(
        label=_("what stays when the money ends"),
        widget=LONG,
        max_length=MOST_LETTERS,
        required=False,
    )


class SpecialForm(SectionForm):
    """What the lot's category asks beyond the common parts."""

    section = Section.SPECIAL

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requirements = requirements_of(self.proposal.lot.category_id)
        self.demanded = tuple(requirement.key for requirement in self.requirements)
        for requirement in self.requirements:
            stored = self.proposal.special.get(requirement.key)
            self.fields[requirement.key] = self._field(requirement, stored)

    def _field(self, requirement: Any, stored: Any) -> forms.Field:
        common = {
            "label": requirement.label,
            "help_text": requirement.ask,
            "required": False,
            "initial": stored,
        }
        if requirement.kind == "number":
            return forms.IntegerField(min_value=1, max_value=100_000, **common)
        if requirement.kind == "text":
            return forms.CharField(max_length=200, **common)
        return forms.CharField(
            widget=forms.Textarea(attrs={"rows": 4}), max_length=MOST_LETTERS, **common
        )

    def stored(self) -> dict[str, Any]:
        """Each requirement carries its own initial value."""
        return {}

    def values(self) -> dict[str, Any]:
        """All answers as one value."""
        return {"special": {row.key: self.cleaned_data[row.key] for row in self.requirements}}


class Row(forms.Form):
    """One row of a table that is typed; an empty one is left out."""


class MilestoneRow(Row):
    """What is promised by a day."""

    title = forms.CharField(label=_("milestone"), max_length=120)
    due_on = DayField(label=_("to be done by"))
    measure = forms.CharField(label=_("how one sees it is done"), max_length=200)


class MemberRow(Row):
    """Somebody who will do the work."""

    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=60)
    duty = forms.CharField(label=_("duty"), max_length=80)
    certificate = forms.CharField(label=_("certificate"), max_length=120, required=False)


class LineRow(Row):
    """One line of the budget; its amount is computed."""

    group = forms.ChoiceField(
        label=_("group"), choices=BudgetGroup.choices, initial=BudgetGroup.ACTIVITY
    )
    item = forms.CharField(label=_("item"), max_length=120)
    unit = forms.CharField(label=_("unit"), max_length=20)
    quantity = forms.IntegerField(label=_("quantity"), min_value=1, max_value=1_000_000)
    unit_price_fen = MoneyField(label=_("price of one"), positive=True, most_fen=100_000_000_000)
    source = forms.ChoiceField(label=_("paid from"), choices=Source.choices, initial=Source.SEED)

    @property
    def amount_fen(self) -> int | None:
        """What the line comes to as it stands on the page; None where it cannot be said yet."""
        given = getattr(self, "cleaned_data", None) if self.is_bound else self.initial
        price, quantity = ((given or {}).get(name) for name in ("unit_price_fen", "quantity"))
        return price * quantity if price and quantity else None


class RowsForm(SectionForm):
    """A section that is a table of rows; three empty ones wait at its end."""

    row: type[Row]
    name: str
    spare = 3
    most = 60

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        make = forms.formset_factory(
            self.row,
            extra=self.spare,
            can_delete=True,
            max_num=self.most,
            validate_max=True,
            absolute_max=self.most + 20,
        )
        initial = [
            {name: getattr(row, name) for name in self.row.base_fields}
            for row in getattr(self.proposal, self.name).all()
        ]
        self.rows = make(self.data if self.is_bound else None, prefix="rows", initial=initial)

    def stored(self) -> dict[str, Any]:
        """The rows carry their own initial values."""
        return {
            name: getattr(self.proposal, name) for name in self.base_fields if name == "least_fen"
        }

    def is_valid(self) -> bool:
        """The section and each of its rows hold."""
        return bool(super().is_valid() & self.rows.is_valid())

    def values(self) -> dict[str, Any]:
        """The rows in the order they stand on the page."""
        return {self.name: [self._typed(row) for row in self.rows if self._stands(row)]}

    def _stands(self, row: Row) -> bool:
        data = row.cleaned_data
        return (
            bool(data) and not data.get("DELETE") and any(data.get(n) for n in self.row.base_fields)
        )

    def _typed(self, row: Row) -> dict[str, Any]:
        return {name: row.cleaned_data[name] for name in self.row.base_fields}


class MilestonesForm(RowsForm):
    """What is promised by when."""

    section, row, name = Section.MILESTONES, MilestoneRow, "milestones"


class TeamForm(RowsForm):
    """Who does the work."""

    section, row, name = Section.TEAM, MemberRow, "team"


class BudgetForm(RowsForm):
    """The lines of the budget, and the least the organisation could work with."""

    section, row, name = Section.BUDGET, LineRow, "budget"
    least_fen = MoneyField(
        label=_("least acceptable"),
        required=False,
        positive=True,
        help_text=_("The smallest sum you could still do the project with; empty means all of it."),
    )

    def values(self) -> dict[str, Any]:
        """The lines and the least acceptable sum."""
        return {**super().values(), "least_fen": self.cleaned_data["least_fen"]}


SECTION_FORMS: dict[str, type[SectionForm]] = {
    form.section: form
    for form in (
        BasicsForm,
        PeopleForm,
        PlanForm,
        MilestonesForm,
        TeamForm,
        BudgetForm,
        SpecialForm,
    )
}

"""What officers, experts and judges type."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, Lot
from bidding.evaluation.lots import too_few
from bidding.evaluation.models import Employment, Expert, Level, Screening, Sheet
from bidding.evaluation.queries import thin_lots
from bidding.needs.models import Category
from bidding.proposals.models import Proposal
from foundation.face.fields import DayField
from foundation.face.values import own_words
from foundation.forms import Form, choices_of, rows_of
from foundation.organisations.models import Organisation
from foundation.people.models import Person


class ScreeningForm(Form):
    """Admit, have it cured, or refuse."""

    decision = forms.ChoiceField(
        label=_("decision"), choices=Screening.Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
        help_text=_("The organisation reads this. Name the requirement that is not met."),
    )

    def __init__(self, *args: Any, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if again:
            choices_of(self, "decision").choices = [
                choice for choice in Screening.Decision.choices if choice[0] != "cure"
            ]


class CureForm(Form):
    """What was mended, and the missing paper."""

    note = forms.CharField(
        label=_("what was mended"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1000
    )
    label = forms.CharField(label=_("what the file is"), max_length=80, required=False)
    upload = forms.FileField(label=_("file"), required=False)


class LevelsForm(Form):
    """How well somebody knows each category."""

    def lay_out(self, levels: Mapping[str, int]) -> None:
        """A choice for each category, at the level given."""
        choices = [("", _("not at all")), *Level.choices]
        self.coded = {f"level{place}": one for place, one in enumerate(Category.objects.all())}
        for name, category in self.coded.items():
            self.fields[name] = forms.TypedChoiceField(
                label=own_words(category, "name"),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=levels.get(category.pk, ""),
            )

    def levels(self) -> dict[str, int | None]:
        """Category code → level."""
        return {one.pk: self.cleaned_data[name] for name, one in self.coded.items()}


class ExpertForm(LevelsForm):
    """A person put on the list."""

    email = forms.EmailField(
        label=_("e-mail address of the account"),
        help_text=_("The person needs an account; invite them first if they have none."),
    )
    field_of_work = forms.CharField(label=_("field of work"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out({})

    def clean_email(self) -> str:
        """There is an account with this address."""
        self.person = Person.objects.filter(
            email__iexact=self.cleaned_data["email"], is_active=True
        ).first()
        if self.person is None:
            raise forms.ValidationError(_("There is no account with this address."))
        return str(self.cleaned_data["email"])

    def arguments(self) -> dict[str, Any]:
        """The account is the subject, not an argument."""
        return {"field_of_work": self.cleaned_data["field_of_work"], "levels": self.levels()}


class ExpertiseForm(LevelsForm):
    """What an officer confirms of an expert; what the expert stated stands there already."""

    field_of_work = forms.CharField(label=_("field of work"), max_length=120)

    def __init__(self, *args: Any, expert: Expert, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field_of_work"].initial = expert.field_of_work
        self.lay_out(_standing(expert))

    def arguments(self) -> dict[str, Any]:
        """The field of work, and the levels."""
        return {"field_of_work": self.cleaned_data["field_of_work"], "levels": self.levels()}


class OwnExpertiseForm(LevelsForm):
    """What an expert says they know."""

    def __init__(self, *args: Any, expert: Expert, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out(_standing(expert))

    def arguments(self) -> dict[str, Any]:
        """The levels."""
        return {"levels": self.levels()}


def _standing(expert: Expert) -> dict[str, int]:
    """Category code → the level stated, or else confirmed."""
    rows = expert.expertise.all()
    found = {
        row.category_id: row.level if row.stated_level is None else row.stated_level for row in rows
    }
    return {code: level for code, level in found.items() if level}


class TieForm(Form):
    """What binds an expert to an organisation."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.exclude(kind="union"), label=_("organisation")
    )
    tie = forms.ChoiceField(label=_("tie"), choices=Employment.Tie.choices)
    began_on = DayField(label=_("since"))
    ended_on = DayField(
        label=_("until"), required=False, help_text=_("Leave empty while it lasts.")
    )


class EndTieForm(Form):
    """When a tie ended."""

    ended_on = DayField(label=_("until"))


class SeatForm(Form):
    """The judge's declaration: for each proposal, what binds them to it, or nothing."""

    def __init__(
        self, *args: Any, proposals: list[Proposal], found: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for proposal in proposals:
            if proposal.pk in found:
                continue
            self.fields[f"p{proposal.pk}"] = forms.CharField(
                label=f"{proposal.organisation.name}: {proposal.title}",
                help_text=_("Leave empty if nothing binds you to them."),
                max_length=200,
                required=False,
            )
        self.fields["honest"] = forms.BooleanField(
            label=_("I have named everything that binds me to a bidder in the last three years.")
        )

    def arguments(self) -> dict[str, Any]:
        """Proposal id → the reason, where one was given."""
        named = {
            int(name[1:]): value.strip()
            for name, value in self.cleaned_data.items()
            if name.startswith("p") and value.strip()
        }
        return {"conflicts": named}


class BlindSeatForm(Form):
    """The declaration where names are hidden: what binds the judge to any organisation that bids
    or is partner, without saying which proposal is whose."""

    def __init__(self, *args: Any, named: Mapping[Organisation, list[int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = {f"o{body.pk}": proposals for body, proposals in named.items()}
        for body in named:
            self.fields[f"o{body.pk}"] = forms.CharField(
                label=body.name,
                help_text=_("Leave empty if nothing binds you to them."),
                max_length=200,
                required=False,
            )
        self.fields["honest"] = forms.BooleanField(
            label=_("I have named everything that binds me to a bidder in the last three years.")
        )

    def arguments(self) -> dict[str, Any]:
        """Proposal id → the reason, for every proposal an organisation is in."""
        return {
            "conflicts": {
                proposal: reason
                for name, proposals in self.named.items()
                if (reason := self.cleaned_data[name].strip())
                for proposal in proposals
            }
        }


class WordForm(Form):
    """A word that would say whose a proposal is."""

    word = forms.CharField(
        label=_("word to hide"),
        max_length=80,
        help_text=_("A nickname, a building, a former name: it is hidden wherever it stands."),
    )


class ThinLots(forms.ModelMultipleChoiceField):
    """Lots to choose from, each with how many valid proposals it lacks."""

    def label_from_instance(self, obj: Any) -> str:
        """'“Legal aid” needs 3 valid proposals and had 1.'"""
        return too_few([obj])


class VoidForm(Form):
    """Which lots have too few valid proposals to go on, and why."""

    lots = ThinLots(
        Lot.objects.none(), label=_("lots to declare void"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Public, and sent to everybody concerned."),
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        thin = thin_lots(call)
        kwargs["initial"] = {"lots": [lot.pk for lot in thin], "reason": too_few(thin)}
        super().__init__(*args, **kwargs)
        rows_of(self, "lots").queryset = thin

    def arguments(self) -> dict[str, Any]:
        """The lots by id, and the reason."""
        given = self.cleaned_data
        return {"lots": [lot.pk for lot in given["lots"]], "reason": given["reason"]}


class LeaveForm(Form):
    """Why a judge steps back."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class MoveForm(Form):
    """Another rank than the computed one, and why."""

    to_rank = forms.IntegerField(label=_("new rank"), min_value=1)
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text=_("It is published with the result."),
    )

    def __init__(self, *args: Any, place: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_rank"].help_text = _("From 1 to %(last)s; those between make room.") % {
            "last": place.ranking.places.count()
        }


class ScoreForm(Form):
    """Points for each criterion, 0 to 100 with up to two decimals; a comment."""

    def __init__(self, *args: Any, sheet: Sheet, criteria: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scores = list(sheet.scores.all())
        given = {score.criterion_id: score.points_hundredths for score in scores}
        remarks = {score.criterion_id: score.remark for score in scores}
        self.demanded = [f"c{criterion.pk}" for criterion in criteria]  # a draft may lack some
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
                initial=None if hundredths is None else Decimal(hundredths) / 100,
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
            )
            self.fields[f"r{criterion.pk}"] = forms.CharField(
                label=_("remark on “%(name)s”") % {"name": own_words(criterion, "name")},
                max_length=500,
                required=False,
                initial=remarks.get(criterion.pk, ""),
            )
        self.fields["comment"] = forms.CharField(
            label=_("comment for the organisation"),
            help_text=_("It is passed on without your name, after the result is published."),
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=2000,
            required=False,
            initial=sheet.comment,
        )

    def arguments(self) -> dict[str, Any]:
        """Points in hundredths and remarks by criterion, and the comment."""
        points = {
            int(name[1:]): None if value is None else int(value * 100)
            for name, value in self.cleaned_data.items()
            if name.startswith("c") and name != "comment"
        }
        remarks = {
            int(name[1:]): value for name, value in self.cleaned_data.items() if name[0] == "r"
        }
        return {"points": points, "remarks": remarks, "comment": self.cleaned_data["comment"]}

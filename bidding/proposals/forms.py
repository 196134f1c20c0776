"""What people type about a proposal: to begin it, attach, compare, open, confirm a receipt."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, Lot
from bidding.proposals.models import Proposal
from foundation import uscc
from foundation.face.values import own_words
from foundation.forms import Form, choices_of, rows_of
from foundation.organisations.models import Organisation
from foundation.organisations.queries import organisations_visible_to


class LotField(forms.ModelChoiceField):
    """A lot, called by its category."""

    def label_from_instance(self, obj: Any) -> str:
        """The category alone: the call is known."""
        return str(obj.category)


class DraftForm(Form):
    """For which organisation, for which lot, under which title; empty or from an earlier one."""

    demanded = ("title",)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("organisation"), empty_label=None
    )
    lot = LotField(Lot.objects.none(), label=_("lot"), empty_label=None)
    earlier = forms.ChoiceField(
        label=_("begin from"),
        required=False,
        help_text=_(
            "Sections, team and budget of an earlier proposal of yours are copied; what does not "
            "fit this call is left out, and you are told what."
        ),
    )
    title = forms.CharField(
        label=_("title"),
        max_length=120,
        required=False,
        help_text=_("From an earlier proposal an empty title becomes that one's."),
    )

    def __init__(
        self, *args: Any, call: Call, organisations: Any, earlier: list[Proposal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(row.pk): row for row in earlier}
        rows_of(self, "organisation").queryset = organisations
        rows_of(self, "lot").queryset = call.lots.select_related("category", "call")
        if not earlier:
            del self.fields["earlier"]
            self.fields["title"].required, self.fields["title"].help_text = True, ""
            return
        choices_of(self, "earlier").choices = [
            ("", _("an empty draft")),
            *(
                (pk, f"{row.title} · {own_words(row.call, 'title')} · {row.organisation}")
                for pk, row in self.offered.items()
            ),
        ]

    def clean_earlier(self) -> Proposal | None:
        """The proposal itself."""
        return self.offered.get(self.cleaned_data["earlier"])

    def clean(self) -> dict[str, Any]:
        """Without a title of its own it takes the earlier one's."""
        given = super().clean() or self.cleaned_data
        if not given.get("title"):
            if earlier := given.get("earlier"):
                given["title"] = earlier.title
            elif "title" not in self.errors:
                self.add_error("title", forms.Field.default_error_messages["required"])
        return given


class CompareForm(forms.Form):
    """Which two versions: numbers of envelopes, or the draft."""

    before = forms.ChoiceField(label=_("earlier"))
    after = forms.ChoiceField(label=_("later"))

    def __init__(self, *args: Any, versions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            cast(forms.ChoiceField, self.fields[name]).choices = versions


class AttachmentForm(Form):
    """A file and what it is."""

    label = forms.CharField(label=_("what it is"), max_length=80)
    upload = forms.FileField(label=_("file"))


class PartnerForm(Form):
    """Which organisation on record is asked, and to do what."""

    organisation = forms.CharField(
        label=_("organisation"),
        max_length=120,
        help_text=_("Its unified social credit code, or its exact name."),
    )
    task = forms.CharField(
        label=_("what it does in the project"),
        max_length=200,
        help_text=_("The organisation sees this and the project's title, and nothing else."),
    )

    def clean_organisation(self) -> Organisation:
        """The organisation on record."""
        typed = self.cleaned_data["organisation"].strip()
        named = Q(uscc=uscc.normalised(typed)) | Q(name=typed) | Q(name_en__iexact=typed)
        found = organisations_visible_to(None).filter(named).order_by("pk").first()
        if found is None:
            raise forms.ValidationError(
                _("No organisation with this code or name is on record here. It registers first.")
            )
        return found


class ShareForm(Form):
    """A keeper's passphrase."""

    passphrase = forms.CharField(
        label=_("passphrase of your key"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        max_length=200,
    )


class DamageForm(Form):
    """The organisation's own copy of what it handed in, if the platform's is not enough."""

    copy = forms.FileField(
        label=_("your copy of exactly what was handed in"),
        required=False,
        help_text=_(
            "The file “exactly what was handed in” (.json) you took from the page of your receipt. "
            "Try without it first: what is stored for your organisation may still be whole."
        ),
    )


class ReceiptForm(Form):
    """A receipt's number and fingerprint, to be confirmed."""

    receipt = forms.CharField(label=_("receipt number"), max_length=40)
    sha256 = forms.CharField(label="SHA-256", max_length=64, min_length=64)

"""What people type about organisations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import uscc
from foundation.forms import Form
from foundation.organisations.codes import fault_sentence
from foundation.organisations.fields import Body, Day, Reason
from foundation.organisations.models import (
    District,
    MembershipRole,
    Organisation,
    OrganisationKind,
    UnionType,
)
from foundation.organisations.operations.bodies import PROFILE
from foundation.organisations.sheets import read_unions
from foundation.organisations.standing_models import ProofKind, Rating, Relation

SOCIAL_KINDS = [
    choice for choice in OrganisationKind.choices if choice[0] != OrganisationKind.UNION
]
ACTING_ROLES = [
    (MembershipRole.REPRESENTATIVE.value, MembershipRole.REPRESENTATIVE.label),
    (MembershipRole.MANAGER.value, MembershipRole.MANAGER.label),
]
UNCONTESTED_ROLES = [
    choice for choice in MembershipRole.choices if choice[0] != MembershipRole.REPRESENTATIVE
]


class ProfileForm(Form):
    """What an organisation says about itself."""

    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    summary = forms.CharField(
        label=_("In a few words"),
        help_text=_("What the organisation does and for whom; shown on its public page."),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
        required=False,
    )
    district = forms.ModelChoiceField(
        District.objects.all(), label=_("District"), required=False, empty_label="—"
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    contact_name = forms.CharField(label=_("Contact"), max_length=80, required=False)
    contact_phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        help_text=_("Shown on the public page: the office's number, not a private one."),
    )
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    founded_on = Day(label=_("Founded on"), required=False)

    @classmethod
    def of(cls, organisation: Organisation, data: Any = None, files: Any = None) -> ProfileForm:
        """The form, filled with what stands there now."""
        now = {name: getattr(organisation, name) for name in PROFILE}
        return cls(data, files, initial=now)


class IdentityForm(ProfileForm):
    """Kind, name and code of an organisation, with its profile."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SOCIAL_KINDS)
    name = forms.CharField(label=_("Name, as on the certificate"), max_length=120)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        help_text=_("18 characters; spaces and small letters are mended."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order: Iterable[str] | None = ("kind", "name", "uscc")


class RegisterForm(IdentityForm):
    """A person registers an organisation they act for."""

    role = forms.ChoiceField(label=_("You are its"), choices=ACTING_ROLES)
    certificate = forms.FileField(
        label=_("Registration certificate"), help_text=_("A scan or photo, as PDF, JPG or PNG.")
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=120)
    issued_on = Day(label=_("Issued on"))
    expires_on = Day(
        label=_("Valid until"), required=False, help_text=_("Leave empty when it does not run out.")
    )
    field_order = (
        "kind",
        "name",
        "uscc",
        "role",
        "certificate",
        "issuer",
        "issued_on",
        "expires_on",
    )

    def clean(self) -> dict[str, Any]:
        """The code's fault stands beside the code, before any file is kept."""
        typed = super().clean() or {}
        code, kind = uscc.normalised(typed.get("uscc", "")), typed.get("kind")
        sentence = fault_sentence(code, kind) if code and kind else None
        if sentence:
            self.add_error("uscc", sentence)
        return typed


class LetThroughForm(IdentityForm):
    """An officer enters an organisation whose printed code fails the check."""

    reason = Reason()
    scan = forms.FileField(
        label=_("Scan of the certificate"), help_text=_("It has to show the code as printed.")
    )
    field_order = ("kind", "name", "uscc", "reason", "scan")


class ReasonForm(Form):
    """A decision that needs its reason."""

    reason = Reason()


class NoteForm(Form):
    """A decision that may carry a note."""

    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class RenameForm(ReasonForm):
    """Another name from now on."""

    name = forms.CharField(label=_("New name"), max_length=120)
    name_en = forms.CharField(label=_("New name in English"), max_length=160, required=False)
    field_order = ("name", "name_en", "reason")


class RequestForm(Form):
    """A request that is shown by a document."""

    document = forms.FileField(
        label=_("Document"),
        help_text=_("A letter of authority or the new certificate, as PDF, JPG or PNG."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ReplacementForm(RequestForm):
    """Who the new legal representative is."""

    email = forms.EmailField(
        label=_("Their e-mail address"), help_text=_("They need an account with it.")
    )
    field_order = ("email", "document", "note")


class MemberForm(Form):
    """Somebody with an account, and what they are in the organisation."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=UNCONTESTED_ROLES)


class OfficersMemberForm(MemberForm):
    """The same for an officer, who may also name the first representative."""

    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices)


class InviteForm(MemberForm):
    """Somebody who may have no account yet."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("zh-hans", "简体中文"), ("en", "English")]
    )
    field_order = ("email", "name", "role", "language")


class RoleForm(Form):
    """Another role in the same organisation."""

    role = forms.ChoiceField(label=_("Role"), choices=UNCONTESTED_ROLES)


class SuccessorForm(Form):
    """Who takes over."""

    email = forms.EmailField(
        label=_("The successor's e-mail address"), help_text=_("They need an account with it.")
    )


class ProofForm(Form):
    """A proof of standing."""

    kind = forms.ChoiceField(label=_("What it proves"), choices=ProofKind.choices)
    value = forms.CharField(
        label=_("Result or grade"),
        max_length=60,
        required=False,
        help_text=_("A rating is one of %(grades)s.") % {"grades": ", ".join(Rating.values)},
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=120, required=False)
    issued_on = Day(label=_("Issued on"))
    expires_on = Day(
        label=_("Valid until"),
        required=False,
        help_text=_("A rating is valid for five years unless it says less."),
    )
    document = forms.FileField(
        label=_("Document"), help_text=_("A scan or photo, as PDF, JPG or PNG.")
    )


class BanForm(ReasonForm):
    """A ban, from one day to another."""

    authority = forms.CharField(label=_("Authority that banned it"), max_length=120)
    from_on = Day(label=_("From"))
    until_on = Day(
        label=_("Until"), required=False, help_text=_("Leave empty when no end was set.")
    )
    field_order = ("authority", "from_on", "until_on", "reason")


class RelationForm(Form):
    """How the organisation hangs together with another, or with a person."""

    relation = forms.ChoiceField(label=_("This organisation …"), choices=Relation.choices)
    other = Body(
        label=_("… this organisation"),
        required=False,
        help_text=_("Its exact name or its credit code."),
    )
    person_name = forms.CharField(label=_("… or this person"), max_length=80, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class RequirementForm(Form):
    """A proof that a kind of organisation needs."""

    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=OrganisationKind.choices
    )
    proof_kind = forms.ChoiceField(label=_("Proof"), choices=ProofKind.choices)


class PlantForm(Form):
    """A union body under another."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    union_type = forms.ChoiceField(
        label=_("Type"),
        choices=[choice for choice in UnionType.choices if choice[0] != UnionType.COORDINATING],
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        required=False,
        help_text=_("Leave empty when it stands under its parent's code."),
    )
    district = forms.ModelChoiceField(
        District.objects.all(), label=_("District"), required=False, empty_label="—"
    )
    industry = forms.CharField(label=_("Industry"), max_length=60, required=False)
    workers = forms.IntegerField(label=_("Workers"), min_value=0, max_value=2**31 - 1, initial=0)


class FederationForm(PlantForm):
    """The first body of the tree."""

    union_type = forms.ChoiceField(
        label=_("Type"),
        choices=[(UnionType.COORDINATING.value, UnionType.COORDINATING.label)],
    )


class PlaceForm(ReasonForm):
    """Another place in the tree, or a successor."""

    to = Body(label=_("Which union body"), union=True, help_text=_("Its exact name or its code."))
    field_order = ("to", "reason")


class ImportForm(Form):
    """A file of union bodies."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, at most 5,000 rows."))
    preview = forms.BooleanField(
        label=_("Only try it: report what would happen, enter nothing"),
        required=False,
        initial=True,
    )

    def arguments(self) -> dict[str, Any]:
        """The file's rows; what could not be read is kept in `unreadable`."""
        upload = self.cleaned_data["file"]
        rows, self.unreadable = read_unions(upload.name, upload.read())
        return {"rows": rows, "preview": self.cleaned_data["preview"]}

"""One page for each thing that can be done to a row: a form, a gate, an operation, a way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.forms import posted
from foundation.http import done, gate, signed_in, visible_or_404
from foundation.organisations import forms, operations, queries
from foundation.organisations.models import Organisation
from foundation.organisations.rules import belongs_to
from foundation.people.rules import is_officer

FormOf = Callable[..., Any]


@dataclass(frozen=True)
class Act:
    """A thing that can be done: its words, its form, and what it says when it is done."""

    name: str
    title: Any
    submit: Any
    said: Any
    form: FormOf
    lead: Any = ""
    tone: str = "main"

    @property
    def operation(self) -> Callable[..., Any]:
        """The operation of the same name."""
        found: Callable[..., Any] = getattr(operations, self.name)
        return found


def plain(form: type[forms.Form]) -> FormOf:
    """The form is the same whoever asks and whatever it is about."""
    return lambda request, subject: form(*posted(request))


def member_form(request: HttpRequest, subject: Any) -> forms.Form:
    """An officer may name the first representative; others may not."""
    form = forms.OfficersMemberForm if is_officer(request.user) else forms.MemberForm
    return form(*posted(request))


def ban_form(request: HttpRequest, subject: Any) -> forms.Form:
    """A ban may follow from something: the address then brings why; it begins today."""
    given = {"reason": request.GET.get("reason", "")[:300], "from_on": clock.today()}
    return forms.BanForm(*posted(request), initial=given)


def body_of(subject: Any) -> Organisation:
    """The organisation that a row is, or belongs to."""
    return subject if isinstance(subject, Organisation) else subject.organisation


def home_of(person: Any, organisation: Organisation) -> str:
    """Where one goes on: the organisation's desk page, or one's own when it is not theirs."""
    if belongs_to(person, organisation) or queries.reads_all(person):
        return reverse("organisations:own", args=[organisation.pk])
    return reverse("organisations:desk")


def page_for(act: Act, rows: Callable[[Any], Any]) -> Callable[..., HttpResponse]:
    """The view of an act on the rows that a person can see."""

    @signed_in
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        subject = visible_or_404(rows(request.user), pk=pk)
        gate(request.user, act.name, subject)
        form = act.form(request, subject)
        # edit_profile answers with the row even when nothing was changed
        if form.sent() and form.attempt(act.operation, subject, actor=request.user) is not None:
            return done(request, act.said, home_of(request.user, body_of(subject)))
        return render(
            request,
            "organisations/act.html",
            {
                "title": act.title,
                "lead": act.lead,
                "submit": act.submit,
                "tone": act.tone,
                "form": form,
                "subject": subject,
                "organisation": body_of(subject),
                "back": home_of(request.user, body_of(subject)),
            },
        )

    view.__name__ = act.name
    view.__doc__ = str(act.name)
    return view


ON_ORGANISATIONS = (
    Act(
        "edit_profile",
        _("Edit the profile"),
        _("Save"),
        _("The profile is saved."),
        lambda request, subject: forms.ProfileForm.of(subject, *posted(request)),
    ),
    Act(
        "rename_organisation",
        _("Rename"),
        _("Rename"),
        _("It has its new name."),
        plain(forms.RenameForm),
        _("The old name stays in the trail. Documents already signed keep it."),
    ),
    Act(
        "verify_organisation",
        _("Verify this organisation"),
        _("Verify"),
        _("It is verified; its people were told."),
        plain(forms.NoteForm),
        _(
            "You have compared the registration certificate with name, code and head. "
            "Its page becomes public and the certificate counts as verified."
        ),
    ),
    Act(
        "suspend_organisation",
        _("Suspend this organisation"),
        _("Suspend"),
        _("It is suspended; its people were told."),
        plain(forms.ReasonForm),
        _("It may not take part in anything new until it is reinstated."),
        "danger",
    ),
    Act(
        "reinstate_organisation",
        _("Reinstate this organisation"),
        _("Reinstate"),
        _("It is reinstated; its people were told."),
        plain(forms.ReasonForm),
    ),
    Act(
        "dissolve_organisation",
        _("Dissolve this organisation"),
        _("Dissolve"),
        _("It is dissolved; its people were told."),
        plain(forms.ReasonForm),
        _("This cannot be undone: nobody will belong to it any longer. Its page stays."),
        "danger",
    ),
    Act(
        "ban_organisation",
        _("Ban this organisation"),
        _("Ban"),
        _("The ban is entered; its people were told."),
        ban_form,
        _("A ban is public. It ends on its last day or when it is lifted."),
        "danger",
    ),
    Act(
        "claim_organisation",
        _("Claim this organisation"),
        _("Send the claim"),
        _("Your claim is with the federation; you will be told the answer."),
        plain(forms.RequestForm),
        _("Nobody acts for it here yet. Show by a document that you may; an officer answers."),
    ),
    Act(
        "state_proof",
        _("Hand in a proof"),
        _("Hand in"),
        _("The proof is handed in; it counts once an officer has checked it."),
        plain(forms.ProofForm),
    ),
    Act(
        "add_member",
        _("Add somebody"),
        _("Add"),
        _("They are in it now and were told."),
        member_form,
        _("For people who have an account. They can act as soon as they are added."),
    ),
    Act(
        "invite_member",
        _("Invite somebody"),
        _("Send the invitation"),
        _("The invitation is on its way. It can be taken up for fourteen days."),
        plain(forms.InviteForm),
        _("They get a letter with a link; who has no account makes one on the way."),
    ),
    Act(
        "replace_representative",
        _("Name a new legal representative"),
        _("Send the request"),
        _("The request is with the federation; nothing changes until it is confirmed."),
        plain(forms.ReplacementForm),
        _("When it is confirmed, the present representative is in the organisation no longer."),
    ),
    Act(
        "declare_relation",
        _("Declare a related party"),
        _("Declare"),
        _("The relation is declared."),
        plain(forms.RelationForm),
        _("Organisations that hang together may not compete in one lot. Say it before you bid."),
    ),
    Act(
        "plant_union",
        _("Enter a union body under this one"),
        _("Enter"),
        _("It stands in the tree."),
        plain(forms.PlantForm),
    ),
    Act(
        "move_union",
        _("Move this body in the tree"),
        _("Move"),
        _("It stands in its new place, with all below it."),
        plain(forms.PlaceForm),
        _("All bodies below it move along."),
    ),
    Act(
        "merge_unions",
        _("Merge this body into another"),
        _("Merge"),
        _("It is merged; its people were told."),
        plain(forms.PlaceForm),
        _(
            "Its people, its workers and the bodies below it go to the successor. "
            "This one is dissolved and its page points there. This cannot be undone."
        ),
        "danger",
    ),
)

ON_MEMBERSHIPS = (
    Act(
        "change_role",
        _("Change the role"),
        _("Change"),
        _("The role is changed."),
        plain(forms.RoleForm),
    ),
    Act(
        "hand_over",
        _("Hand over"),
        _("Hand over"),
        _("It is handed over; the successor was told."),
        plain(forms.SuccessorForm),
        _("The successor gets the same role and all open work; this person's place ends."),
    ),
    Act(
        "end_membership",
        _("End the membership"),
        _("End it"),
        _("The membership has ended."),
        plain(forms.Form),
        _("What they did stays on record under their name."),
        "danger",
    ),
)

ON_PROOFS = (
    Act(
        "refuse_proof",
        _("Refuse this proof"),
        _("Refuse"),
        _("The proof is refused; the organisation was told why."),
        plain(forms.ReasonForm),
        "",
        "danger",
    ),
)

ON_CLAIMS = (
    Act(
        "refuse_claim",
        _("Refuse this claim"),
        _("Refuse"),
        _("The claim is refused; the person was told why."),
        plain(forms.ReasonForm),
        "",
        "danger",
    ),
)

ON_REPLACEMENTS = (
    Act(
        "refuse_replacement",
        _("Refuse this change"),
        _("Refuse"),
        _("The change is refused; the organisation was told why."),
        plain(forms.ReasonForm),
        "",
        "danger",
    ),
)

ON_BANS = (
    Act(
        "lift_ban",
        _("Lift this ban"),
        _("Lift"),
        _("The ban is lifted; the organisation was told."),
        plain(forms.ReasonForm),
    ),
)

ON_RELATIONS = (
    Act(
        "end_relation",
        _("End this relation"),
        _("End it"),
        _("The relation has ended."),
        plain(forms.Form),
        _("You have seen that it no longer holds. That it was declared stays on record."),
    ),
)

TABLES = (
    ("desk/organisations/<int:pk>", ON_ORGANISATIONS, queries.organisations_visible_to),
    ("desk/organisations/members/<int:pk>", ON_MEMBERSHIPS, queries.memberships_visible_to),
    ("desk/organisations/proofs/<int:pk>", ON_PROOFS, queries.proofs_visible_to),
    ("desk/organisations/claims/<int:pk>", ON_CLAIMS, queries.claims_visible_to),
    ("desk/organisations/replacements/<int:pk>", ON_REPLACEMENTS, queries.replacements_visible_to),
    ("desk/organisations/bans/<int:pk>", ON_BANS, queries.bans_visible_to),
    ("desk/organisations/relations/<int:pk>", ON_RELATIONS, queries.relations_visible_to),
)


def claimable_to(person: Any) -> Any:
    """What one may see, and registered bodies nobody acts for (known to who knows their code)."""
    return Organisation.objects.all()


def addresses() -> list[URLPattern]:
    """A path for every act: its name, with hyphens."""
    return [
        path(
            f"{base}/{act.name.replace('_', '-')}/",
            page_for(act, claimable_to if act.name == "claim_organisation" else rows),
            name=act.name,
        )
        for base, acts, rows in TABLES
        for act in acts
    ]

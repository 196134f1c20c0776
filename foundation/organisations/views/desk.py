"""The desk: what waits for officers, the organisations one is in, and each one's own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from foundation import uscc
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.organisations import forms, operations
from foundation.organisations.codes import fault_sentence
from foundation.organisations.filters import OrganisationFilter
from foundation.organisations.models import Organisation
from foundation.organisations.queries import (
    claims_visible_to,
    memberships_of,
    organisations_of,
    organisations_visible_to,
    proofs_visible_to,
    queue_for,
    reads_all,
    relations_visible_to,
    replacements_visible_to,
    standing_from,
    standings_of,
)
from foundation.organisations.rules import belongs_to, has_nobody_acting
from foundation.organisations.standing_models import RequiredProof
from foundation.people.rules import is_officer
from foundation.permissions import can


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """The federation's queue and list of organisations; everybody else's own ones."""
    mine = list(organisations_of(request.user).order_by("name"))
    standings = standings_of(mine)
    for body in mine:
        body.standing = standings[body.pk]
    context: dict[str, Any] = {
        "mine": mine,
        "is_officer": is_officer(request.user),
    }
    if reads_all(request.user):
        filters = OrganisationFilter(
            request.GET, organisations_visible_to(request.user).order_by("kind", "name", "pk")
        )
        context |= {
            "queue": queue_for(request.user),
            "filterset": filters,
            "page": page_of(request, filters.qs),
        }
    else:
        context["claims"] = claims_visible_to(request.user)
    return render(request, "organisations/desk.html", context)


@signed_in
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation's page for its own people and the federation's."""
    rows = organisations_visible_to(request.user).select_related("union", "district", "uscc_scan")
    organisation = visible_or_404(rows, pk=pk)
    if not (belongs_to(request.user, organisation) or reads_all(request.user)):
        return redirect(organisation)
    proofs = list(proofs_visible_to(request.user).filter(organisation=organisation))
    bans = list(organisation.bans.all())
    return render(
        request,
        "organisations/own.html",
        {
            "organisation": organisation,
            "standing": standing_from(organisation, proofs, bans),
            "members": memberships_of(organisation),
            "proofs": proofs,
            "bans": bans,
            "relations": relations_visible_to(request.user).filter(
                organisation=organisation, ended_at=None
            ),
            "replacements": replacements_visible_to(request.user).filter(
                organisation=organisation, state="open"
            ),
            "may": what_one_may(request.user, organisation),
            "is_officer": is_officer(request.user),
        },
    )


ON_BODY = (
    "edit_profile",
    "rename_organisation",
    "verify_organisation",
    "suspend_organisation",
    "reinstate_organisation",
    "dissolve_organisation",
    "ban_organisation",
    "state_proof",
    "add_member",
    "invite_member",
    "replace_representative",
    "declare_relation",
    "plant_union",
    "move_union",
    "merge_unions",
)


def what_one_may(person: Any, organisation: Organisation) -> set[str]:
    """The acts whose buttons are shown."""
    return {name for name in ON_BODY if can(person, name, organisation)}


@signed_in
def register_organisation(request: HttpRequest) -> HttpResponse:
    """A person registers an organisation they act for."""
    gate(request.user, "register_organisation")
    form = forms.RegisterForm(*posted(request), initial={"uscc": request.GET.get("code", "")})
    if form.sent() and (body := form.attempt(operations.register_organisation, actor=request.user)):
        said = _("It is registered. An officer checks the certificate next.")
        return done(request, said, "organisations:own", body.pk)
    return _form_page(
        request,
        form,
        _("Register an organisation"),
        _("Register"),
        _(
            "For social organisations, affiliated institutions and enterprises. If a code that is "
            "printed on the certificate is refused here, ask a programme officer to enter it."
        ),
    )


@signed_in
def let_code_through(request: HttpRequest) -> HttpResponse:
    """An officer enters an organisation whose printed code fails the check."""
    gate(request.user, "let_code_through")
    form = forms.LetThroughForm(*posted(request))
    if form.sent() and (body := form.attempt(operations.let_code_through, actor=request.user)):
        said = _("It is entered. Its people can claim it now.")
        return done(request, said, "organisations:own", body.pk)
    return _form_page(
        request,
        form,
        _("Enter an organisation with a failing code"),
        _("Enter"),
        _("Only for a code that is printed so on the certificate: with a scan and the reason."),
    )


def _form_page(request: HttpRequest, form: Any, title: Any, submit: Any, lead: Any) -> HttpResponse:
    return render(
        request,
        "organisations/act.html",
        {
            "form": form,
            "title": title,
            "submit": submit,
            "lead": lead,
            "back": reverse("organisations:desk"),
        },
    )


@signed_in
def find(request: HttpRequest) -> HttpResponse:
    """By its code: is the organisation here, whose is it, and what can one do?"""
    code = uscc.normalised(request.GET.get("code", ""))
    body = Organisation.objects.filter(uscc=code).first() if code else None
    context = {
        "code": code,
        "fault": fault_sentence(code) if code and body is None else None,
        "organisation": body,
        "is_ours": belongs_to(request.user, body) if body else False,
        "taken": has_nobody_acting(body) if body else None,
    }
    return render(request, "organisations/find.html", context)


@signed_in
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """A proof with its document, for those who may read it; an officer answers here."""
    row = visible_or_404(proofs_visible_to(request.user), pk=pk)
    may = {name for name in ("verify_proof", "refuse_proof") if can(request.user, name, row)}
    return render(request, "organisations/proof.html", {"proof": row, "may": may})


@signed_in
@require_POST
def verify_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof is what it says."""
    row = visible_or_404(proofs_visible_to(request.user), pk=pk)
    to = reverse("organisations:own", args=[row.organisation_id])
    said = _("The proof is verified; the organisation was told.")
    return press(request, operations.verify_proof, row, said=said, to=to)


@signed_in
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """A claim with its document, for who made it and for the officer who answers."""
    row = visible_or_404(claims_visible_to(request.user), pk=pk)
    may = {name for name in ("accept_claim", "refuse_claim") if can(request.user, name, row)}
    return render(request, "organisations/claim.html", {"claim": row, "may": may})


@signed_in
@require_POST
def accept_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation is theirs."""
    row = visible_or_404(claims_visible_to(request.user), pk=pk)
    to = reverse("organisations:claim", args=[pk])
    said = _("The claim is accepted; the person represents the organisation now.")
    return press(request, operations.accept_claim, row, said=said, to=to)


@signed_in
def replacement(request: HttpRequest, pk: int) -> HttpResponse:
    """A change of representative with its document."""
    row = visible_or_404(replacements_visible_to(request.user), pk=pk)
    names = ("confirm_replacement", "refuse_replacement")
    may = {name for name in names if can(request.user, name, row)}
    return render(request, "organisations/replacement.html", {"replacement": row, "may": may})


@signed_in
@require_POST
def confirm_replacement(request: HttpRequest, pk: int) -> HttpResponse:
    """The successor represents the organisation from now on."""
    row = visible_or_404(replacements_visible_to(request.user), pk=pk)
    to = reverse("organisations:own", args=[row.organisation_id])
    said = _("The change is confirmed; the people concerned were told.")
    return press(request, operations.confirm_replacement, row, said=said, to=to)


@signed_in
def requirements(request: HttpRequest) -> HttpResponse:
    """Which proofs each kind of organisation needs; officers change it."""
    gate(request.user, "require_proof")
    form = forms.RequirementForm(*posted(request))
    if form.sent() and form.attempt(operations.require_proof, actor=request.user):
        return done(request, _("This proof is asked from now on."), "organisations:requirements")
    context = {"form": form, "rows": RequiredProof.objects.all()}
    return render(request, "organisations/requirements.html", context)


@signed_in
@require_POST
def waive_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """This proof is asked no longer."""
    gate(request.user, "waive_proof")
    row = visible_or_404(RequiredProof.objects.all(), pk=pk)
    to = reverse("organisations:requirements")
    return press(request, operations.waive_proof, row, said=_("It is asked no longer."), to=to)


@signed_in
def import_unions(request: HttpRequest) -> HttpResponse:
    """A file of union bodies: tried first, then entered; every refused row with its reason."""
    gate(request.user, "import_unions")
    form = forms.ImportForm(*posted(request))
    report = form.attempt(operations.import_unions, actor=request.user) if form.sent() else None
    context = {"form": form, "report": report}
    if report is not None:
        context["preview"] = form.cleaned_data["preview"]
        context["refused"] = sorted(
            [*form.unreadable, *report.refused], key=lambda refused: refused.line
        )
    return render(request, "organisations/import.html", context)


@signed_in
def plant_federation(request: HttpRequest) -> HttpResponse:
    """The first body of the tree, while there is none."""
    gate(request.user, "plant_union")
    form = forms.FederationForm(*posted(request))
    if form.sent() and (body := form.attempt(operations.plant_union, None, actor=request.user)):
        return done(request, _("It stands in the tree."), "organisations:own", body.pk)
    lead = _("All other union bodies will stand under it.")
    return _form_page(request, form, _("Enter the federation"), _("Enter"), lead)

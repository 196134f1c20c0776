"""Pages of invitations: sending them, and what whoever got one sees."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.people import invitation_operations as operations
from foundation.people.forms import InviteForm
from foundation.people.invitations import invitation_of
from foundation.people.models import Invitation, Person
from foundation.people.purposes import offer_of
from foundation.people.queries import invitations_visible_to
from foundation.permissions import why_not


@signed_in
def invitations(request: HttpRequest) -> HttpResponse:
    """The invitations an administrator follows up."""
    gate(request.user, "invite_person")
    page = page_of(request, invitations_visible_to(request.user))
    for row in page.object_list:
        row.offer = offer_of(row)
    return render(request, "people/invitations.html", {"page": page})


@signed_in
def invite_person(request: HttpRequest) -> HttpResponse:
    """Invite an address to a post."""
    gate(request.user, "invite_person")
    form = InviteForm(*posted(request), initial={"language": get_language()})
    if form.sent() and (sent := form.attempt(operations.invite_person, actor=request.user)):
        said = _("The invitation to %(email)s is on its way.") % {"email": sent.email}
        return done(request, said, "people:invitations")
    context = {
        "title": _("Invite a person to a post"),
        "lead": _("They get a letter with a link. Accepting it gives them the post at once."),
        "form": form,
        "submit": _("Send the invitation"),
        "back": reverse("people:invitations"),
    }
    return render(request, "base/form_page.html", context)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What a letter's link opens: what is offered, by whom, and how to take it up."""
    found = _of_letter(token)
    knows_us = Person.objects.filter(email__iexact=found.email).exists()
    if request.user.is_anonymous and found.is_open and not knows_us:
        # the link came to this address: signing up with it needs no second proof
        get_adapter(request).stash_verified_email(request, found.email)
    context = {
        "invitation": found,
        "offer": offer_of(found),
        "knows_us": knows_us,
        "refusal": why_not(request.user, "accept_invitation", found),
        "here": request.path,
        "accept_url": reverse("people:accept_invitation", args=[token]),
    }
    return render(request, "people/invitation.html", context)


@signed_in
@require_POST
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the offer up."""
    return press(
        request,
        operations.accept_invitation,
        _of_letter(token),
        said=_("Welcome: you have accepted the invitation."),
        to="desk:home",
    )


@signed_in
@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    return press(
        request,
        operations.revoke_invitation,
        _sent(request, pk),
        said=_("The invitation was taken back."),
        to=_back(request),
    )


@signed_in
@require_POST
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation again."""
    return press(
        request,
        operations.resend_invitation,
        _sent(request, pk),
        said=_("A new letter is on its way; the old one opens nothing any more."),
        to=_back(request),
    )


def _of_letter(token: str) -> Invitation:
    found = invitation_of(token)
    if found is None:
        raise Http404
    return found


def _sent(request: HttpRequest, pk: int) -> Invitation:
    return visible_or_404(invitations_visible_to(request.user), pk=pk)


def _back(request: HttpRequest) -> str:
    """The list the button stood on: the platform's, or the organisation's that asked for it."""
    here: str = request.POST.get("back", "")
    return (
        here
        if here.startswith("/") and not here.startswith("//")
        else reverse("people:invitations")
    )

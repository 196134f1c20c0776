"""Pages of a person's own account, and of people for those who administer the platform."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.people import operations
from foundation.people.forms import AppointForm, DeactivateForm, PeopleFilter, ProfileForm
from foundation.people.models import Person
from foundation.people.queries import appointments_visible_to, people_visible_to, with_posts
from foundation.people.second_factor import second_factor_required


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """One's own account: name, phone, language, and the ways to everything that guards it."""
    form = ProfileForm(*posted(request), instance=request.user)
    if form.sent() and (
        person := form.attempt(operations.change_profile, request.user, actor=request.user)
    ):
        with translation.override(person.language):
            return done(request, _("Your account was saved."), reverse("people:me"))
    context = {
        "form": form,
        "posts": appointments_visible_to(request.user).filter(
            person=request.user.pk, ended_at=None
        ),
        "has_second_factor": is_mfa_enabled(request.user),
    }
    return render(request, "people/me.html", context)


@signed_in
def secure(request: HttpRequest) -> HttpResponse:
    """Why the second step of signing in is needed, and the ways to set it up."""
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}):
        onward = reverse("desk:home")
    if is_mfa_enabled(request.user):
        return redirect(onward)
    context = {"onward": onward, "required": second_factor_required(request.user)}
    return render(request, "people/secure.html", context)


@signed_in
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, to be found by name, post and account."""
    gate(request.user, "invite_person")
    found = PeopleFilter(request.GET, with_posts(people_visible_to(request.user)))
    context = {"filter": found, "page": page_of(request, found.qs)}
    return render(request, "people/people.html", context)


@signed_in
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts now and before, and what an administrator can do."""
    gate(request.user, "invite_person")
    subject = visible_or_404(with_posts(people_visible_to(request.user)), pk=pk)
    context = {
        "person": subject,
        "posts": appointments_visible_to(request.user).filter(person=subject),
        "is_self": subject == request.user,
    }
    return render(request, "people/person.html", context)


def _person(request: HttpRequest, pk: int) -> Person:
    return visible_or_404(people_visible_to(request.user), pk=pk)


@signed_in
def appoint_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the person a post."""
    subject = _person(request, pk)
    gate(request.user, "appoint_person", subject)
    form = AppointForm(*posted(request))
    if form.sent() and form.attempt(operations.appoint_person, subject, actor=request.user):
        return done(request, _("The post was given."), "people:person", pk)
    context = {
        "title": _("Give %(name)s a post") % {"name": subject},
        "lead": _("It is held from now on; the person is told. It can be ended at any time."),
        "form": form,
        "submit": _("Give the post"),
        "back": reverse("people:person", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
@require_POST
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post."""
    appointment = visible_or_404(appointments_visible_to(request.user), pk=pk)
    return press(
        request,
        operations.end_appointment,
        appointment,
        said=_("The post has ended."),
        to=reverse("people:person", args=[appointment.person_id]),
    )


@signed_in
def deactivate_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, with the reason."""
    subject = _person(request, pk)
    gate(request.user, "deactivate_person", subject)
    form = DeactivateForm(*posted(request))
    if form.sent() and form.attempt(operations.deactivate_person, subject, actor=request.user):
        return done(request, _("The account was closed."), "people:person", pk)
    context = {
        "title": _("Close the account of %(name)s") % {"name": subject},
        "lead": _(
            "The person is signed out everywhere and cannot sign in. Everything they did stays; "
            "the account can be opened again."
        ),
        "form": form,
        "submit": _("Close the account"),
        "back": reverse("people:person", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
@require_POST
def reactivate_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    return press(
        request,
        operations.reactivate_person,
        _person(request, pk),
        said=_("The account is open again."),
        to=reverse("people:person", args=[pk]),
    )

"""Floors, ceilings and exclusions laid down and taken back on the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from marketplace.matching import limits
from marketplace.matching.queries import (
    calls_to_allocate,
    exclusions_visible_to,
    limits_visible_to,
)
from marketplace.matching.run_forms import ExclusionForm, LimitForm


def _back(number: str) -> str:
    return reverse("matching:runs", args=[number]) + "#limits"


@signed_in
def set_limit(request: HttpRequest, number: str) -> HttpResponse:
    """Lay down what a group gets at least or at most."""
    call = visible_or_404(calls_to_allocate(request.user), number=number)
    gate(request.user, "set_limit", call)
    form = LimitForm(*posted(request), call=call)
    if form.sent() and form.attempt(limits.set_limit, call, actor=request.user):
        said = _("The limit holds for every plan computed from now on.")
        return done(request, said, _back(number))
    lead = _(
        "A proposal that works in several districts counts wholly in each. What is said again "
        "replaces what was said."
    )
    context = {"title": _("A floor or a ceiling"), "lead": lead, "form": form}
    more = {"submit": _("Lay down"), "back": _back(number)}
    return render(request, "base/form_page.html", {**context, **more})


@signed_in
@require_POST
def remove_limit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a limit back."""
    found = visible_or_404(limits_visible_to(request.user).select_related("call"), pk=pk)
    back = _back(found.call.number)
    return press(request, limits.remove_limit, found, said=_("The limit is gone."), to=back)


@signed_in
def set_exclusion(request: HttpRequest, number: str) -> HttpResponse:
    """Say that of two proposals one at most is funded."""
    call = visible_or_404(calls_to_allocate(request.user), number=number)
    gate(request.user, "set_exclusion", call)
    form = ExclusionForm(*posted(request), call=call)
    if form.sent() and form.attempt(limits.set_exclusion, call, actor=request.user):
        said = _("Of the two one at most is funded in every plan computed from now on.")
        return done(request, said, _back(number))
    context = {"title": _("Two proposals that exclude each other"), "form": form}
    more = {"submit": _("Lay down"), "back": _back(number)}
    return render(request, "base/form_page.html", {**context, **more})


@signed_in
@require_POST
def remove_exclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Let two proposals be funded beside each other again."""
    found = visible_or_404(exclusions_visible_to(request.user).select_related("call"), pk=pk)
    back = _back(found.call.number)
    said = _("Both may be funded again.")
    return press(request, limits.remove_exclusion, found, said=said, to=back)

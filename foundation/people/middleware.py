"""The desk stays closed to whoever needs the second step of signing in and has not set it up."""

from __future__ import annotations

import re
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from foundation.people.second_factor import second_factor_required, second_factor_used

Handler = Callable[[HttpRequest], HttpResponse]

GUARDED = re.compile(r"^(/en)?/(desk|studio|api)(/|$)")
OPEN = re.compile(r"^(/en)?/desk/(secure|me)/")


def second_step(get_response: Handler) -> Handler:
    """Middleware: leads to the page that explains and sets up the second step."""

    def guarded(request: HttpRequest) -> HttpResponse:
        if GUARDED.match(request.path) and not OPEN.match(request.path) and _lacks_it(request):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('people:secure')}?{query}")
        return get_response(request)

    return guarded


def _lacks_it(request: HttpRequest) -> bool:
    """Signed in, in need of the second step, and without one."""
    person = request.user
    if not person.is_authenticated or second_factor_used(request):
        return False
    return second_factor_required(person) and not is_mfa_enabled(person)

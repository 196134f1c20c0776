"""The second step of signing in: who has to have one, and whether it was just proved."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from foundation.people.demands import is_demanded_of
from foundation.people.models import Role

POSTS = frozenset(
    {
        Role.OFFICER.value,
        Role.FUND_MANAGER.value,
        Role.AUDITOR.value,
        Role.ADMINISTRATOR.value,
    }
)
"""Whoever holds one of these posts signs in with two steps."""

FRESH_SECONDS = 300


def second_factor_required(person: Any) -> bool:
    """Does what this person may do ask for two steps?"""
    return bool(POSTS & person.roles) or is_demanded_of(person)


def second_factor_used(request: HttpRequest, within: float | None = None) -> bool:
    """Was the second step taken in this session (in the last `within` seconds)?"""
    now = time.time()
    return any(
        said.get("method") == "mfa" and (within is None or now - said["at"] < within)
        for said in get_authentication_records(request, request.user)
    )


def second_factor_fresh(request: HttpRequest) -> bool:
    """Was the second step taken in the last five minutes? Asked before what binds."""
    return second_factor_used(request, FRESH_SECONDS)


def fresh_second_factor_required(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Decorator: the page opens only with a fresh second step; asks for it and comes back."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if second_factor_fresh(request):
            return view(request, *args, **kwargs)
        if not is_mfa_enabled(request.user):
            messages.warning(request, _("First set up the second step of signing in."))
            return _to("people:secure", request)
        messages.info(request, _("Before you go on, show once more that it is you."))
        return _to("mfa_reauthenticate", request)

    return guarded


def _to(name: str, request: HttpRequest) -> HttpResponse:
    """Go to the page and come back to this one; what was posted has to be pressed again."""
    return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")

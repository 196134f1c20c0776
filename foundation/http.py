"""The few moves every view is made of: gate, form, operation, response."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from foundation.errors import DomainError, Forbidden
from foundation.permissions import may_ever, why_not

M = TypeVar("M", bound=models.Model)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PER_PAGE = 24

_shown: ContextVar[dict[tuple[str, Any], models.Model] | None] = ContextVar("shown", default=None)


def signed_in(view: View) -> View:
    """Only for people with an account; others are asked to sign in and brought back."""
    return login_required(view)


def visible_or_404(rows: models.QuerySet[M], **lookup: Any) -> M:
    """The one row, out of those `visible_to(person)` gave; what one may not see is not there."""
    row = get_object_or_404(rows, **lookup)
    shown = _shown.get()
    if shown is not None:
        shown[row._meta.label, row.pk] = row
    return row


@contextmanager
def noticing_what_is_shown() -> Iterator[dict[tuple[str, Any], models.Model]]:
    """While a page is made: the rows it was given, so that who notes a reading asks for none."""
    shown: dict[tuple[str, Any], models.Model] = {}
    before = _shown.set(shown)
    try:
        yield shown
    finally:
        _shown.reset(before)


def number_in(text: str) -> int | None:
    """The whole number that plain digits write, as in an address or a hidden field; else None.

    `int` and `str.isdigit` do not agree on `²`, and thousands of digits are a fault of their own.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def gate(person: Any, law: str, subject: Any = None) -> None:
    """The 403 page, unless this person is one who may do `law` (in whatever state it is)."""
    if not may_ever(person, law, subject):
        refusal = why_not(person, law, subject)
        raise refusal or Forbidden("")


def done(request: HttpRequest, sentence: Any, to: Any, *args: Any) -> HttpResponseRedirect:
    """Say what happened and go on to `to` (a URL name, a path, or an object with an address)."""
    messages.success(request, str(sentence))
    return redirect(to, *args)


def press(
    request: HttpRequest,
    operation: Callable[..., Any],
    *subject: Any,
    said: Any,
    to: Any,
    onward: Callable[[Any], Any] | None = None,
    **also: Any,
) -> HttpResponse:
    """A button was pressed: run the operation; say how it went; go to `to` either way.

    `onward` names where else it goes when something new was made, of which it is told.
    """
    try:
        made = operation(*subject, actor=request.user, **also)
    except Forbidden:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(said))
        to = onward(made) if onward else to
    return redirect(to)


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of `rows` the address asks for; a page that is not there becomes the nearest."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person on the desk's home."""

    title: str
    url: str
    due_at: dt.datetime | None = None
    kind: str = ""

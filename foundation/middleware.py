"""Refusals that no form caught become pages that say what happened and what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponse]


def refusals(get_response: Handler) -> Handler:
    """Middleware: a DomainError out of a view is a 403 or 409 page with its sentence.

    An address with a zero byte in it names nothing: PostgreSQL knows no such text, and would
    answer with an error where SQLite finds no row.
    """

    class Refusals:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
                raise Http404
            return get_response(request)

        def process_exception(
            self, request: HttpRequest, exception: Exception
        ) -> HttpResponse | None:
            if not isinstance(exception, DomainError):
                return None
            context = {"sentence": str(exception), "status": exception.status}
            return render(request, "base/refused.html", context, status=exception.status)

    return Refusals()

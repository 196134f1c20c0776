"""The page of search: a field, kinds to narrow by, and what was found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.search.finding import find
from foundation.pace import within_pace

AN_HOUR = 600
"""Searches from one connection; an office behind one address shares them."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, over words and facts; without a query how one searches."""
    query, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    asks = bool(query.strip())
    too_many = asks and not within_pace(request, "search", AN_HOUR)
    answer = find("" if too_many else query, kind, request.GET.get("page"))
    title = _("Search")
    if answer.query:
        title = _("“%(query)s”: search") % {"query": answer.query}
    context = {"answer": answer, "title": title, "too_many": too_many, "query": query.strip()[:80]}
    return render(request, "cms/search.html", context, status=429 if too_many else 200)

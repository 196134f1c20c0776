"""Who read what is not public: for auditors everything, for an organisation what is its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.http import gate, page_of, signed_in, visible_or_404
from foundation.organisations.queries import organisations_of
from marketplace.auditing.filters import ReadingFilter
from marketplace.auditing.queries import readings_of, readings_visible_to

PER_PAGE = 50


@signed_in
def readings(request: HttpRequest) -> HttpResponse:
    """Every reading, newest first; paged by number, so that a long log is quick as a short one."""
    gate(request.user, "read_readings")
    found = ReadingFilter(request.GET, readings_visible_to(request.user))
    rows, before = found.qs, request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    shown = list(rows[: PER_PAGE + 1])
    query = request.GET.copy()
    if len(shown) > PER_PAGE:
        query["before"] = str(shown[PER_PAGE - 1].pk)
    context = {
        "filterset": found,
        "readings": shown[:PER_PAGE],
        "older": f"?{query.urlencode()}" if len(shown) > PER_PAGE else "",
        "is_first": not before,
    }
    return render(request, "auditing/readings.html", context)


@signed_in
def own_readings(request: HttpRequest, pk: int) -> HttpResponse:
    """Who read the organisation's papers, for who acts for it."""
    organisation = visible_or_404(organisations_of(request.user, acting=True), pk=pk)
    page = page_of(request, readings_of(organisation, request.user), PER_PAGE)
    context = {"organisation": organisation, "page": page}
    return render(request, "auditing/own_readings.html", context)

"""The trail and its seals, for auditors."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from foundation.audit.filters import TrailFilter
from foundation.audit.models import Entry
from foundation.audit.queries import entries_visible_to, seals_visible_to
from foundation.http import gate, page_of, signed_in
from foundation.seals.download import CHECKER

PER_PAGE = 50


def _before(request: HttpRequest) -> int | None:
    """The entry after which this page begins; nothing for what is no number."""
    asked = request.GET.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def _older(request: HttpRequest, last: Entry) -> str:
    """The address of the page with older entries, its filters kept."""
    query = request.GET.copy()
    query["before"] = str(last.pk)
    return f"?{query.urlencode()}"


@signed_in
def trail(request: HttpRequest) -> HttpResponse:
    """Every act, newest first; paged by number, so that a long trail is as quick as a short one."""
    gate(request.user, "read_trail")
    found = TrailFilter(request.GET, entries_visible_to(request.user))
    rows = found.qs
    before = _before(request)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    entries = list(rows[: PER_PAGE + 1])
    older = _older(request, entries[PER_PAGE - 1]) if len(entries) > PER_PAGE else ""
    context = {
        "filter": found,
        "entries": entries[:PER_PAGE],
        "older": older,
        "is_first": before is None,
    }
    return render(request, "audit/trail.html", context)


@signed_in
def seals(request: HttpRequest) -> HttpResponse:
    """The seals, to be kept somewhere else and compared later."""
    gate(request.user, "read_trail")
    page = page_of(request, seals_visible_to(request.user), PER_PAGE)
    return render(request, "audit/seals.html", {"page": page})


@signed_in
def seals_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every seal as CSV."""
    gate(request.user, "read_trail")
    head = ("chain", "number", "first_row", "last_row", "rows", "previous_sha256", "sha256")
    rows = seals_visible_to(request.user).order_by("chain", "number")

    class Echo:
        """A file that gives back what is written to it."""

        def write(self, line: str) -> str:
            """Give the line back."""
            return line

    writer = csv.writer(Echo())

    def lines() -> Iterator[str]:
        yield writer.writerow((*head, "sealed_at"))
        for seal in rows.iterator(chunk_size=1000):
            yield writer.writerow(
                (*(getattr(seal, name) for name in head), seal.sealed_at.isoformat())
            )

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="seals.csv"'
    return response


def check_seals(request: HttpRequest) -> HttpResponse:
    """The script that checks a download of sealed rows; there is nothing secret in it."""
    response = HttpResponse(CHECKER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="check_seals.py"'
    return response

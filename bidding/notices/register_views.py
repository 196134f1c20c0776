"""The public register of objections, and the page behind the link of who objected."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bidding.notices import operations
from bidding.notices.filters import ObjectionFilter
from bidding.notices.forms import ComplaintForm
from bidding.notices.keys import opens
from bidding.notices.models import Objection
from bidding.notices.periods import last_day_to_complain
from bidding.notices.queries import objections_public
from bidding.notices.register import entry_of, register_rows
from foundation.forms import posted
from foundation.http import done, page_of
from foundation.organisations.spreadsheet import csv_lines
from foundation.permissions import can


def objections(request: HttpRequest) -> HttpResponse:
    """Every objection ever filed, the latest first, and what was answered."""
    filters = ObjectionFilter(request.GET, objections_public())
    page = page_of(request, filters.qs)
    context = {"page": page, "filterset": filters, "entries": [entry_of(row) for row in page]}
    return render(request, "notices/objections.html", context)


def export(request: HttpRequest) -> StreamingHttpResponse:
    """The register as it is filtered, as CSV."""
    found = ObjectionFilter(request.GET, objections_public()).qs
    lines = csv_lines(register_rows(found.iterator(chunk_size=500)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="objections.csv"'
    return response


def _opened(pk: int, key: str) -> Objection:
    """The objection this link opens; a wrong key and a wrong number are the same 404."""
    found = objections_public().filter(pk=pk).first()
    if found is None or not opens(key, found):
        raise Http404
    return found


@never_cache
def follow(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One's own objection, behind the link that was shown when it was filed."""
    found = _opened(pk, key)
    context = {
        "objection": found,
        "entry": entry_of(found),
        "may_complain": can(request.user, "raise_complaint", found),
        "complain_url": reverse("notices:complain", args=[pk, key]),
        "complain_until": last_day_to_complain(found) if found.answered_at else None,
    }
    return render(request, "notices/follow.html", context)


@never_cache
def complain(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Complain about the answer, without an account, through one's own link."""
    found = _opened(pk, key)
    form = ComplaintForm(*posted(request))
    complaint = operations.raise_complaint
    if form.sent() and form.attempt(complaint, found, key=key, actor=request.user):
        said = _("Your complaint goes to another officer.")
        return done(request, said, "notices:follow", pk, key)
    context = {
        "form": form,
        "base": "base/page.html",
        "title": _("Complain about the answer"),
        "lead": found.answer,
        "submit": _("Send the complaint"),
        "back": reverse("notices:follow", args=[pk, key]),
    }
    return render(request, "base/form_page.html", context)

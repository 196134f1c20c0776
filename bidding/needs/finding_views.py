"""What a survey found, for everybody: cross-tables, how the figures were made, the open file."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from bidding.needs.crossing import Cross, Crossing
from bidding.needs.finding_models import Findings
from bidding.needs.forms import CrossForm
from bidding.needs.made import codebook_of, how_made, method_of
from bidding.needs.models import Survey
from bidding.needs.queries import surveys_visible_to
from bidding.needs.results import cross_rows
from bidding.needs.rules import reads_desk
from bidding.needs.states import SurveyState
from foundation.errors import DomainError
from foundation.face.values import own_words
from foundation.http import visible_or_404
from foundation.organisations.spreadsheet import csv_lines


def _survey(request: HttpRequest, slug: str) -> Survey:
    """A survey whose results this person may read: published, or closed and theirs to work on."""
    rows = surveys_visible_to(request.user)
    if reads_desk.test(request.user, None):
        rows = rows.exclude(state=SurveyState.DRAFT)
    else:
        rows = rows.filter(state=SurveyState.PUBLISHED)
    return visible_or_404(rows, slug=slug)


def _crossed(request: HttpRequest, found: Survey) -> tuple[CrossForm, Cross | None]:
    crossing = Crossing(found)
    form = CrossForm(crossing, request.GET or None)
    if form.is_bound and not form.is_valid():
        return form, None
    chosen = form.cleaned_data if form.is_bound else form.first
    try:
        return form, crossing.cross(chosen["row"], chosen["by"]) if chosen else None
    except DomainError as refusal:
        form.add_error(refusal.field, str(refusal))
        return form, None


def cross(request: HttpRequest, slug: str) -> HttpResponse:
    """One question's answers by another's: chosen in the address, read without a script."""
    found = _survey(request, slug)
    form, made = _crossed(request, found)
    context: dict[str, Any] = {"survey": found, "form": form, "cross": made}
    if made is not None:
        context |= _lines(made) | {"query": f"row={made.row.code}&by={made.by.code}"}
    return render(request, "needs/cross.html", context)


def _lines(made: Cross) -> dict[str, Any]:
    """The table as the page shows it: a line for each group, a column for each answer."""
    lines = [
        (own_words(label, "wording"), made.bases[at], [line[at] for line in made.cells])
        for at, label in enumerate(made.columns)
    ]
    return {
        "row_words": own_words(made.row, "wording"),
        "by_words": own_words(made.by, "wording"),
        "heads": [own_words(label, "wording") for label in made.rows],
        "lines": lines,
    }


def cross_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same table for machines, with the plain shares beside the weighted ones."""
    found = _survey(request, slug)
    _form, made = _crossed(request, found)
    if made is None:
        return HttpResponse(status=400)
    response = StreamingHttpResponse(
        csv_lines(cross_rows(made)), content_type="text/csv; charset=utf-8"
    )
    name = f"survey-{found.slug}-{made.row.code}-by-{made.by.code}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response  # type: ignore[return-value]  # a streaming answer is an answer


def _findings(request: HttpRequest, slug: str, *without: str) -> tuple[Survey, Findings]:
    rows = surveys_visible_to(request.user).filter(state=SurveyState.PUBLISHED)
    found = visible_or_404(rows, slug=slug)
    return found, get_object_or_404(Findings.objects.defer("frame", *without), survey=found)


def method(request: HttpRequest, slug: str) -> HttpResponse:
    """How the figures were made: the totals, the weights, the open file, and how to check it."""
    found, kept = _findings(request, slug, "microdata", "figures")
    context = {
        "survey": found,
        "findings": kept,
        "title": own_words(found, "title"),
        "back": reverse("needs:survey", args=[slug]),
        **how_made(found, kept),
    }
    return render(request, "needs/method.html", context)


def method_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the figures were made with, and the figures, for machines."""
    found, kept = _findings(request, slug, "microdata")
    text = json.dumps(method_of(found, kept), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="survey-{found.slug}-method.json"'
    return response


def microdata(request: HttpRequest, slug: str) -> HttpResponse:
    """The open file: rows of answers in which nobody stands out."""
    found, kept = _findings(request, slug, "figures")
    body = zlib.decompress(bytes(kept.microdata))
    response = HttpResponse("\ufeff".encode() + body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="survey-{found.slug}-data.csv"'
    return response


def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """The open file's description in DDI-Codebook 2.5."""
    found, kept = _findings(request, slug, "microdata", "figures")
    response = HttpResponse(codebook_of(found, kept), content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="survey-{found.slug}-codebook.xml"'
    return response

"""Samples: drawn, drawn again, looked at item by item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.forms import posted
from foundation.http import done, gate, page_of, signed_in, visible_or_404
from marketplace.auditing import queries, sampling
from marketplace.auditing.drawing import command_of
from marketplace.auditing.filters import SampleFilter
from marketplace.auditing.forms import CheckForm, SampleForm
from marketplace.auditing.models import Item, Sample
from marketplace.auditing.populations import POPULATIONS, drawn_again, identifiers_of, rows_of
from marketplace.auditing.subjects import BY_LABEL, page_of_row

AT_ONCE = 20_000
"""A population up to this size is drawn again whenever the page is shown; a larger one on wish."""


@signed_in
def samples(request: HttpRequest) -> HttpResponse:
    """Every sample, the newest first."""
    gate(request.user, "draw_sample")
    filters = SampleFilter(request.GET, queries.samples_visible_to(request.user))
    context = {"filterset": filters, "page": page_of(request, filters.qs)}
    return render(request, "auditing/samples.html", context)


@signed_in
def draw_sample(request: HttpRequest) -> HttpResponse:
    """Draw one."""
    gate(request.user, "draw_sample")
    form = SampleForm(*posted(request))
    if form.sent() and (drawn := form.attempt(sampling.draw_sample, actor=request.user)):
        return done(request, _("Drawn."), "auditing:sample", drawn.pk)
    context = {
        "form": form,
        "title": _("Draw a sample"),
        "lead": _("What is drawn, from what, and the seed stay on record for ever."),
        "submit": _("Draw"),
        "back": reverse("auditing:samples"),
    }
    return render(request, "base/form_page.html", context)


def _proof(sample: Sample) -> dict[str, Any]:
    """The same draw made again now, against what was drawn then."""
    again = drawn_again(sample)
    rows = sample.items.order_by("position").values_list("row", flat=True)
    return {
        "population": again.population,
        "same_population": again.sha256 == sample.population_sha256,
        "same_items": again.members == [f"{sample.kind}:{row}" for row in rows],
    }


def _with_pages(sample: Sample, items: list[Item]) -> list[tuple[Item, str, str]]:
    """Each item, its page, and where a finding about it is noted (one query)."""
    model = POPULATIONS[sample.kind].model
    found = model._default_manager.in_bulk([item.row for item in items])
    label = model._meta.label_lower
    return [
        (
            item,
            page_of_row(label, found[item.row]) if item.row in found else "",
            reverse("auditing:note_finding", args=[BY_LABEL[label], item.row]) + f"?item={item.pk}",
        )
        for item in items
    ]


@signed_in
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A sample: how it was drawn, whether it can be drawn again, and its items."""
    found = visible_or_404(queries.samples_visible_to(request.user), pk=pk)
    page = page_of(request, found.items.prefetch_related("findings").order_by("position"), 50)
    wished = "again" in request.GET or found.population <= AT_ONCE
    context = {
        "sample": found,
        "page": page,
        "items": _with_pages(found, list(page.object_list)),
        "proof": _proof(found) if wished else None,
        "command": command_of(found.seed, f"sample-{found.pk}.txt", found.size),
    }
    return render(request, "auditing/sample.html", context)


@signed_in
def population(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """What was drawn from, one identifier a line: its SHA-256 is the fingerprint on the page."""
    found = visible_or_404(queries.samples_visible_to(request.user), pk=pk)

    def lines() -> Iterator[str]:
        for identifier in identifiers_of(found.kind, rows_of(found)):
            yield f"{identifier}\n"

    response = StreamingHttpResponse(lines(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sample-{found.pk}.txt"'
    return response


@signed_in
def check_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a drawn item is in order."""
    item = visible_or_404(queries.items_visible_to(request.user), pk=pk)
    gate(request.user, "check_item", item)
    form = CheckForm(*posted(request))
    if form.sent() and form.attempt(sampling.check_item, item, actor=request.user):
        return done(request, _("Noted: in order."), "auditing:sample", item.sample_id)
    context = {
        "form": form,
        "title": _("In order"),
        "lead": item.name,
        "submit": _("Note that it is in order"),
        "back": reverse("auditing:sample", args=[item.sample_id]),
    }
    return render(request, "base/form_page.html", context)

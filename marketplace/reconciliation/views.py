"""Desk pages of the comparison with Stripe and the bank: the last one, and each difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation import clock
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.permissions import can
from marketplace.ledger.sheets import Fen, sheet_response
from marketplace.payments.tabs import tabs_of
from marketplace.reconciliation import operations as acts
from marketplace.reconciliation import queries
from marketplace.reconciliation.filters import DifferenceFilter
from marketplace.reconciliation.forms import ExplanationForm
from marketplace.reconciliation.results import said_sides
from marketplace.reconciliation.rules import reads_differences
from marketplace.reconciliation.states import DifferenceState, ReconciliationState
from marketplace.reconciliation.words import advice, place, sentence


def _asked(request: HttpRequest) -> DifferenceFilter:
    """The differences the address asks for; without a word about states, those that are open."""
    if not reads_differences.test(request.user, None):
        raise Forbidden(_("Comparisons with the bank are for fund managers and auditors."))
    asked = request.GET.copy()
    asked.setdefault("state", DifferenceState.OPEN)
    return DifferenceFilter(asked, queries.differences_visible_to(request.user))


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """The last comparison: when, what was compared, both sums; and the differences."""
    filterset = _asked(request)
    runs = queries.reconciliations_visible_to(request.user)
    last = runs.exclude(state=ReconciliationState.WANTED).first()
    page = page_of(request, filterset.qs)
    context = {
        "last": last,
        "sides": said_sides(last),
        "wanted": runs.filter(state=ReconciliationState.WANTED).first(),
        "filterset": filterset,
        "page": page,
        "rows": [(row, sentence(row)) for row in page],
        "may_ask": can(request.user, "ask_reconciliation"),
        "tabs": tabs_of(request.user, "reconciliation:desk"),
    }
    return render(request, "reconciliation/desk.html", context)


@signed_in
def runs(request: HttpRequest) -> HttpResponse:
    """Every comparison, the newest first."""
    _asked(request)
    page = page_of(request, queries.reconciliations_visible_to(request.user))
    context = {"page": page, "tabs": tabs_of(request.user, "reconciliation:desk")}
    return render(request, "reconciliation/runs.html", context)


@signed_in
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One comparison as it came out."""
    found = visible_or_404(queries.reconciliations_visible_to(request.user), pk=pk)
    context = {"run": found, "sides": said_sides(found)}
    return render(request, "reconciliation/run.html", context)


@signed_in
def differences_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What is listed (on all its pages) as a file."""
    rows = _asked(request).qs
    return sheet_response(ending, f"differences-{clock.today():%Y%m%d}", _lines(rows))


def _lines(rows: Any) -> Iterator[list[object]]:
    yield [
        _("Compared with"),
        _("What differs"),
        _("Happened"),
        _("Here"),
        _("There"),
        _("State"),
        _("Found"),
        _("Settled"),
        _("Explained by"),
        _("How it is explained"),
        _("What closed it"),
    ]
    for row in rows.iterator(chunk_size=500):
        yield [
            row.get_side_display(),
            sentence(row),
            row.happened_on or "",
            "" if row.ours_fen is None else Fen(row.ours_fen),
            "" if row.theirs_fen is None else Fen(row.theirs_fen),
            row.get_state_display(),
            row.found_at,
            row.closed_at or "",
            row.resolved_by or "",
            row.reason,
            row.closed_by,
        ]


@signed_in
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """One difference: what both sides say, what to do about it, and how it was settled."""
    found = visible_or_404(queries.differences_visible_to(request.user), pk=pk)
    context = {
        "difference": found,
        "sentence": sentence(found),
        "advice": advice(found),
        "place": place(found),
        "may_resolve": can(request.user, "resolve_difference", found),
        "tabs": tabs_of(request.user, "reconciliation:desk"),
    }
    return render(request, "reconciliation/difference.html", context)


@signed_in
def resolve_difference(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain a difference."""
    found = visible_or_404(queries.differences_visible_to(request.user), pk=pk)
    gate(request.user, "resolve_difference", found)
    form = ExplanationForm(*posted(request))
    if form.sent() and form.attempt(acts.resolve_difference, found, actor=request.user):
        return done(request, _("It is explained."), "reconciliation:difference", pk)
    context = {
        "title": _("Explain this difference"),
        "lead": sentence(found),
        "form": form,
        "submit": _("Explain it"),
        "back": reverse("reconciliation:difference", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
@require_POST
def ask_reconciliation(request: HttpRequest) -> HttpResponse:
    """Have everything compared now."""
    gate(request.user, "ask_reconciliation")
    said = _("Asked for. The result stands here as soon as everything is compared.")
    return press(request, acts.ask_reconciliation, said=said, to=reverse("reconciliation:desk"))

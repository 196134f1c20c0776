"""Pages of honoraria: the lists, one list with what can be done, and one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.calls.models import Call
from foundation.errors import Forbidden
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import done, gate, number_in, page_of, press, signed_in, visible_or_404
from foundation.permissions import why_not
from marketplace.honoraria import operations as acts
from marketplace.honoraria import queries
from marketplace.honoraria.forms import CorrectionForm, PaidForm, ReasonForm
from marketplace.honoraria.models import HonorariaList
from marketplace.honoraria.rules import reads_honoraria
from marketplace.ledger.sheets import Fen, sheet_response

ACTS = (
    "correct_honorarium",
    "confirm_honoraria",
    "approve_honoraria",
    "return_honoraria",
    "mark_honoraria_paid",
    "take_back_paid",
)


def _list(request: HttpRequest, number: str) -> HonorariaList:
    return visible_or_404(queries.lists_visible_to(request.user), call__number=number)


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Every list, and calls that have none; a judge goes to their own."""
    if not reads_honoraria.test(request.user, None):
        return redirect("honoraria:mine")
    context = {
        "page": page_of(request, queries.lists_visible_to(request.user)),
        "undrawn": queries.not_drawn_up(request.user)[:20],
    }
    return render(request, "honoraria/desk.html", context)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What I am owed and was paid."""
    page = page_of(request, queries.own_honoraria(request.user))
    return render(request, "honoraria/mine.html", {"page": page})


@signed_in
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """One list: each judge with what they did, what is due, and what can be done now."""
    found = _list(request, number)
    rows = list(
        found.rows.select_related("expert__person", "paid_by").prefetch_related(
            "corrections__made_by"
        )
    )
    context = {
        "list": found,
        "rows": rows,
        "may": {law for law in ACTS if why_not(request.user, law, found) is None},
        "unpaid": any(row.amount_fen and not row.paid_on for row in rows),
    }
    return render(request, "honoraria/sheet.html", context)


@signed_in
@require_POST
def draw_up(request: HttpRequest, number: str) -> HttpResponse:
    """Work a list out where that has not happened by itself."""
    if not reads_honoraria.test(request.user, None):
        raise Forbidden(_("Only officers work out honoraria."))
    rows = Call.objects.filter(panel__isnull=False).select_related("panel")
    found = visible_or_404(rows, number=number)
    said = _("Worked out. Look at it, then confirm it.")
    back = redirect("honoraria:desk").url
    return press(request, acts.draw_up_honoraria, found, said=said, to=back)


@signed_in
@require_POST
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Stand for the list."""
    found = _list(request, number)
    seen = number_in(request.POST.get("seen", "")) or 0
    said = _("Confirmed. Somebody else has to approve it now.")
    return press(request, acts.confirm_honoraria, found, seen_fen=seen, said=said, to=found)


@signed_in
@require_POST
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """The second look."""
    found = _list(request, number)
    seen = number_in(request.POST.get("seen", "")) or 0
    said = _("Approved. It can be paid; each judge was told their own.")
    return press(request, acts.approve_honoraria, found, seen_fen=seen, said=said, to=found)


@signed_in
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """The second look found something."""
    found = _list(request, number)
    gate(request.user, "return_honoraria", found)
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(acts.return_honoraria, found, actor=request.user):
        return done(request, _("Given back. It can be corrected now."), found)
    context = {
        "title": _("Give the list back"),
        "lead": own_words(found.call, "title"),
        "form": form,
        "submit": _("Give it back"),
        "back": found.get_absolute_url(),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Another sum for one judge."""
    found = visible_or_404(queries.rows_visible_to(request.user), pk=pk)
    gate(request.user, "correct_honorarium", found.list)
    data, _files = posted(request)
    form = CorrectionForm(data, honorarium=found)
    if form.sent() and form.attempt(acts.correct_honorarium, found, actor=request.user):
        return done(request, _("Corrected; the reason is on record."), found.list)
    context = {
        "title": _("Correct an honorarium"),
        "lead": f"{found.expert} · {own_words(found.list.call, 'title')}",
        "form": form,
        "submit": _("Correct it"),
        "back": found.list.get_absolute_url(),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Note who was paid."""
    found = _list(request, number)
    gate(request.user, "mark_honoraria_paid", found)
    data, _files = posted(request)
    form = PaidForm(data, listed=found)
    if form.sent() and form.attempt(acts.mark_honoraria_paid, found, actor=request.user):
        return done(request, _("Noted; those who were paid are told."), found)
    context = {
        "title": _("Note who was paid"),
        "lead": own_words(found.call, "title"),
        "form": form,
        "submit": _("Note it"),
        "back": found.get_absolute_url(),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It came back, or was noted by mistake."""
    found = visible_or_404(queries.rows_visible_to(request.user), pk=pk)
    gate(request.user, "take_back_paid", found.list)
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(acts.take_back_paid, found, actor=request.user):
        return done(request, _("It is to be paid again."), found.list)
    context = {
        "title": _("It came back, or was not paid"),
        "lead": f"{found.expert} · {own_words(found.list.call, 'title')}",
        "form": form,
        "submit": _("It is to be paid again"),
        "back": found.list.get_absolute_url(),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def file(request: HttpRequest, number: str, ending: str) -> HttpResponseBase:
    """The list for the cashier."""
    found = _list(request, number)
    return sheet_response(ending, f"honoraria-{number}", _lines(found))


def _lines(listed: HonorariaList) -> Iterator[list[Any]]:
    yield [
        _("Call"),
        _("Judge"),
        _("E-mail"),
        _("Phone"),
        _("Final sheets"),
        _("Half days on stage"),
        _("Due before tax"),
        _("State"),
        _("Paid on"),
        _("Reference"),
    ]
    for row in listed.rows.select_related("expert__person"):
        person = row.expert.person
        yield [
            listed.call.number,
            person.name,
            person.email,
            person.phone,
            row.sheets,
            row.half_days,
            Fen(row.amount_fen),
            listed.get_state_display(),
            row.paid_on or "",
            row.reference,
        ]

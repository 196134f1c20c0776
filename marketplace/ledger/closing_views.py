"""Desk pages of a fund's year-end: its steps, its papers, and the press that closes it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.face.values import day_text
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from foundation.money import capitals
from foundation.people.second_factor import fresh_second_factor_required
from foundation.permissions import can
from marketplace.ledger import accounts as chart
from marketplace.ledger import closing as acts
from marketplace.ledger import queries
from marketplace.ledger.forms import CloseYearForm
from marketplace.ledger.models import Fund, Place
from marketplace.ledger.names import NEEDED, name_accounts
from marketplace.ledger.year_end import open_steps, steps_of


def _fund(request: HttpRequest, code: str) -> Fund:
    rows = queries.funds_visible_to(request.user)
    papers = ("year_end__trial_balance", "year_end__statement", "year_end__closed_by")
    return visible_or_404(rows.select_related("successor", *papers), code=code)


@signed_in
def year_end(request: HttpRequest, code: str) -> HttpResponse:
    """Every step of the fund's year-end, how it stands, and where it is done."""
    fund = _fund(request, code)
    steps = steps_of(fund)
    missing = open_steps(steps)
    context = {
        "fund": fund,
        "year_end": getattr(fund, "year_end", None),
        "steps": steps,
        "missing": missing,
        "may_print": can(request.user, "print_trial_balance", fund),
        "may_close": not missing and can(request.user, "close_year", fund),
    }
    return render(request, "ledger/year_end.html", context)


@signed_in
@require_POST
def print_trial_balance(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the trial balance as a PDF."""
    said = _("The trial balance is printed and kept.")
    to = reverse("ledger:year_end", args=[code])
    return press(request, acts.print_trial_balance, _fund(request, code), said=said, to=to)


@signed_in
@fresh_second_factor_required
def close_year(request: HttpRequest, code: str) -> HttpResponse:
    """Two steps: where what is left goes and why, then what will be before and after."""
    fund = _fund(request, code)
    gate(request.user, "close_year", fund)
    form = CloseYearForm(*posted(request), fund=fund)
    back = reverse("ledger:year_end", args=[fund.code])
    if form.sent() and "sure" not in request.POST and not open_steps(steps_of(fund)):
        return render(request, "ledger/close_year.html", _before_and_after(form, fund, back))
    if form.sent() and form.attempt(acts.close_year, fund, actor=request.user):
        return done(request, _("The year is closed."), "ledger:year_end", fund.code)
    context = {
        "title": _("Close the year"),
        "lead": _(
            "What is left goes on and the books close up to %(day)s, for good. "
            "You see every figure once more before it is done."
        )
        % {"day": day_text(fund.ends_on)},
        "form": form,
        "submit": _("Go on"),
        "back": back,
    }
    return render(request, "base/form_page.html", context)


def _before_and_after(form: CloseYearForm, fund: Fund, back: str) -> dict[str, Any]:
    """Each pocket that holds money: what is there, and where how much will be."""
    heir = None if fund.lapsed_on else form.arguments()["successor"]
    places = [Place.AVAILABLE, Place.BUYER, Place.OWN]
    rows = fund.accounts.filter(place__in=places).select_related(*NEEDED).order_by("code")
    pockets = [row for row in rows if row.balance_fen and (heir or row.place != Place.OWN)]
    codes = {row.pk: chart.same_pocket(heir, row.code) for row in pockets} if heir else {}
    there = queries.balances(codes.values())
    called = name_accounts(None, pockets)
    moves = [
        (called[row.pk], row.balance_fen, there.get(codes.get(row.pk, ""), 0)) for row in pockets
    ]
    left = sum(row.balance_fen for row in pockets)
    return {
        "fund": fund,
        "heir": heir,
        "moves": [(name, fen, was, was + fen) for name, fen, was in moves],
        "left": left,
        "in_words": capitals(left),
        "kept": [(name, form.data.get(name, "")) for name in form.fields],
        "reason": form.cleaned_data["reason"],
        "back": back,
    }

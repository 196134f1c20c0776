"""Desk pages of budget against actual: all of it in rows, and one award's money step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Forbidden
from foundation.http import page_of, signed_in, visible_or_404
from marketplace.awards.models import Award
from marketplace.desk.budget_filter import BudgetFilter
from marketplace.desk.budget_rows import (
    GROUPS,
    Row,
    facts_for,
    may_read_budgets,
    rows_of,
)
from marketplace.desk.promise import promise_of
from marketplace.desk.spending import Sums
from marketplace.ledger.names import name_accounts
from marketplace.ledger.rules import reads_books
from marketplace.ledger.sheets import Fen, sheet_response


def _asked(request: HttpRequest) -> tuple[BudgetFilter, list[Row], Sums, Any]:
    """What the address asks for: the filter, the rows, their sums, and the pockets' names."""
    if not may_read_budgets(request.user):
        raise Forbidden(_("Budgets are shown to the federation and to those who keep a union's."))
    facts = facts_for(
        request.user, fund=request.GET.get("fund", ""), year=request.GET.get("year", "")
    )
    chosen = BudgetFilter(request.GET, facts=facts)
    return chosen, *rows_of(facts, chosen.group(), chosen.chosen()), facts


@signed_in
def spending(request: HttpRequest) -> HttpResponse:
    """Budget against actual, one row for each fund, union, category, call, project or year."""
    chosen, rows, whole, facts = _asked(request)
    page = page_of(request, rows)
    context = {
        "filters": chosen,
        "head": GROUPS[chosen.group()],
        "page": page,
        "rows": [(row, _statements(row, facts, chosen.group())) for row in page],
        "whole": whole,
        "reads_books": reads_books.test(request.user, None),
    }
    return render(request, "desk/spending.html", context)


def _statements(row: Row, facts: Any, group: str) -> list[tuple[int, str]]:
    """(account, fund) of a union's pockets, whose statements its row leads to."""
    if group != "buyer" or len(row.pockets) > 4:
        return []
    return sorted((pk, facts.pockets[pk].label) for pk in row.pockets)


@signed_in
def spending_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What is shown (on all its pages) as a file."""
    chosen, rows, whole, _facts = _asked(request)
    name = f"budget-by-{chosen.group()}-{clock.today():%Y%m%d}"
    return sheet_response(ending, name, _lines(str(GROUPS[chosen.group()]), rows, whole))


def _lines(head: str, rows: list[Row], whole: Sums) -> Iterator[list[object]]:
    yield [
        head,
        _("Given"),
        _("Reserved"),
        _("Bound"),
        _("Owed"),
        _("Paid"),
        _("To come back"),
        _("Free"),
        _("Has come back"),
    ]
    for title, sums in [*((row.title, row.sums) for row in rows), (_("sum"), whole)]:
        amounts = (
            sums.given,
            sums.reserved,
            sums.bound,
            sums.owed,
            sums.paid,
            sums.back,
            sums.free,
            sums.returned,
        )
        yield [title, *map(Fen, amounts)]


@signed_in
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """One award's money: its accounts, and every step it took, each with its event."""
    if not may_read_budgets(request.user):
        raise Forbidden(_("Budgets are shown to the federation and to those who keep a union's."))
    rows = Award.objects.select_related("proposal", "fund", "agreement__project")
    award = visible_or_404(rows, pk=pk)
    agreement = getattr(award, "agreement", None)
    found = promise_of(award, agreement.pk if agreement else None, request.user)
    if not found.accounts:
        raise Http404
    page = page_of(request, found.steps, per_page=50)
    pockets = [pocket for pocket, _sums in found.pockets]
    sides = [account for step in page for account in (step.debit, step.credit)]
    context = {
        "award": award,
        "agreement": agreement,
        "project": getattr(agreement, "project", None),
        "found": found,
        "page": page,
        "called": name_accounts(request.user, [*pockets, *found.accounts, *sides]),
    }
    return render(request, "desk/promise.html", context)

"""Desk pages of the book: funds, accounts, statements, journals, and a union's own budget."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.money import yuan
from foundation.people.second_factor import fresh_second_factor_required
from foundation.permissions import can
from foundation.seals.download import sealed_lines
from marketplace.ledger import accounts as chart
from marketplace.ledger import faults as _faults  # noqa: F401  # its sentences are registered
from marketplace.ledger import operations as acts
from marketplace.ledger import queries
from marketplace.ledger.filters import AccountFilter, PeriodFilter
from marketplace.ledger.flow import returns_of
from marketplace.ledger.forms import (
    AppropriationForm,
    BudgetForm,
    CarryOverForm,
    FundForm,
    PeriodForm,
    StepForm,
)
from marketplace.ledger.models import Fund, Place
from marketplace.ledger.names import NEEDED, name_accounts, name_references
from marketplace.ledger.papers import papers_of
from marketplace.ledger.reports import period_statement
from marketplace.ledger.rules import reads_books
from marketplace.ledger.watch import shortages_of

FUND_LAWS = (
    "appropriate_fund",
    "allocate_budget",
    "unallocate_budget",
    "set_warning",
    "lapse_fund",
    "carry_over_fund",
)
"""What may be done with a fund on its page."""


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """All funds, where their money stands, and how the books looked when last checked."""
    if not reads_books.test(request.user, None):
        raise Forbidden(_("The book is for the federation's officers, fund managers, auditors."))
    page = page_of(request, queries.funds_visible_to(request.user))
    held = queries.sums_by_fund(page.object_list)
    every = queries.sums_by_place()
    context = {
        "funds": [_standing(fund, held[fund.pk]) for fund in page],
        "page": page,
        "flow": queries.flow_of(every),
        "returns": returns_of(),
        "verification": queries.last_verification(),
        "may_create": can(request.user, "create_fund"),
        "may_check": can(request.user, "check_books"),
    }
    return render(request, "ledger/desk.html", context)


def _standing(fund: Fund, held: dict[str, int]) -> tuple[Fund, dict[str, int], int, int]:
    """(the fund, what each place holds, what came in, what is promised and not paid)."""
    promised = held[Place.RESERVED] + held[Place.ENCUMBERED] + held[Place.PAYABLE]
    return fund, held, queries.came_in(held), promised


@signed_in
def fund(request: HttpRequest, code: str) -> HttpResponse:
    """One fund: the flow of its money, each union's budget against what became of it."""
    rows = queries.funds_visible_to(request.user).select_related("successor")
    fund = visible_or_404(rows, code=code)
    held, promised = queries.standing_of(fund)
    pockets = fund.accounts.filter(place__in=[Place.BUYER, Place.OWN]).order_by("code")
    pockets = pockets.select_related("organisation")
    page = page_of(request, list(pockets))
    context = {
        "fund": fund,
        "places": [(Place(place).label, fen) for place, fen in held.items()],
        "flow": queries.flow_of(held),
        "returns": returns_of(fund),
        "shortages": list(shortages_of(fund=fund)),
        "pockets": queries.budget_against_actual(page.object_list, promised),
        "page": page,
        "may": {law: can(request.user, law, fund) for law in FUND_LAWS},
    }
    return render(request, "ledger/fund.html", context)


@signed_in
def accounts(request: HttpRequest, code: str) -> HttpResponse:
    """A fund's trial balance: every account, what came in, what went out."""
    fund = visible_or_404(queries.funds_visible_to(request.user), code=code)
    rows = queries.trial_balance(fund)
    filterset = AccountFilter(request.GET, rows)
    page = page_of(request, filterset.qs.select_related(*NEEDED), per_page=50)
    context = {
        "fund": fund,
        "filterset": filterset,
        "page": page,
        "called": name_accounts(request.user, page.object_list),
        "sums": rows.order_by().aggregate(came=Sum("credits"), out=Sum("debits")),
    }
    return render(request, "ledger/accounts.html", context)


@signed_in
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """An account's statement, newest first, with the balance after each movement."""
    rows = queries.accounts_visible_to(request.user).select_related("fund", *NEEDED)
    account = visible_or_404(rows, pk=pk)
    asked = PeriodFilter(request.GET)
    since, until = asked.days()
    after = request.GET.get("after")
    context = {"account": account, "filters": asked, "after": after, "period": None}
    if since or until:
        period = period_statement(account, since, until)
        page = page_of(request, period.movements, per_page=queries.PAGE)
        moves, older = list(period.rows(page)), None
        context |= {"period": period, "page": page}
    else:
        statement = queries.statement(account, after=after)
        moves, older = statement.rows, statement.older
    context |= {
        "rows": moves,
        "older": older,
        "called": name_accounts(request.user, [account, *(row.other for row in moves)]),
        "reads_books": reads_books.test(request.user, None),
    }
    return render(request, "ledger/account.html", context)


@signed_in
def journal(request: HttpRequest, pk: int) -> HttpResponse:
    """One event of the book: who, when, why, and each step of its money."""
    rows = queries.journals_visible_to(request.user).select_related("actor", "reverses")
    journal = visible_or_404(rows, pk=pk)
    sides = [f"{side}__{row}" for side in ("debit", "credit") for row in ("fund", *NEEDED)]
    steps = journal.transfers.select_related(*sides).order_by("pk")
    accounts = [account for step in steps for account in (step.debit, step.credit)]
    context = {
        "journal": journal,
        "fund": steps[0].debit.fund if reads_books.test(request.user, None) else None,
        "about": name_references(request.user, [journal.reference]).get(journal.reference),
        "steps": steps,
        "called": name_accounts(request.user, accounts),
        "papers": papers_of(journal, request.user),
        "undone": queries.undone_by(journal),
        "sum": sum(step.amount_fen for step in steps),
        "seen": set(
            queries.accounts_visible_to(request.user)
            .filter(pk__in=[account.pk for account in accounts])
            .values_list("pk", flat=True)
        ),
    }
    return render(request, "ledger/journal.html", context)


@signed_in
def create_fund(request: HttpRequest) -> HttpResponse:
    """Open a fund."""
    gate(request.user, "create_fund")
    form = FundForm(*posted(request))
    if form.sent() and (fund := form.attempt(acts.create_fund, actor=request.user)):
        said = _("The fund is open. Appropriate money to it next.")
        return done(request, said, "ledger:fund", fund.code)
    context = {
        "title": _("Open a fund"),
        "form": form,
        "submit": _("Open the fund"),
        "back": reverse("ledger:desk"),
    }
    return render(request, "base/form_page.html", context)


def _step(
    request: HttpRequest, code: str, law: str, form_class: type[StepForm], **words: Any
) -> HttpResponse:
    """A form that moves money of a fund by the operation `law` names."""
    fund = visible_or_404(queries.funds_visible_to(request.user), code=code)
    gate(request.user, law, fund)
    form = form_class(*posted(request))
    if form.sent() and form.attempt(getattr(acts, law), fund, actor=request.user):
        return done(request, words["said"], "ledger:fund", fund.code)
    context = {
        "title": words["title"],
        "lead": words["lead"](fund),
        "form": form,
        "submit": words["submit"],
        "back": reverse("ledger:fund", args=[fund.code]),
    }
    return render(request, "base/form_page.html", context)


def _left(fund: Fund) -> str:
    return _("%(fund)s has %(left)s that nobody has been given yet.") % {
        "fund": fund,
        "left": yuan(queries.balance(chart.fund_available(fund))),
    }


@signed_in
def appropriate_fund(request: HttpRequest, code: str) -> HttpResponse:
    """Put the authority's money into a fund."""
    return _step(
        request,
        code,
        "appropriate_fund",
        AppropriationForm,
        title=_("Appropriate money"),
        lead=_left,
        submit=_("Appropriate"),
        said=_("The money is in the fund."),
    )


@signed_in
def allocate_budget(request: HttpRequest, code: str) -> HttpResponse:
    """Give a union money to spend."""
    return _step(
        request,
        code,
        "allocate_budget",
        BudgetForm,
        title=_("Give a union its budget"),
        lead=_left,
        submit=_("Allocate"),
        said=_("The union can pledge this money now."),
    )


@signed_in
def unallocate_budget(request: HttpRequest, code: str) -> HttpResponse:
    """Take back from a union what it has not promised."""
    return _step(
        request,
        code,
        "unallocate_budget",
        BudgetForm,
        title=_("Take money back from a union"),
        lead=lambda _fund: _("Only what the union has not promised to anybody can be taken back."),
        submit=_("Take back"),
        said=_("The money is back in the fund."),
    )


@signed_in
@require_POST
def lapse_fund(request: HttpRequest, code: str) -> HttpResponse:
    """Return what is left of an ended fund to the authority."""
    fund = visible_or_404(queries.funds_visible_to(request.user), code=code)
    return press(
        request,
        acts.lapse_fund,
        fund,
        reason=_("The fund has ended."),
        said=_("What was left is back with the authority."),
        to=reverse("ledger:fund", args=[fund.code]),
    )


@signed_in
def carry_over_fund(request: HttpRequest, code: str) -> HttpResponse:
    """Hand on what is left of an ended fund to the next one."""
    fund = visible_or_404(queries.funds_visible_to(request.user), code=code)
    gate(request.user, "carry_over_fund", fund)
    form = CarryOverForm(*posted(request), fund=fund)
    if form.sent() and form.attempt(acts.carry_over_fund, fund, actor=request.user):
        return done(request, _("What was left is in the next fund."), "ledger:fund", fund.code)
    context = {
        "title": _("Carry over to the next fund"),
        "lead": _("What is left goes over pocket by pocket; what is released later follows."),
        "form": form,
        "submit": _("Carry over"),
        "back": reverse("ledger:fund", args=[fund.code]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def periods(request: HttpRequest, code: str) -> HttpResponse:
    """The fund's closed periods, the newest first, each with the check it rests on."""
    fund = visible_or_404(queries.funds_visible_to(request.user), code=code)
    rows = fund.periods.select_related("closed_by", "verification")
    context = {
        "fund": fund,
        "page": page_of(request, rows),
        "may_close": can(request.user, "close_period", fund),
    }
    return render(request, "ledger/periods.html", context)


@signed_in
@fresh_second_factor_required
def close_period(request: HttpRequest, code: str) -> HttpResponse:
    """Close the fund's books up to a day."""
    fund = visible_or_404(queries.funds_visible_to(request.user), code=code)
    gate(request.user, "close_period", fund)
    form = PeriodForm(*posted(request))
    if form.sent() and form.attempt(acts.close_period, fund, actor=request.user):
        return done(request, _("The period is closed."), "ledger:periods", fund.code)
    context = {
        "title": _("Close a period"),
        "lead": _(
            "The books are checked first. A closed period cannot be reopened: corrections "
            "are posted on a later day and refer back."
        ),
        "form": form,
        "submit": _("Close the period"),
        "back": reverse("ledger:periods", args=[fund.code]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
@require_POST
def check_books(request: HttpRequest) -> HttpResponse:
    """Recompute the books now."""
    said = _("The books were checked; the result is below.")
    return press(request, acts.check_books, said=said, to=reverse("ledger:desk"))


@signed_in
def sealed_book(request: HttpRequest) -> StreamingHttpResponse:
    """Every sealed transfer with its seals, for whoever wants to check them by themselves."""
    if not reads_books.test(request.user, None):
        raise Forbidden(_("The book is for the federation's officers, fund managers, auditors."))
    response = StreamingHttpResponse(sealed_lines("book"), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="book.jsonl"'
    return response

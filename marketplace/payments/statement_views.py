"""Desk pages of the bank's statements: read in, look through, decide line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import Forbidden
from foundation.forms import Form, posted
from foundation.http import done, gate, page_of, signed_in, visible_or_404
from foundation.money import yuan
from foundation.permissions import can
from marketplace.payments import payment_lines
from marketplace.payments import statements as bank
from marketplace.payments.filters import LineFilter
from marketplace.payments.rules import reads_border
from marketplace.payments.statement_forms import MatchForm, PaymentForm, StatementForm, WhyForm
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.statement_queries import lines_visible_to, statements_visible_to
from marketplace.payments.tabs import tabs_of


def _readers_only(request: HttpRequest) -> None:
    if not reads_border.test(request.user, None):
        raise Forbidden(_("The bank's statements are for fund managers and auditors."))


@signed_in
def lines(request: HttpRequest) -> HttpResponse:
    """Every line of every statement; what is doubtful is one filter away."""
    _readers_only(request)
    filterset = LineFilter(request.GET, lines_visible_to(request.user))
    context = {
        "filterset": filterset,
        "page": page_of(request, filterset.qs),
        "waiting": lines_visible_to(request.user).filter(state="waiting").count(),
        "may_import": can(request.user, "import_statement"),
        "tabs": tabs_of(request.user, "lines"),
    }
    return render(request, "payments/lines.html", context)


@signed_in
def statements(request: HttpRequest) -> HttpResponse:
    """The files that were read in."""
    _readers_only(request)
    page = page_of(request, statements_visible_to(request.user))
    context = {"page": page, "tabs": tabs_of(request.user, "lines")}
    return render(request, "payments/statements.html", context)


@signed_in
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what was new in it, and which rows were refused and why."""
    found = visible_or_404(statements_visible_to(request.user), pk=pk)
    context = {
        "statement": found,
        "refused": [(row, bank.SENTENCES[fault]) for row, fault in found.refused],
        "page": page_of(request, lines_visible_to(request.user).filter(statement=found)),
        "tabs": tabs_of(request.user, "lines"),
    }
    return render(request, "payments/statement.html", context)


@signed_in
def import_statement(request: HttpRequest) -> HttpResponse:
    """Read a statement of the bank's in."""
    gate(request.user, "import_statement")
    form = StatementForm(*posted(request))
    if form.sent() and (made := form.attempt(bank.import_statement, actor=request.user)):
        said = _("%(new)s new lines, %(known)s known before, %(refused)s rows refused.")
        counts = {"new": made.new_lines, "known": made.known_lines, "refused": len(made.refused)}
        return done(request, said % counts, "payments:statement", made.pk)
    context = {
        "title": _("Read a statement in"),
        "lead": _(
            "What names an announced sum or one of our payments is matched at once; the rest "
            "waits for you. Lines read in before are known again."
        ),
        "form": form,
        "submit": _("Read it in"),
        "back": reverse("payments:lines"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line, what was decided about it, and what can be."""
    found = visible_or_404(lines_visible_to(request.user), pk=pk)
    laws = (
        "match_line",
        "match_payout",
        "match_return",
        "set_aside_line",
        "return_line",
        "reopen_line",
    )
    context = {
        "line": found,
        "may": {law: can(request.user, law, found) for law in laws},
        "tabs": tabs_of(request.user, "lines"),
    }
    return render(request, "payments/line.html", context)


@signed_in
def match_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose money it is."""
    found = visible_or_404(lines_visible_to(request.user), pk=pk)
    gate(request.user, "match_line", found)
    form = MatchForm(*posted(request), line=found)
    says = _("%(amount)s of “%(from)s” becomes the own money of the union you chose.")
    return _decide(
        request, found, form, bank.match_line, title=_("Whose money is this?"), says=says
    )


@signed_in
def match_payout(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which payment or refund of ours went out."""
    found = visible_or_404(lines_visible_to(request.user), pk=pk)
    gate(request.user, "match_payout", found)
    form = PaymentForm(*posted(request), line=found)
    refund = form.sent() and form.cleaned_data.get("refund")
    operation = payment_lines.match_refund if refund else payment_lines.match_payout
    says = _("%(amount)s to “%(from)s” is the payment you chose; it is confirmed by this line.")
    title = _("Which payment is this?")
    return _decide(request, found, form, operation, title=title, says=says)


@signed_in
def match_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which payment of ours came back."""
    found = visible_or_404(lines_visible_to(request.user), pk=pk)
    gate(request.user, "match_return", found)
    form = PaymentForm(*posted(request), line=found)
    part = form.sent() and form.cleaned_data.get("part")
    operation = payment_lines.match_part if part else payment_lines.match_return
    says = (
        _("%(amount)s of “%(from)s” is a part of the payment you chose: that part is owed again.")
        if part
        else _("%(amount)s of “%(from)s” is the payment you chose, come back: it is owed again.")
    )
    title = _("Which payment came back?")
    return _decide(request, found, form, operation, title=title, says=says)


@signed_in
def set_aside_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it concerns nobody here."""
    found = visible_or_404(lines_visible_to(request.user), pk=pk)
    gate(request.user, "set_aside_line", found)
    says = _("%(amount)s of “%(from)s” is set aside: nothing is posted in the book.")
    form = WhyForm(*posted(request))
    return _decide(request, found, form, bank.set_aside_line, title=_("Set aside"), says=says)


@signed_in
def return_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is sent back."""
    found = visible_or_404(lines_visible_to(request.user), pk=pk)
    gate(request.user, "return_line", found)
    says = _("You send %(amount)s back to “%(from)s” from the bank; nothing is posted in the book.")
    form = WhyForm(*posted(request))
    return _decide(request, found, form, bank.return_line, title=_("Send back"), says=says)


@signed_in
def reopen_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was decided."""
    found = visible_or_404(lines_visible_to(request.user), pk=pk)
    gate(request.user, "reopen_line", found)
    says = _("The decision about %(amount)s of “%(from)s” is undone; a deposit of it is reversed.")
    form = WhyForm(*posted(request))
    return _decide(request, found, form, bank.reopen_line, title=_("Undo"), says=says)


def _decide(
    request: HttpRequest,
    found: StatementLine,
    form: Form,
    operation: Callable[..., Any],
    *,
    title: str,
    says: str,
) -> HttpResponse:
    """Two steps: what is decided and why, then what will happen; then it is done."""
    facts = {"amount": yuan(found.amount_fen), "from": found.counterparty or _("unknown")}
    page: dict[str, Any] = {"title": title, "back": reverse("payments:line", args=[found.pk])}
    if form.sent() and "sure" not in request.POST:
        kept = [(name, form.data.get(name, "")) for name in form.fields]
        more = {"says": says % facts, "kept": kept, "submit": _("Yes, do so")}
        return render(request, "payments/sure.html", {**page, **more})
    if form.sent() and form.attempt(operation, found, actor=request.user):
        return done(request, _("Done."), "payments:line", found.pk)
    lead = f"{facts['amount']} · {facts['from']} · {found.memo}"
    page |= {"lead": lead, "form": form, "submit": _("Go on")}
    return render(request, "base/form_page.html", page)

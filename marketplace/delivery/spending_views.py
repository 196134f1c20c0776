"""What a project spends, on the desk: the budget line by line, its invoices, and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bidding.proposals.models import BudgetGroup, Source
from foundation.face.fields import DayField, MoneyField, UsccField
from foundation.forms import Form, posted
from foundation.http import done, gate, page_of, signed_in, visible_or_404
from foundation.money import plain_yuan
from foundation.organisations.spreadsheet import csv_lines
from foundation.permissions import can
from marketplace.delivery.forms import ReasonForm
from marketplace.delivery.models import Project
from marketplace.delivery.queries import projects_visible_to
from marketplace.delivery.spending import Line, whole
from marketplace.delivery.spending_models import Expense
from marketplace.delivery.spending_operations import enter_expense, strike_expense
from marketplace.delivery.spending_queries import budget_lines, expenses_visible_to


class ExpenseForm(Form):
    """An invoice, and what of it is charged to which line."""

    line = forms.TypedChoiceField(label=gettext_lazy("Budget line"), coerce=int)
    amount_fen = MoneyField(label=gettext_lazy("Of this, spent on the line"), positive=True)
    note = forms.CharField(label=gettext_lazy("What for"), max_length=160, required=False)
    code = forms.CharField(
        label=gettext_lazy("Invoice code"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Fully digital invoices have none: leave it empty."),
    )
    number = forms.CharField(label=gettext_lazy("Invoice number"), max_length=30)
    issued_on = DayField(label=gettext_lazy("Issued"))
    invoice_fen = MoneyField(label=gettext_lazy("Whole invoice, with tax"), positive=True)
    seller = forms.CharField(label=gettext_lazy("Seller"), max_length=120)
    seller_uscc = UsccField(label=gettext_lazy("Seller's credit code"), max_length=18)
    upload = forms.FileField(label=gettext_lazy("The invoice as a file"), required=False)

    def __init__(self, *args: Any, lines: Sequence[Line] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            (line.position, f"{line.position + 1}. {line.item} ({_left(line)})") for line in lines
        ]


def _left(line: Line) -> str:
    if line.is_over:
        return _("%(yuan)s over") % {"yuan": f"¥{plain_yuan(-line.rest_fen)}"}
    return _("%(yuan)s left") % {"yuan": f"¥{plain_yuan(line.rest_fen)}"}


def _project(request: HttpRequest, pk: int) -> Project:
    rows = projects_visible_to(request.user).select_related("agreement", "organisation", "buyer")
    return visible_or_404(rows, pk=pk)


@signed_in
@require_safe
def spending(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreed budget line by line, and the invoices behind it."""
    found = _project(request, pk)
    lines = budget_lines(found)
    planned, spent = whole(lines)
    page = page_of(request, expenses_visible_to(request.user).filter(project=found))
    expenses: list[Expense] = list(page)
    context = {
        "project": found,
        "lines": [
            (line, BudgetGroup(line.group).label, Source(line.source).label) for line in lines
        ],
        "planned_fen": planned,
        "spent_fen": spent,
        "page": page,
        "rows": [
            (one, can(request.user, "strike_expense", one), lines[one.line].item)
            for one in expenses
        ],
        "may_enter": can(request.user, "enter_expense", found),
        "back": reverse("delivery:project", args=[pk]),
    }
    return render(request, "delivery/spending.html", context)


@signed_in
@require_safe
def spending_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every expense as a file for a spreadsheet, struck ones among them."""
    found = _project(request, pk)
    rows = expenses_visible_to(request.user).filter(project=found).order_by("pk")
    lines = budget_lines(found)
    response = StreamingHttpResponse(
        csv_lines(_rows(rows, lines)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="spending-{found.number}.csv"'
    return response


def _rows(expenses: Any, lines: Sequence[Line]) -> Iterator[list[Any]]:
    yield [
        _("budget line"),
        _("item"),
        _("amount in yuan"),
        _("what for"),
        _("invoice code"),
        _("invoice number"),
        _("issued"),
        _("whole invoice in yuan"),
        _("seller"),
        _("seller's credit code"),
        _("why it was struck"),
    ]
    one: Expense
    for one in expenses.iterator(chunk_size=500):
        invoice = one.invoice
        yield [
            one.line + 1,
            lines[one.line].item,
            plain_yuan(one.amount_fen),
            one.note,
            invoice.code,
            invoice.number,
            invoice.issued_on.isoformat(),
            plain_yuan(invoice.amount_fen),
            invoice.seller,
            invoice.seller_uscc,
            one.struck_reason,
        ]


@signed_in
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was spent, with its invoice."""
    found = _project(request, pk)
    gate(request.user, "enter_expense", found)
    form = ExpenseForm(*posted(request), lines=budget_lines(found))
    if form.sent() and form.attempt(enter_expense, found, actor=request.user):
        return done(request, _("Entered."), "delivery:spending", pk)
    context = {
        "form": form,
        "title": _("What “%(project)s” spent") % {"project": found},
        "lead": _("One invoice may be charged to several lines: enter it once for each."),
        "submit": _("Enter the expense"),
        "back": reverse("delivery:spending", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was entered by mistake."""
    found = visible_or_404(expenses_visible_to(request.user), pk=pk)
    gate(request.user, "strike_expense", found)
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(strike_expense, found, actor=request.user):
        return done(request, _("Struck."), "delivery:spending", found.project_id)
    context = {
        "form": form,
        "title": _("Strike the expense on invoice %(invoice)s") % {"invoice": found.invoice},
        "lead": _("It stays to be read with your reason, and counts for nothing."),
        "submit": _("Strike it"),
        "back": reverse("delivery:spending", args=[found.project_id]),
    }
    return render(request, "base/form_page.html", context)

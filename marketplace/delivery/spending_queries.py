"""What people want to know about a project's spending."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Sum

from marketplace.delivery.models import Project, Report
from marketplace.delivery.queries import projects_visible_to
from marketplace.delivery.spending import Line, lines_of
from marketplace.delivery.spending_models import Expense


def expenses_visible_to(person: Any) -> QuerySet[Expense]:
    """Those of the projects on the person's desk, struck ones among them."""
    rows = Expense.objects.filter(project__in=projects_visible_to(person))
    return rows.select_related("invoice__document", "project", "entered_by", "report")


def standing_expenses(project: int) -> QuerySet[Expense]:
    """What counts: not struck."""
    return Expense.objects.filter(project=project, struck_at=None)


def unreported(project: int) -> QuerySet[Expense]:
    """What no report has told the buyer of yet, or only one that was returned."""
    told = Q(report=None) | Q(report__verdict=Report.Verdict.RETURNED)
    return standing_expenses(project).filter(told)


def unreported_fen(project: int) -> int | None:
    """What the next report has to say was spent; None when the project enters no invoices."""
    if not standing_expenses(project).exists():
        return None
    return unreported(project).aggregate(sum=Sum("amount_fen"))["sum"] or 0


def budget_lines(project: Project) -> list[Line]:
    """The agreed budget with what was spent on each line (one query)."""
    rows = standing_expenses(project.pk).order_by().values("line").annotate(sum=Sum("amount_fen"))
    spent = dict(rows.values_list("line", "sum"))
    return lines_of(project.agreement.terms["content"]["budget"], spent)


def proven_fen(report: Report) -> int:
    """What of a report's spending stands on invoices."""
    rows = Expense.objects.filter(report=report, struck_at=None)
    return rows.aggregate(sum=Sum("amount_fen"))["sum"] or 0

"""Who may enter what a project spends, and strike it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.permissions import permit
from marketplace.delivery.models import Report
from marketplace.delivery.rules import delivers, runs
from marketplace.delivery.spending_models import Expense


@predicate
def spends(person: Any, expense: Expense) -> bool:
    """Acts for the organisation that delivers the project."""
    return delivers(person, expense.project)


def its_project_runs(expense: Expense) -> Any:
    """The project is neither closed nor broken off."""
    return runs(expense.project)


def stands(expense: Expense) -> Any:
    """It was not struck before."""
    return _("This expense has been struck already.") if expense.struck_at else None


def is_untold(expense: Expense) -> Any:
    """No report that waits or was accepted rests on it."""
    if expense.report is None or expense.report.verdict == Report.Verdict.RETURNED:
        return None
    return _("A report rests on this expense: it can be struck only if the report is returned.")


permit(
    "enter_expense",
    who=delivers,
    when=runs,
    meaning=_("enter what a project spent, with its invoice"),
)
permit(
    "strike_expense",
    who=spends,
    when=(its_project_runs, stands, is_untold),
    meaning=_("strike an expense entered by mistake"),
)

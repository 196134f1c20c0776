"""What a project spends: entered with its invoice, struck with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_document
from foundation.errors import Clash, DomainError
from foundation.money import yuan
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.delivery import spending_rules as _rules  # noqa: F401  # the laws are registered
from marketplace.delivery.locks import locked_project
from marketplace.delivery.models import Project
from marketplace.delivery.spending_models import Expense, SupplierInvoice


@operation
def enter_expense(
    project: Project,
    *,
    line: int,
    amount_fen: int,
    number: str,
    issued_on: dt.date,
    invoice_fen: int,
    seller_uscc: str,
    seller: str,
    code: str = "",
    note: str = "",
    upload: Any = None,
    actor: Any,
) -> Expense:
    """Charge an invoice, or a part of it, to a line of the budget.

    The same invoice may be charged to several lines of the same project, in all at most whole.
    """
    project = locked_project(project)
    allow(actor, "enter_expense", project)
    if not 0 <= line < len(project.agreement.terms["content"]["budget"]):
        raise DomainError(_("Choose a line of the agreed budget."), field="line")
    if amount_fen <= 0:
        raise DomainError(_("Say how much of it this project spent."), field="amount_fen")
    if issued_on > clock.today():
        raise DomainError(_("This day has not come yet."), field="issued_on")
    facts = {"issued_on": issued_on, "amount_fen": invoice_fen, "seller": seller.strip()}
    known = {"seller_uscc": seller_uscc, "code": code.strip(), "number": number.strip()}
    invoice = _invoice(project, known, facts)
    standing = invoice.expenses.filter(struck_at=None)
    if standing.filter(line=line).exists():
        raise DomainError(_("This invoice is charged to this line already."), field="line")
    charged = standing.aggregate(sum=Sum("amount_fen"))["sum"] or 0
    if charged + amount_fen > invoice.amount_fen:
        raise DomainError(
            _("Of this invoice %(rest)s are left to be charged.")
            % {"rest": yuan(invoice.amount_fen - charged)},
            field="amount_fen",
        )
    if upload:
        invoice.document = keep_document(
            upload, purpose="supplier_invoice", actor=actor, field="upload"
        )
        invoice.save(update_fields=["document"])
    expense = Expense.objects.create(
        project=project,
        invoice=invoice,
        line=line,
        amount_fen=amount_fen,
        note=note.strip(),
        entered_by=actor,
        entered_at=clock.now(),
    )
    record(
        actor, "enter_expense", project, invoice=str(invoice), line=line + 1, amount_fen=amount_fen
    )
    return expense


def _invoice(project: Project, known: dict[str, Any], facts: dict[str, Any]) -> SupplierInvoice:
    """The invoice, locked: entered now, or before by this project; another project's is refused."""
    found = SupplierInvoice.objects.filter(**known).first()
    if found is None:
        try:
            with transaction.atomic():
                return SupplierInvoice.objects.create(project=project, **known, **facts)
        except IntegrityError as faster:
            raise Clash(
                _("Somebody has just entered this invoice. Look again."), field="number"
            ) from faster
    found = lock(found)
    if not found.expenses.filter(struck_at=None).exists():
        facts = {**facts, "project": project}  # all of it was struck: what is typed now counts
        for name, value in facts.items():
            setattr(found, name, value)
        found.save(update_fields=list(facts))
    elif found.project_id != project.pk:
        raise DomainError(_("This invoice is used by another project."), field="number")
    elif any(getattr(found, name) != facts[name] for name in ("issued_on", "amount_fen")):
        raise DomainError(
            _("This invoice was entered with another day or amount: look at it again."),
            field="number",
        )
    return found


@operation
def strike_expense(expense: Expense, *, reason: str, actor: Any) -> Expense:
    """Take back an expense entered by mistake; it stays to be read, and counts for nothing."""
    locked_project(expense.project)
    expense = lock(expense, "invoice", "project", "report")
    allow(actor, "strike_expense", expense)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    expense.struck_at = clock.now()
    expense.struck_reason = reason.strip()[:200]
    expense.save(update_fields=["struck_at", "struck_reason"])
    record(
        actor,
        "strike_expense",
        expense.project,
        invoice=str(expense.invoice),
        amount_fen=expense.amount_fen,
        reason=expense.struck_reason,
    )
    return expense

"""Money on its way in: what was announced, what arrived, what Stripe told, and who sees it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from foundation.organisations.models import Organisation
from foundation.organisations.queries import buyers, federation
from foundation.people.rules import is_fund_manager
from marketplace.payments.incoming_models import Refund, Remittance, StripeEvent
from marketplace.payments.incoming_rules import reads_border, unions_kept_by
from marketplace.payments.models import BankAccount
from marketplace.payments.queries import kept_by
from marketplace.payments.rules import reads_payments
from marketplace.payments.statement_models import Statement, StatementLine


def remittances_visible_to(person: Any) -> QuerySet[Remittance]:
    """All, for those who read payments; a union's own for the keepers of its money."""
    rows = Remittance.objects.select_related("buyer", "fund", "announced_by").order_by("-pk")
    if reads_payments.test(person, None):
        return rows
    return rows.filter(buyer__in=kept_by(person))


def refunds_visible_to(person: Any) -> QuerySet[Refund]:
    """As the deposits they belong to."""
    rows = Refund.objects.select_related("deposit__buyer", "asked_by")
    if reads_payments.test(person, None):
        return rows
    return rows.filter(deposit__buyer__in=kept_by(person))


def events_visible_to(person: Any) -> QuerySet[StripeEvent]:
    """For fund managers and auditors."""
    rows = StripeEvent.objects.order_by("-pk")
    return rows if reads_border.test(person, None) else rows.none()


def statements_visible_to(person: Any) -> QuerySet[Statement]:
    """For fund managers and auditors."""
    rows = Statement.objects.select_related("document", "imported_by").order_by("-pk")
    return rows if reads_border.test(person, None) else rows.none()


def lines_visible_to(person: Any) -> QuerySet[StatementLine]:
    """As the statements they stand in."""
    rows = StatementLine.objects.select_related(
        "statement__document", "deposit__buyer", "payout__batch", "decided_by"
    )
    rows = rows.order_by("-booked_on", "-pk")
    return rows if reads_border.test(person, None) else rows.none()


def unions_paying_in(person: Any) -> QuerySet[Organisation]:
    """The verified unions a person may announce a payment for."""
    rows = buyers().order_by("name")
    return rows if is_fund_manager(person) else rows.filter(pk__in=unions_kept_by(person))


def account_to_pay_into() -> BankAccount | None:
    """The federation's own bank account: where unions send their transfers."""
    root = federation()
    if root is None:
        return None
    return BankAccount.objects.filter(organisation=root, replaced_at=None).first()

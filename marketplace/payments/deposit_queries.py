"""Unions' own money: what was announced, what went back, and who sees it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from foundation.organisations.models import Organisation
from foundation.organisations.queries import buyers, federation
from foundation.people.rules import is_fund_manager
from marketplace.payments.deposit_models import (
    Refund,
    Remittance,
)
from marketplace.payments.deposit_rules import unions_kept_by
from marketplace.payments.models import BankAccount
from marketplace.payments.queries import kept_by
from marketplace.payments.rules import reads_payments


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

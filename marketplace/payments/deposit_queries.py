"""Unions' own money: what was announced, what went back, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet

from foundation.money import plain_yuan
from foundation.organisations.models import Organisation
from foundation.organisations.queries import buyers
from foundation.people.rules import is_fund_manager
from marketplace.ledger.models import Account, Fund, Place, Transfer
from marketplace.payments.deposit_models import (
    Deposit,
    Refund,
    Remittance,
)
from marketplace.payments.deposit_rules import unions_kept_by
from marketplace.payments.models import BankAccount
from marketplace.payments.queries import kept_by, own_accounts
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
    return own_accounts().filter(receives=True).first()


def shortfalls() -> QuerySet[Account]:
    """Accounts on which a union owes for a deposit that was taken back after it was spent."""
    rows = Account.objects.filter(place=Place.SHORTFALL, debits__gt=F("credits"))
    return rows.select_related("fund", "organisation").order_by("pk")


def shortfalls_visible_to(person: Any) -> QuerySet[Account]:
    """All, for those who read payments; a union's own for the keepers of its money."""
    rows = shortfalls()
    return (
        rows if reads_payments.test(person, None) else rows.filter(organisation__in=kept_by(person))
    )


def owes_in(fund: Fund, buyer: Organisation) -> bool:
    """Does the union owe for a deposit that was paid in beside this fund?"""
    return shortfalls().filter(fund=fund, organisation=buyer).exists()


@dataclass
class Shortfall:
    """What one union owes beside one fund, and the deposits it comes from, the newest first."""

    account: Account
    deposits: list[Deposit] = field(default_factory=list)

    @property
    def owed_fen(self) -> int:
        """What has not been paid in again yet."""
        return -self.account.balance_fen

    @property
    def announcement(self) -> str:
        """What the form that announces a payment is filled with, as part of its address."""
        account = self.account
        facts = {"buyer": account.organisation_id, "fund": account.fund_id}
        return urlencode({**facts, "amount_fen": plain_yuan(self.owed_fen)})


def explained(accounts: list[Account]) -> list[Shortfall]:
    """Each with its deposits; as many queries for one as for many."""
    steps = Transfer.objects.filter(debit__in=accounts, journal__kind="charge_back")
    references = dict.fromkeys(steps.order_by("-pk").values_list("debit_id", "journal__reference"))
    numbers = {reference.partition(":")[2] for _account, reference in references}
    found = Deposit.objects.in_bulk([int(number) for number in numbers if number.isdecimal()])
    rows = {account.pk: Shortfall(account) for account in accounts}
    for pk, reference in references:
        number = reference.partition(":")[2]
        if number.isdecimal() and int(number) in found:
            rows[pk].deposits.append(found[int(number)])
    return list(rows.values())

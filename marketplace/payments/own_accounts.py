"""The federation's own bank accounts: where unions pay in, and from which else it pays."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.permissions import allow
from marketplace.payments import rules  # noqa: F401  # registers the laws
from marketplace.payments.models import BankAccount


def number_of_account(typed: str) -> str:
    """What was typed as an account's number, as banks compare it; or why it is none."""
    digits = "".join(typed.split()).replace("-", "")
    if not (digits.isascii() and digits.isalnum() and 8 <= len(digits) <= 34):
        raise DomainError(
            _("A bank account's number has 8 to 34 digits or letters."), field="number"
        )
    return digits


def is_account(number: str, told: str) -> bool:
    """Is this account of ours the one a statement names? Some banks hide digits behind stars."""
    plain = re.sub(r"[^0-9A-Za-z*]", "", told)
    pattern = re.sub(r"\*+", ".+", plain)
    return re.fullmatch(pattern, number, re.IGNORECASE) is not None


@operation
def add_bank_account(
    organisation: Organisation, *, holder: str, bank: str, number: str, actor: Any
) -> BankAccount:
    """One more account of the federation's, from which it pays; unions go on paying in where they
    did."""
    organisation = lock(organisation)
    allow(actor, "add_bank_account", organisation)
    digits = number_of_account(number)
    if organisation.bank_accounts.filter(number=digits, replaced_at=None).exists():
        raise Clash(_("This account has been stated already."), field="number")
    account = BankAccount.objects.create(
        organisation=organisation,
        holder=holder.strip(),
        bank=bank.strip(),
        number=digits,
        receives=False,
        stated_by=actor,
        stated_at=clock.now(),
    )
    record(actor, "add_bank_account", organisation, bank=account.bank, ends_in=digits[-4:])
    return account


@operation
def close_bank_account(account: BankAccount, *, actor: Any) -> BankAccount:
    """Nothing leaves from it any more; batches that did keep saying so."""
    organisation = lock(account.organisation)
    account = lock(account)
    account.organisation = organisation
    allow(actor, "close_bank_account", account)
    account.replaced_at = clock.now()
    account.save(update_fields=["replaced_at"])
    record(
        actor, "close_bank_account", organisation, bank=account.bank, ends_in=account.number[-4:]
    )
    return account


def replaced_by(organisation: Organisation, number: str) -> Any:
    """What a newly stated account takes the place of: the one before, and itself, if it was one
    of those that only pay."""
    return organisation.bank_accounts.filter(Q(receives=True) | Q(number=number), replaced_at=None)

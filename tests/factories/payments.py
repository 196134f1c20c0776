"""Payables, invoices and batches, for tests."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.db import transaction

from foundation import clock
from foundation.organisations.models import MembershipRole, Organisation
from foundation.organisations.queries import federation
from foundation.people.models import Person
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.payments.batches import (
    approve_batch,
    make_batch,
    send_batch,
)
from marketplace.payments.models import BankAccount, Batch, Payable
from marketplace.payments.operations import (
    enter_invoice,
    owe,
    state_bank_account,
)
from tests.factories.ledger import bind, fund_manager, give, make_fund
from tests.factories.organisations import make_organisation, make_union, member_of

OUR_ACCOUNT = "3100100110011001"
"""Of the federation, in the statements of tests as well."""

_numbers = itertools.count(900_001)  # far from what operations number beside it


def make_paid_organisation(name: str = "") -> tuple[Organisation, Person]:
    """An organisation with a bank account, and the person who keeps its money."""
    organisation = make_organisation("social", name)
    keeper = member_of(organisation, MembershipRole.FINANCE)
    state_bank_account(
        organisation,
        holder=organisation.name,
        bank="工商银行浦东支行",
        number="6222020200112233445",
        actor=keeper,
    )
    return organisation, keeper


def state_our_account() -> BankAccount:
    """The account the federation pays from, stated once."""
    root = federation() or make_union()
    before = root.bank_accounts.filter(replaced_at=None, receives=True).first()
    return before or BankAccount.objects.create(
        organisation=root,
        holder=root.name,
        bank="工商银行浦东分行",
        number=OUR_ACCOUNT,
        stated_by=fund_manager(),
        stated_at=clock.now(),
    )


def make_payable(
    organisation: Organisation | None = None,
    amount_fen: int = 50_000,
    *,
    fund: Fund | None = None,
    **fields: Any,
) -> Payable:
    """Something owed to an organisation, out of a union's budget bound for it."""
    number = next(_numbers)
    fund = fund or make_fund(1_000_000)
    organisation = organisation or make_organisation("social")
    pocket = accounts.buyer_available(fund, give(fund, amount_fen))
    [bound] = bind(fund, {pocket: amount_fen}, award=number, agreement=number)
    fields.setdefault("reference", f"tranche:{number}")
    fields.setdefault("title", f"职工法律援助 第{number}期款")
    fields.setdefault("due_on", clock.today() + dt.timedelta(days=15))
    with transaction.atomic():
        return owe(
            organisation=organisation,
            fund=fund,
            amount_fen=amount_fen,
            draws=[(bound, amount_fen)],
            actor=fund_manager(),
            **fields,
        )


def invoice_for(payable: Payable, keeper: Person, **fields: Any) -> Payable:
    """The payable with its invoice."""
    facts = {
        "code": "031002300111",
        "number": f"{next(_numbers):08d}",
        "issued_on": clock.today(),
        "amount_fen": payable.amount_fen,
        "seller_uscc": payable.organisation.uscc,
        **fields,
    }
    enter_invoice(payable, actor=keeper, **facts)
    state_our_account()
    payable.refresh_from_db()
    return payable


def make_sent_batch(count: int = 1) -> Batch:
    """A batch of `count` payments that is with the bank."""
    fund = make_fund(1_000_000)
    payables = []
    for _number in range(count):
        organisation, keeper = make_paid_organisation()
        payables.append(invoice_for(make_payable(organisation, fund=fund), keeper))
    batch = make_batch(fund, payables=payables, actor=fund_manager())
    approve_batch(batch, actor=fund_manager())
    return send_batch(batch, actor=fund_manager())

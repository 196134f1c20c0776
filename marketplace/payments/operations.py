"""Money out and in: what is owed, where it is paid, its invoice, and what unions pay in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_document
from foundation.due.operations import schedule
from foundation.errors import Clash, DomainError
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.permissions import SYSTEM, allow
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.operations import Line, post
from marketplace.ledger.returns import deposit_lines
from marketplace.payments import kinds, papers, readers, rules
from marketplace.payments.deposit_models import Deposit, Remittance
from marketplace.payments.models import (
    BankAccount,
    Invoice,
    Payable,
)
from marketplace.payments.own_accounts import number_of_account, replaced_by
from marketplace.payments.queries import keepers_of
from marketplace.payments.states import CheckoutState, PayableState, RemittanceState

__all__ = ["kinds", "owe", "papers", "readers", "rules"]


def owe(
    *,
    organisation: Organisation,
    fund: Fund,
    amount_fen: int,
    reference: str,
    title: str,
    due_on: dt.date,
    draws: Sequence[tuple[str, int]],
    actor: Any,
) -> Payable:
    """Owe an organisation money out of what its agreement has bound; called inside an operation.

    `draws` says how much each encumbered account gives; together they are the amount. The same
    `reference` is owed once.
    """
    lines = [
        Line(code, accounts.payable(fund, organisation), fen) for code, fen in draws if fen != 0
    ]
    if sum(line.amount_fen for line in lines) != amount_fen:
        raise ValueError(f"{reference}: the draws are not the amount")
    if Payable.objects.filter(reference=reference).exists():
        raise Clash(_("This is owed already; nothing was posted."))
    payable = Payable.objects.create(
        reference=reference,
        title=title,
        organisation=organisation,
        fund=fund,
        amount_fen=amount_fen,
        due_on=due_on,
        created_at=clock.now(),
    )
    post(
        key=f"expend:{reference}",
        kind="expend",
        lines=lines,
        reference=reference,
        actor=actor,
        fund=fund,
        memo=title,
        facts={"payable": payable.pk},
    )
    tell(
        keepers_of(organisation),
        "payable_owed",
        url=path_to("payments:payable", payable.pk),
        amount_fen=amount_fen,
        organisation=str(organisation),
        payable=title,
        due_on=due_on,
    )
    return payable


@operation
def state_bank_account(
    organisation: Organisation, *, holder: str, bank: str, number: str, actor: Any
) -> BankAccount:
    """Say where the organisation is paid; the account before stays on record."""
    organisation = lock(organisation)
    allow(actor, "state_bank_account", organisation)
    digits = number_of_account(number)
    now = clock.now()
    replaced_by(organisation, digits).update(replaced_at=now)
    account = BankAccount.objects.create(
        organisation=organisation,
        holder=holder.strip(),
        bank=bank.strip(),
        number=digits,
        stated_by=actor,
        stated_at=now,
    )
    record(actor, "state_bank_account", organisation, bank=account.bank, ends_in=digits[-4:])
    return account


@operation
def enter_invoice(
    payable: Payable,
    *,
    number: str,
    issued_on: dt.date,
    amount_fen: int,
    seller_uscc: str,
    actor: Any,
    code: str = "",
    upload: Any = None,
) -> Invoice:
    """Enter the invoice for what is owed; it has to be theirs, for exactly this, and new."""
    payable = lock(payable, "organisation")
    allow(actor, "enter_invoice", payable)
    if amount_fen != payable.amount_fen:
        raise DomainError(
            _("The invoice has to be for exactly %(amount)s.")
            % {"amount": yuan(payable.amount_fen)},
            field="amount_fen",
        )
    if seller_uscc != payable.organisation.uscc:
        raise DomainError(
            _("The seller on the invoice has to be %(organisation)s (%(code)s).")
            % {"organisation": payable.organisation, "code": payable.organisation.uscc},
            field="seller_uscc",
        )
    if issued_on > clock.today():
        raise DomainError(_("This day has not come yet."), field="issued_on")
    known = {"seller_uscc": seller_uscc, "code": code.strip(), "number": number.strip()}
    if Invoice.objects.filter(**known).exists():
        raise DomainError(_("This invoice has been entered before."), field="number")
    document = None
    if upload:
        document = keep_document(upload, purpose="invoice", actor=actor, field="upload")
    try:
        with transaction.atomic():
            invoice = Invoice.objects.create(
                **known,
                issued_on=issued_on,
                amount_fen=amount_fen,
                document=document,
                entered_by=actor,
                entered_at=clock.now(),
            )
    except IntegrityError as faster:
        raise Clash(_("This invoice has been entered before."), field="number") from faster
    payable.move_to(PayableState.INVOICED, invoice=invoice)
    record(actor, "enter_invoice", payable, invoice=str(invoice), amount_fen=amount_fen)
    return invoice


@operation
def record_deposit(
    fund: Fund,
    *,
    buyer: Organisation,
    amount_fen: int,
    bank_reference: str,
    received_on: dt.date,
    actor: Any,
) -> Deposit:
    """A union's own money has arrived at the bank: it can be pledged now."""
    allow(actor, "record_deposit", fund)
    if buyer.kind != OrganisationKind.UNION:
        raise DomainError(_("Only union bodies pay in."), field="buyer")
    if received_on > clock.today():
        raise DomainError(_("This day has not come yet."), field="received_on")
    deposit = arrive(
        fund=fund,
        buyer=buyer,
        amount_fen=amount_fen,
        bank_reference=bank_reference.strip(),
        received_on=received_on,
        source=Deposit.Source.HAND,
        actor=actor,
    )
    record(actor, "record_deposit", deposit, amount_fen=amount_fen, buyer=buyer.pk)
    return deposit


def arrive(
    *,
    fund: Fund,
    buyer: Organisation,
    amount_fen: int,
    bank_reference: str,
    received_on: dt.date,
    source: str,
    actor: Any,
    remittance: Remittance | None = None,
) -> Deposit:
    """Take money in that has arrived; called inside an operation, the remittance's row locked.

    The same money, known by the outside's own number of it, arrives once.
    """
    try:
        with transaction.atomic():
            deposit = Deposit.objects.create(
                buyer=buyer,
                fund=fund,
                remittance=remittance,
                source=source,
                amount_fen=amount_fen,
                bank_reference=bank_reference,
                received_on=received_on,
                entered_by=None if actor is SYSTEM else actor,
                entered_at=clock.now(),
            )
    except IntegrityError as before:
        raise Clash(
            _("A deposit with this bank reference has been entered before."),
            field="bank_reference",
        ) from before
    post(
        key=f"receive:deposit:{deposit.pk}",
        kind="receive",
        lines=deposit_lines(fund, buyer, amount_fen),
        reference=f"deposit:{deposit.pk}",
        actor=actor,
        fund=fund,
        memo=deposit.bank_reference,
    )
    if remittance is not None and remittance.state != RemittanceState.PAID:
        remittance.move_to(RemittanceState.PAID)
        close_pages_of(remittance)
    tell(
        keepers_of(buyer),
        "deposit_recorded",
        url=path_to("payments:deposit", deposit.pk),
        amount_fen=amount_fen,
        organisation=str(buyer),
        reference=deposit.bank_reference,
    )
    return deposit


def close_pages_of(remittance: Remittance) -> None:
    """Have the pages at Stripe closed on which this could still be paid."""
    for checkout in remittance.checkouts.filter(state=CheckoutState.OPEN):
        key = f"close_checkout:{checkout.pk}"
        schedule("close_checkout", clock.now(), key=key, checkout=checkout.pk)

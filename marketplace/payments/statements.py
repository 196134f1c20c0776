"""The bank's statement is read in: whose money came, which payment went, and what is doubtful."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_bytes
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.permissions import allow
from marketplace.ledger.models import Fund, Journal
from marketplace.ledger.operations import undo
from marketplace.payments import statement_rules  # noqa: F401  # registers the laws
from marketplace.payments.deposit_models import Deposit, Remittance
from marketplace.payments.operations import arrive
from marketplace.payments.payment_lines import (
    decide,
    match_payout,
    match_refund,
    payouts_named,
    refunds_for,
)
from marketplace.payments.queries import free_own
from marketplace.payments.reference import numbers_in
from marketplace.payments.statement_file import Fault, Reading, Unreadable, read_statement
from marketplace.payments.statement_models import Statement, StatementLine
from marketplace.payments.states import DepositState, LineState, RemittanceState

MOST_BYTES = 5 * 1024 * 1024
SENTENCES: dict[str, Any] = {
    Fault.ENCODING.value: _("This file is neither UTF-8 nor GB18030. Export it anew as CSV."),
    Fault.LAYOUT.value: _(
        "No known heading was found. The columns have to be called as ICBC's or CCB's statements "
        "call them; docs/money.md lists them."
    ),
    Fault.TOO_LONG.value: _("This statement has too many rows; export a shorter span of time."),
    Fault.DATE.value: _("There is no day in this row that could be read."),
    Fault.AMOUNT.value: _("There is no amount in this row that could be read."),
    Fault.NEGATIVE.value: _("The amount is below zero."),
    Fault.FRACTION.value: _("The amount has a fraction of a fen."),
    Fault.TOO_LARGE.value: _("The amount is absurdly large."),
    Fault.TWO_AMOUNTS.value: _("The row has an amount on both sides."),
    Fault.NO_AMOUNT.value: _("The row has no amount."),
    Fault.CURRENCY.value: _("The row is in a foreign currency."),
    Fault.TWICE.value: _("The same row stands in this file twice; it was taken once."),
    Fault.SHORT.value: _("The row breaks off."),
}


@operation
def import_statement(*, name: str, data: bytes, actor: Any) -> Statement:
    """Read a statement in. Lines known before are passed over, rows that cannot be right are
    reported; what names an announced sum or one of our payments is matched at once."""
    allow(actor, "import_statement")
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > MOST_BYTES:
        raise DomainError(_("This file is too large: at most 5 MB."), field="upload")
    before = Statement.objects.filter(sha256=digest).first()
    if before is not None:
        raise DomainError(
            _("This very file was read in on %(day)s.")
            % {"day": localtime(before.imported_at).date()},
            field="upload",
        )
    try:
        reading = read_statement(data)
    except Unreadable as why:
        raise DomainError(SENTENCES[why.fault.value], field="upload") from why
    statement, lines = _keep(name, data, digest, reading, actor)
    matched = sum(_recognised(line, actor) for line in lines)
    facts = {"new": len(lines), "known": statement.known_lines, "refused": len(reading.refused)}
    record(actor, "import_statement", statement, **facts, matched=matched)
    return statement


def _keep(
    name: str, data: bytes, digest: str, reading: Reading, actor: Any
) -> tuple[Statement, list[StatementLine]]:
    """The statement and its new lines as rows."""
    prints = [line.fingerprint for line in reading.lines]
    known = set(
        StatementLine.objects.filter(fingerprint__in=prints).values_list("fingerprint", flat=True)
    )
    try:
        with transaction.atomic():
            statement = Statement.objects.create(
                document=keep_bytes(name, data, "text/csv", "bank_statement", actor),
                sha256=digest,
                layout=reading.layout,
                encoding=reading.encoding,
                own_account=reading.own_account[:60],
                new_lines=len(prints) - len(known),
                known_lines=len(known),
                refused=[[row, fault.value] for row, fault in reading.refused],
                **_told(reading),
                imported_by=actor,
                imported_at=clock.now(),
            )
            lines = StatementLine.objects.bulk_create(
                StatementLine(
                    statement=statement,
                    row=line.row,
                    fingerprint=line.fingerprint,
                    booked_on=line.booked_on,
                    incoming=line.incoming,
                    amount_fen=line.amount_fen,
                    counterparty=line.counterparty[:200],
                    account=line.account[:60],
                    memo=line.memo[:500],
                    serial=line.serial[:60],
                )
                for line in reading.lines
                if line.fingerprint not in known
            )
    except IntegrityError as faster:
        raise Clash(
            _("Somebody read the same lines in at this moment. Look at the list of statements."),
            field="upload",
        ) from faster
    return statement, lines


def _told(reading: Reading) -> dict[str, Any]:
    """What the file says of the account itself, as columns."""
    span = reading.span()
    if span is None:
        return {}
    return {
        "first_at": span.first_at,
        "last_at": span.last_at,
        "opening_fen": span.opening_fen,
        "closing_fen": span.closing_fen,
        "broken_row": span.broken_row,
    }


def _recognised(line: StatementLine, actor: Any) -> bool:
    """Match a line that says by itself what it is; anything doubtful is left to a person."""
    try:
        if line.incoming:
            return _recognised_deposit(line, actor)
        return _recognised_payment(line, actor)
    except DomainError:
        return False


def _recognised_deposit(line: StatementLine, actor: Any) -> bool:
    numbers = numbers_in(line.memo)
    awaited = Remittance.objects.filter(
        pk__in=numbers, amount_fen=line.amount_fen, state=RemittanceState.OPEN
    )
    found = awaited.first() if len(numbers) == 1 else None
    by_hand = Deposit.objects.filter(
        bank_reference=line.serial,
        amount_fen=line.amount_fen,
        source=Deposit.Source.HAND,
        line=None,
    ).exclude(state=DepositState.UNDONE)
    if line.serial and by_hand.exists():
        match_line(line, deposit=by_hand.get(), actor=actor)
    elif found is not None:
        match_line(line, remittance=found, actor=actor)
    else:
        return False
    return True


def _recognised_payment(line: StatementLine, actor: Any) -> bool:
    """One of ours by its reference, or a refund whose bank's number was entered by hand."""
    payout = payouts_named(line).first()
    if payout is not None:
        match_payout(line, payout=payout, actor=actor)
        return True
    refund = refunds_for(line).filter(number=line.serial).first() if line.serial else None
    if refund is not None:
        match_refund(line, refund=refund, actor=actor)
    return refund is not None


@operation
def match_line(
    line: StatementLine,
    *,
    actor: Any,
    remittance: Remittance | None = None,
    buyer: Organisation | None = None,
    fund: Fund | None = None,
    deposit: Deposit | None = None,
) -> Deposit:
    """Say whose money it is: of an announced sum, of a union, or of a deposit entered by hand."""
    line = lock(line)
    allow(actor, "match_line", line)
    if remittance is not None:
        remittance = lock(remittance, "buyer", "fund")
        if remittance.state == RemittanceState.PAID:
            raise Clash(_("This sum has arrived already."), field="remittance")
        if remittance.amount_fen != line.amount_fen:
            raise DomainError(_("Another amount was announced."), field="remittance")
        buyer, fund = remittance.buyer, remittance.fund
    if deposit is None:
        if buyer is None or fund is None:
            raise DomainError(_("Choose an announced sum, or a union and a fund."))
        if buyer.kind != OrganisationKind.UNION:
            raise DomainError(_("Only union bodies pay in."), field="buyer")
        deposit = arrive(
            fund=fund,
            buyer=buyer,
            amount_fen=line.amount_fen,
            bank_reference=_reference_of(line),
            received_on=line.booked_on,
            source=Deposit.Source.BANK,
            remittance=remittance,
            actor=actor,
        )
    elif deposit.amount_fen != line.amount_fen:
        raise DomainError(_("That deposit is of another amount."), field="deposit")
    decide(line, LineState.MATCHED, actor, deposit=deposit)
    record(actor, "match_line", line, deposit=deposit.pk, amount_fen=line.amount_fen)
    return deposit


def _reference_of(line: StatementLine) -> str:
    """The bank's number of a line; beside another account's same number, the account's end too."""
    if not line.serial:
        return f"{line.statement_id}-{line.row}"
    same = StatementLine.objects.filter(serial=line.serial, deposit__isnull=False, incoming=True)
    others = same.exclude(statement__own_account=line.statement.own_account)
    return f"{line.serial} …{line.statement.own_account[-4:]}" if others.exists() else line.serial


@operation
def set_aside_line(line: StatementLine, *, reason: str, actor: Any) -> StatementLine:
    """It concerns nobody here: interest, a fee, a transfer between accounts of our own."""
    line = lock(line)
    allow(actor, "set_aside_line", line)
    decide(line, LineState.SET_ASIDE, actor, reason=reason)
    record(actor, "set_aside_line", line, reason=reason)
    return line


@operation
def return_line(line: StatementLine, *, reason: str, actor: Any) -> StatementLine:
    """It came to us by mistake and is sent back from the bank; the book never held it."""
    line = lock(line)
    allow(actor, "return_line", line)
    decide(line, LineState.RETURNED, actor, reason=reason)
    record(actor, "return_line", line, reason=reason)
    return line


@operation
def reopen_line(line: StatementLine, *, reason: str, actor: Any) -> StatementLine:
    """Undo a decision; a deposit made of the line is reversed, if its money is still free."""
    line = lock(line)
    allow(actor, "reopen_line", line)
    if line.payout_id or line.refund_id or line.came_back_id or line.part_id:
        raise DomainError(_("A payment the bank has confirmed stays confirmed."))
    deposit = line.deposit
    decide(line, LineState.WAITING, actor, reason=reason, deposit=None)
    if deposit is not None:
        _undo_deposit(deposit, reason, actor)
    record(actor, "reopen_line", line, reason=reason)
    return line


def _undo_deposit(deposit: Deposit, reason: str, actor: Any) -> None:
    """Reverse what was posted when it arrived; the announced sum is awaited again."""
    if deposit.remittance is not None:
        lock(deposit.remittance)
    lock(deposit.buyer)  # promises of its money are made under the same lock
    deposit = lock(deposit, "buyer", "fund", "remittance")
    if deposit.state != DepositState.ARRIVED:
        raise DomainError(_("Some of this money went back already; it cannot be undone."))
    if free_own(deposit.fund, deposit.buyer) < deposit.amount_fen:
        raise DomainError(
            _("Some of this money is promised or spent already; take that back first.")
        )
    journal = Journal.objects.get(key=f"receive:deposit:{deposit.pk}")
    undo(journal, key=f"undo:deposit:{deposit.pk}", actor=actor, memo=reason[:200])
    deposit.move_to(DepositState.UNDONE)
    remittance = deposit.remittance
    others = remittance and remittance.deposits.exclude(state=DepositState.UNDONE).exists()
    if remittance is not None and not others:
        remittance.move_to(RemittanceState.OPEN)

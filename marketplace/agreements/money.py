"""An agreement's money: bound pocket by pocket, owed part by part, the rest sent home.

Plain functions that the operations of this room and of delivery call, with the agreement locked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foundation import clock
from foundation.money import pro_rata
from foundation.workdays.queries import add_working_days
from marketplace.agreements.models import Agreement, Tranche
from marketplace.agreements.states import AgreementState, TrancheState
from marketplace.ledger import accounts
from marketplace.ledger.operations import Line, post
from marketplace.ledger.queries import balances
from marketplace.ledger.returns import homeward, spent_by_pocket
from marketplace.payments.holds import call_off
from marketplace.payments.models import Payable
from marketplace.payments.operations import owe

PAY_WITHIN = 15
"""Working days in which an owed part is to be paid."""


def pockets_of(agreement: Agreement) -> list[tuple[str, str]]:
    """(the pocket, the account that holds what it is bound to give), in the shares' order."""
    fund = agreement.award.fund
    return [
        (share.pocket, accounts.agreement_encumbered(fund, agreement.pk, share.pocket))
        for share in agreement.award.shares.all()
    ]


def encumber(agreement: Agreement, actor: Any) -> None:
    """What was reserved for the award is bound by the agreement."""
    award = agreement.award
    post(
        key=f"agreement:{agreement.pk}:encumber",
        kind="encumber",
        lines=[
            Line(
                debit=accounts.award_reserved(award.fund, award.pk, share.pocket),
                credit=accounts.agreement_encumbered(award.fund, agreement.pk, share.pocket),
                amount_fen=share.amount_fen,
            )
            for share in award.shares.all()
        ],
        reference=f"agreement:{agreement.pk}",
        actor=actor,
        fund=award.fund,
        memo=str(agreement)[:200],
    )


def owe_tranche(tranche: Tranche, owed_fen: int, *, actor: Any) -> None:
    """A gate was passed: this much of the tranche is owed, drawn from every pocket alike."""
    agreement = tranche.agreement
    if not owed_fen:
        tranche.move_to(TrancheState.RETURNED)
        return
    tranche.move_to(TrancheState.DUE, spent_fen=owed_fen)
    sources = [code for _pocket, code in pockets_of(agreement)]
    held = balances(sources)
    draws = pro_rata(owed_fen, [held[code] for code in sources])
    owe(
        reference=reference_of(tranche),
        title=f"{agreement.number} / {tranche.position}",
        organisation=agreement.award.proposal.organisation,
        fund=agreement.award.fund,
        amount_fen=owed_fen,
        draws=[(code, fen) for code, fen in zip(sources, draws, strict=True) if fen],
        due_on=add_working_days(clock.today(), PAY_WITHIN),
        actor=actor,
    )


def called_off(
    agreement: Agreement, payables: Iterable[Payable], amount_fen: int, *, actor: Any
) -> None:
    """So much of what is owed under the agreement is owed no more: every pocket is bound again."""
    fund = agreement.award.fund

    def draws(fen: int) -> list[tuple[str, int]]:
        rooms = spent_by_pocket(fund, agreement)
        codes = [accounts.agreement_encumbered(fund, agreement.pk, pocket) for pocket in rooms]
        return list(zip(codes, pro_rata(fen, list(rooms.values())), strict=True))

    gone = call_off(payables, amount_fen, fund=fund, draws=draws, actor=actor)
    for tranche in agreement.tranches.filter(state=TrancheState.DUE):
        tranche.spent_fen -= gone.get(reference_of(tranche), 0)
        if tranche.spent_fen:
            tranche.save(update_fields=["spent_fen"])
        else:
            tranche.move_to(TrancheState.RETURNED, spent_fen=0)


def reference_of(tranche: Tranche) -> str:
    """Under which name what is owed for a tranche stands among the payments."""
    return f"tranche:{tranche.pk}"


def references_of(agreement: Agreement) -> list[str]:
    """The names of all that may be owed under the agreement."""
    return [reference_of(tranche) for tranche in agreement.tranches.all()]


def send_rest_home(agreement: Agreement, state: AgreementState, *, actor: Any) -> int:
    """End the agreement: what is still bound goes back to the pockets it came from."""
    for tranche in agreement.tranches.filter(state=TrancheState.WAITING):
        tranche.move_to(TrancheState.RETURNED)
    bound = pockets_of(agreement)
    held = balances(code for _pocket, code in bound)
    lines = [
        Line(debit=code, credit=pocket, amount_fen=held[code])
        for pocket, code in bound
        if held[code]
    ]
    if lines:
        post(
            key=f"agreement:{agreement.pk}:unencumber",
            kind="unencumber",
            lines=homeward(agreement.award.fund, lines),
            reference=f"agreement:{agreement.pk}",
            actor=actor,
            fund=agreement.award.fund,
            memo=str(agreement)[:200],
        )
    agreement.move_to(state, ended_at=clock.now())
    return sum(line.amount_fen for line in lines)

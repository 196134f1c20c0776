"""The money of one award: which accounts hold it, and every step it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from marketplace.awards.models import Award
from marketplace.desk.budget_rows import unions_kept_by
from marketplace.desk.spending import Held, Step, Sums, told_apart
from marketplace.ledger.models import Account, Place, Transfer
from marketplace.ledger.names import NEEDED
from marketplace.ledger.rules import reads_books


@dataclass(frozen=True)
class PromisedMoney:
    """What one may see of an award's money: accounts, steps, and per pocket where it stands."""

    accounts: list[Account]
    steps: list[Transfer]
    pockets: list[tuple[Account, Sums]]
    whole: Sums


def promise_of(award: Award, agreement: int | None, person: Any) -> PromisedMoney:
    """The money of an award; who keeps a union's money sees what came out of its pockets."""
    rows = _accounts_of(award, agreement)
    every = list(rows.select_related("pocket", *NEEDED).order_by("pk"))
    seen = every
    if not reads_books.test(person, None):
        kept = set(unions_kept_by(person))
        seen = [a for a in every if a.pocket and a.pocket.organisation_id in kept]
    steps = _steps_of([account.pk for account in every])
    held = [Held(a.pk, a.code, a.place, a.fund_id, a.pocket_id, a.balance_fen) for a in every]
    cells = told_apart(
        held, [_plain(step) for step in steps], {agreement: award.pk} if agreement else {}
    )
    pockets = {a.pocket_id: a.pocket for a in seen if a.pocket}
    standing = [(pockets[c.pocket], sums) for c, sums in cells.items() if c.pocket in pockets]
    whole = Sums()
    for _pocket, sums in standing:
        whole += sums
    if len(seen) < len(every):
        own = {account.pk for account in seen}
        steps = [step for step in steps if own & {step.debit_id, step.credit_id}]
    return PromisedMoney(seen, steps, standing, whole)


def _steps_of(accounts: list[int]) -> list[Transfer]:
    """Every step into and out of these accounts, and the payments of what they came to owe."""
    touching = Q(debit__in=accounts) | Q(credit__in=accounts)
    owed = Transfer.objects.filter(debit__in=accounts, credit__place=Place.PAYABLE)
    paying = Q(debit__place=Place.PAYABLE) | Q(credit__place=Place.PAYABLE)
    paying &= Q(journal__reference__in=owed.values("journal__reference"))
    sides = [f"{side}__{row}" for side in ("debit", "credit") for row in NEEDED]
    rows = Transfer.objects.filter(touching | paying).select_related(
        "journal__reverses", "debit", "credit", *sides
    )
    return list(rows.order_by("-pk"))


def _plain(step: Transfer) -> Step:
    journal = step.journal
    return Step(
        step.debit_id,
        step.credit_id,
        step.debit.place,
        step.credit.place,
        step.debit.fund_id,
        journal.reference,
        journal.kind,
        journal.reverses.kind if journal.reverses else None,
        step.amount_fen,
    )


def _accounts_of(award: Award, agreement: int | None) -> QuerySet[Account]:
    """The accounts that hold, or held, what was promised to the award."""
    fund = award.fund.code
    begins = Q(place=Place.RESERVED, code__startswith=f"fund/{fund}/award/{award.pk}/")
    if agreement:
        bound = f"fund/{fund}/agreement/{agreement}/"
        begins |= Q(place=Place.ENCUMBERED, code__startswith=bound)
        begins |= Q(place=Place.RECEIVABLE, code__contains=f"/agreement/{agreement}/")
    return Account.objects.filter(begins, fund=award.fund_id)

"""The money of one award: which accounts hold it, and every step it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from marketplace.awards.models import Award
from marketplace.desk.budget_rows import unions_kept_by
from marketplace.desk.spending import Sums, told_apart
from marketplace.ledger.models import Account, Place, Transfer
from marketplace.ledger.names import NEEDED
from marketplace.ledger.rules import reads_books


@dataclass(frozen=True)
class PromisedMoney:
    """What one may see of an award's money: accounts, steps, and per pocket where it stands."""

    accounts: list[Account]
    steps: QuerySet[Transfer]
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
    numbers = [account.pk for account in every]
    touching = Q(debit__in=numbers) | Q(credit__in=numbers)
    owed = Transfer.objects.filter(debit__in=numbers, credit__place=Place.PAYABLE)
    paying = Q(debit__place=Place.PAYABLE) | Q(credit__place=Place.PAYABLE)
    paying &= Q(journal__reference__in=owed.values("journal__reference"))
    award_of = {agreement: award.pk} if agreement else {}
    cells = told_apart(rows, Transfer.objects.filter(touching | paying), award_of)
    pockets = {a.pocket_id: a.pocket for a in seen if a.pocket}
    standing = [(pockets[c.pocket], sums) for c, sums in cells.items() if c.pocket in pockets]
    whole = Sums()
    for _pocket, sums in standing:
        whole += sums
    shown = touching | paying
    if len(seen) < len(every):
        own = [account.pk for account in seen]
        shown = Q(debit__in=own) | Q(credit__in=own)
    sides = [f"{side}__{row}" for side in ("debit", "credit") for row in NEEDED]
    steps = Transfer.objects.filter(shown).select_related("journal", "debit", "credit", *sides)
    return PromisedMoney(seen, steps.order_by("-pk"), standing, whole)


def _accounts_of(award: Award, agreement: int | None) -> QuerySet[Account]:
    """The accounts that hold, or held, what was promised to the award."""
    fund = award.fund.code
    begins = Q(place=Place.RESERVED, code__startswith=f"fund/{fund}/award/{award.pk}/")
    if agreement:
        bound = f"fund/{fund}/agreement/{agreement}/"
        begins |= Q(place=Place.ENCUMBERED, code__startswith=bound)
        begins |= Q(place=Place.RECEIVABLE, code__contains=f"/agreement/{agreement}/")
    return Account.objects.filter(begins, fund=award.fund_id)

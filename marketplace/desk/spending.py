"""Budget against actual: where every fen of the funds stands, told apart by whose and what for.

Everything comes from accounts and transfers; awards and agreements only say what they are for. So
the sums over all rows are the ledger's own, to the fen, however the rows are grouped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from foundation.money import pro_rata
from marketplace.ledger import accounts as chart
from marketplace.ledger.models import Account, JournalKind, Place, Transfer

POCKETS = (Place.AVAILABLE, Place.BUYER, Place.OWN)
PROMISED = (Place.RESERVED, Place.ENCUMBERED, Place.RECEIVABLE)
COMING_BACK = (JournalKind.RELEASE, JournalKind.UNENCUMBER, JournalKind.RECOVER)


@dataclass
class Sums:
    """Where money stands now, in fen; `returned` is what came back once and stands elsewhere."""

    reserved: int = 0
    bound: int = 0
    owed: int = 0
    paid: int = 0
    back: int = 0
    free: int = 0
    returned: int = 0

    @property
    def given(self) -> int:
        """All of it: what is free and what became of the rest."""
        return self.reserved + self.bound + self.owed + self.paid + self.back + self.free

    def __iadd__(self, other: Sums) -> Sums:
        for column in fields(self):
            name = column.name
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def __bool__(self) -> bool:
        return any(getattr(self, column.name) for column in fields(self))


class Cell(NamedTuple):
    """The smallest part that can be told apart: one pocket's money for one award.

    Without an award it is money nobody was promised; without a pocket, a payment that names
    nothing that was owed.
    """

    fund: int
    pocket: int | None
    award: int | None


def spending(funds: Collection[int], award_of: dict[int, int]) -> dict[Cell, Sums]:
    """{cell: where its money stands} of these funds (three queries).

    `award_of` says which award an agreement (by number) is about.
    """
    places = Account.objects.filter(fund__in=funds, place__in=[*POCKETS, *PROMISED])
    return told_apart(places, Transfer.objects.filter(debit__fund__in=funds), award_of)


def told_apart(
    places: QuerySet[Account], steps: QuerySet[Transfer], award_of: dict[int, int]
) -> dict[Cell, Sums]:
    """{cell: where its money stands} by what these accounts hold and which steps were taken."""
    sums: dict[Cell, Sums] = defaultdict(Sums)
    held: dict[int, Cell] = {}
    columns: dict[str, str] = {
        Place.RESERVED: "reserved",
        Place.ENCUMBERED: "bound",
        Place.RECEIVABLE: "back",
    }
    for pk, code, place, fund, pocket, came, out in places.order_by().values_list(
        "pk", "code", "place", "fund_id", "pocket_id", "credits", "debits"
    ):
        named = chart.read(code)
        award = named.award or award_of.get(named.agreement or 0)
        cell = held[pk] = Cell(fund, pocket or pk, award)
        column = columns.get(place, "free")
        setattr(sums[cell], column, getattr(sums[cell], column) + came - out)
    _add_spent(sums, held, steps)
    _add_returned(sums, held, steps)
    return {cell: found for cell, found in sums.items() if found}


def _add_spent(sums: dict[Cell, Sums], held: dict[int, Cell], steps: QuerySet[Transfer]) -> None:
    """What is owed and paid, each fen in the cell it was drawn from."""
    draws: dict[tuple[int, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    paid: dict[tuple[int, str], int] = defaultdict(int)
    for gave, got, origin, goal, fund, reference, fen in _steps_of_spending(steps):
        match origin, goal:
            case Place.ENCUMBERED, Place.PAYABLE:
                draws[fund, reference][gave] += fen
            case Place.PAYABLE, Place.ENCUMBERED:
                draws[fund, reference][got] -= fen
            case Place.PAYABLE, Place.PAID:
                paid[fund, reference] += fen
            case Place.PAID, Place.PAYABLE:
                paid[fund, reference] -= fen
            case Place.PAID, Place.RECEIVABLE:
                sums[held[got]].paid -= fen
            case Place.RECEIVABLE, Place.PAID:
                sums[held[gave]].paid += fen
    for key in draws.keys() | paid.keys():
        parts = sorted(draws[key].items())
        gone = min(paid[key], sum(fen for _account, fen in parts))
        shares = pro_rata(gone, [fen for _account, fen in parts])
        for (account, fen), share in zip(parts, shares, strict=True):
            sums[held[account]].owed += fen - share
            sums[held[account]].paid += share
        if paid[key] > gone:
            stray = sums[Cell(key[0], None, None)]
            stray.paid += paid[key] - gone
            stray.owed -= paid[key] - gone


def _steps_of_spending(steps: QuerySet[Transfer]) -> Iterable[tuple[Any, ...]]:
    """(out of, into, their places, fund, reference, fen) of all that was owed, paid, claimed."""
    spent = steps.filter(
        Q(credit__place=Place.PAYABLE)
        | Q(debit__place=Place.PAYABLE)
        | Q(debit__place=Place.PAID, credit__place=Place.RECEIVABLE)
        | Q(debit__place=Place.RECEIVABLE, credit__place=Place.PAID)
    )
    return (
        spent.order_by()
        .values_list(
            "debit_id",
            "credit_id",
            "debit__place",
            "credit__place",
            "debit__fund_id",
            "journal__reference",
        )
        .annotate(Sum("amount_fen"))
    )


def _add_returned(sums: dict[Cell, Sums], held: dict[int, Cell], steps: QuerySet[Transfer]) -> None:
    """What went home from promises, without what was undone of that."""
    home = Q(journal__kind__in=COMING_BACK, debit__place__in=PROMISED)
    undone = Q(journal__reverses__kind__in=COMING_BACK, credit__place__in=PROMISED)
    rows = steps.filter(home | undone).order_by()
    found = rows.values_list("debit_id", "credit_id", "journal__kind").annotate(Sum("amount_fen"))
    for gave, got, kind, fen in found:
        if kind == JournalKind.REVERSE:
            sums[held[got]].returned -= fen
        else:
            sums[held[gave]].returned += fen

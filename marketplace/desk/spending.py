"""Budget against actual: where every fen of the funds stands, told apart by whose and what for.

Everything comes from accounts and transfers; awards and agreements only say what they are for. So
the sums over all rows are the ledger's own, to the fen, however the rows are grouped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import NamedTuple

from django.db.models import Q, Sum

from foundation.money import pro_rata
from marketplace.ledger import accounts as chart
from marketplace.ledger.models import JournalKind, Place, Transfer

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


class Held(NamedTuple):
    """An account as far as budgets ask of it."""

    pk: int
    code: str
    place: str
    fund: int
    pocket: int | None
    fen: int


class Step(NamedTuple):
    """Money that went from one account to another, under one reference, in one kind of event."""

    gave: int
    got: int
    origin: str
    goal: str
    fund: int
    reference: str
    kind: str
    undone: str | None
    fen: int


def steps_of_spending(funds: Collection[int]) -> list[Step]:
    """All that was owed, paid, claimed or sent home in these funds (one query)."""
    home = Q(journal__kind__in=COMING_BACK, debit__place__in=PROMISED)
    undone = Q(journal__reverses__kind__in=COMING_BACK, credit__place__in=PROMISED)
    spent = (
        Q(credit__place=Place.PAYABLE)
        | Q(debit__place=Place.PAYABLE)
        | Q(debit__place=Place.PAID, credit__place=Place.RECEIVABLE)
        | Q(debit__place=Place.RECEIVABLE, credit__place=Place.PAID)
    )
    rows = Transfer.objects.filter(home | undone | spent, debit__fund__in=funds).order_by()
    found = rows.values_list(
        "debit_id",
        "credit_id",
        "debit__place",
        "credit__place",
        "debit__fund_id",
        "journal__reference",
        "journal__kind",
        "journal__reverses__kind",
    ).annotate(Sum("amount_fen"))
    return [Step(*row) for row in found]


def told_apart(
    accounts: Iterable[Held], steps: Collection[Step], award_of: dict[int, int]
) -> dict[Cell, Sums]:
    """{cell: where its money stands} by what accounts hold and which steps were taken.

    `award_of` says which award an agreement (by number) is about.
    """
    sums: dict[Cell, Sums] = defaultdict(Sums)
    cells: dict[int, Cell] = {}
    columns: dict[str, str] = {
        Place.RESERVED: "reserved",
        Place.ENCUMBERED: "bound",
        Place.RECEIVABLE: "back",
    }
    for held in accounts:
        named = chart.read(held.code)
        award = named.award or award_of.get(named.agreement or 0)
        cell = cells[held.pk] = Cell(held.fund, held.pocket or held.pk, award)
        column = columns.get(held.place, "free")
        setattr(sums[cell], column, getattr(sums[cell], column) + held.fen)
    _add_spent(sums, cells, steps)
    for step in steps:
        if step.kind in COMING_BACK and step.gave in cells:
            sums[cells[step.gave]].returned += step.fen
        elif step.undone in COMING_BACK and step.got in cells:
            sums[cells[step.got]].returned -= step.fen
    return {cell: found for cell, found in sums.items() if found}


def _add_spent(sums: dict[Cell, Sums], cells: dict[int, Cell], steps: Collection[Step]) -> None:
    """What is owed and paid, each fen in the cell it was drawn from.

    What is paid names what was owed; it counts for the pockets as their draws were to it.
    """
    draws: dict[tuple[int, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    paid: dict[tuple[int, str], int] = defaultdict(int)
    for step in steps:
        key = step.fund, step.reference
        match step.origin, step.goal:
            case Place.ENCUMBERED, Place.PAYABLE:
                draws[key][step.gave] += step.fen
            case Place.PAYABLE, Place.ENCUMBERED:
                draws[key][step.got] -= step.fen
            case Place.PAYABLE, Place.PAID:
                paid[key] += step.fen
            case Place.PAID, Place.PAYABLE:
                paid[key] -= step.fen
            case Place.PAID, Place.RECEIVABLE:
                sums[cells[step.got]].paid -= step.fen
            case Place.RECEIVABLE, Place.PAID:
                sums[cells[step.gave]].paid += step.fen
    for key in draws.keys() | paid.keys():
        parts = sorted(draws[key].items())
        gone = min(paid[key], sum(fen for _account, fen in parts))
        shares = pro_rata(gone, [fen for _account, fen in parts])
        for (account, fen), share in zip(parts, shares, strict=True):
            sums[cells[account]].owed += fen - share
            sums[cells[account]].paid += share
        if paid[key] > gone:
            stray = sums[Cell(key[0], None, None)]
            stray.paid += paid[key] - gone
            stray.owed -= paid[key] - gone

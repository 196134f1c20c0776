"""Reading the book: balances, statements, trial balance, where a fund's money stands."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core import signing
from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.organisations.models import Organisation
from foundation.organisations.rules import keeps_money_of, roles_of
from foundation.permissions import SYSTEM
from marketplace.ledger.models import Account, Fund, Journal, Place, Transfer, Verification
from marketplace.ledger.names import NEEDED
from marketplace.ledger.rules import reads_books

PAGE = 50

_OWN_POCKETS = (Place.BUYER, Place.OWN)


def balance(code: str) -> int:
    """What an account holds now, in fen; one that was never used holds nothing."""
    row = Account.objects.filter(code=code).values_list("credits", "debits").first()
    return row[0] - row[1] if row else 0


def balances(codes: Iterable[str]) -> dict[str, int]:
    """What each of these accounts holds now, in one query."""
    wanted = dict.fromkeys(codes, 0)
    rows = Account.objects.filter(code__in=list(wanted)).values_list("code", "credits", "debits")
    return wanted | {code: came - out for code, came, out in rows}


def funds_visible_to(person: Any) -> QuerySet[Fund]:
    """A fund's pages on the desk are for those who read the books (the public page is another)."""
    return Fund.objects.all() if reads_books.test(person, None) else Fund.objects.none()


def running_funds() -> QuerySet[Fund]:
    """The funds new promises can be made out of today, the newest first."""
    return Fund.objects.filter(ends_on__gte=clock.today(), lapsed_on=None)


def accounts_visible_to(person: Any) -> QuerySet[Account]:
    """All, for those who read the books; a union's own pockets, promises and debts for it."""
    if person is SYSTEM or reads_books.test(person, None):
        return Account.objects.all()
    buyers = [pk for pk in roles_of(person) if keeps_money_of(person, pk)]
    if not buyers:
        return Account.objects.none()
    return Account.objects.filter(
        Q(organisation__in=buyers, place__in=[*_OWN_POCKETS, Place.SHORTFALL])
        | Q(pocket__organisation__in=buyers)
    )


def journals_visible_to(person: Any) -> QuerySet[Journal]:
    """All, for those who read the books; else those that touch an account one may see."""
    if person is SYSTEM or reads_books.test(person, None):
        return Journal.objects.all()
    seen = accounts_visible_to(person).values("pk")
    return Journal.objects.filter(
        pk__in=Transfer.objects.filter(Q(debit__in=seen) | Q(credit__in=seen)).values("journal")
    )


@dataclass(frozen=True)
class StatementRow:
    """One movement of an account: what happened, with whom, and what was there afterwards."""

    transfer: Transfer
    came_in: bool
    amount_fen: int
    balance_fen: int

    @property
    def other(self) -> Account:
        """The account on the other side."""
        return self.transfer.debit if self.came_in else self.transfer.credit

    @property
    def signed_fen(self) -> int:
        """The amount with its direction."""
        return self.amount_fen if self.came_in else -self.amount_fen


@dataclass(frozen=True)
class Statement:
    """A page of an account's movements, newest first; `older` leads on, when there is more."""

    account: Account
    rows: list[StatementRow]
    older: str | None


def statement(account: Account, *, after: str | None = None, size: int = PAGE) -> Statement:
    """A page of the account's statement: as quick at a million transfers as at ten.

    `after` is the previous page's `older`, signed, for it carries the balance to go on from.
    """
    before, there = None, account.balance_fen
    if after:
        try:
            number, before, there = signing.loads(after, salt="ledger.statement")
        except signing.BadSignature:
            number, before, there = account.pk, None, account.balance_fen
        if number != account.pk:
            before, there = None, account.balance_fen
    found = list(islice(_newest_first(account, before, size + 1), size + 1))
    rows = []
    for transfer in found[:size]:
        came_in = transfer.credit_id == account.pk
        rows.append(StatementRow(transfer, came_in, transfer.amount_fen, there))
        there -= transfer.amount_fen if came_in else -transfer.amount_fen
    older = None
    if len(found) > size:
        older = signing.dumps((account.pk, found[size - 1].pk, there), salt="ledger.statement")
    return Statement(account, rows, older)


def whole_statement(account: Account) -> Iterator[StatementRow]:
    """Every movement of the account, newest first, page by page (for an export)."""
    after: str | None = None
    while True:
        page = statement(account, after=after, size=500)
        yield from page.rows
        if not page.older:
            return
        after = page.older


def _newest_first(account: Account, before: int | None, size: int) -> Iterator[Transfer]:
    """Both sides of the account, each read along its index, merged."""
    sides = []
    for side in ("debit", "credit"):
        rows = Transfer.objects.filter(**{side: account})
        if before is not None:
            rows = rows.filter(pk__lt=before)
        other = "debit" if side == "credit" else "credit"
        rows = rows.select_related(
            "journal__actor", side, other, *(f"{other}__{row}" for row in NEEDED)
        ).order_by("-pk")
        sides.append(list(rows[:size]))
    return heapq.merge(*sides, key=lambda transfer: -transfer.pk)


def trial_balance(fund: Fund) -> QuerySet[Account]:
    """The fund's accounts in the order of their codes; their two columns sum to the same."""
    return fund.accounts.order_by("code")


def sums_by_place(fund: Fund | None = None) -> dict[str, int]:
    """{place: fen held there now} of one fund, or of all."""
    rows = Account.objects.all() if fund is None else Account.objects.filter(fund=fund)
    held = rows.values_list("place").annotate(held=Sum(F("credits") - F("debits")))
    return dict.fromkeys(Place.values, 0) | dict(held.order_by())


Promised = dict[tuple[int | None, str], int]
"""{(pocket, place): fen of the pocket that stand there}."""


def standing_of(fund: Fund) -> tuple[dict[str, int], Promised]:
    """(fen by place, fen by pocket and place) of a fund, in one query."""
    held, promised = dict.fromkeys(Place.values, 0), {}
    rows = fund.accounts.order_by().values_list("pocket", "place")
    for pocket, place, fen in rows.annotate(held=Sum(F("credits") - F("debits"))):
        held[place] += fen
        promised[pocket, place] = fen
    return held, promised


def sums_by_fund(funds: Iterable[Fund]) -> dict[int, dict[str, int]]:
    """{fund id: {place: fen held there now}} in one query."""
    sums = {fund.pk: dict.fromkeys(Place.values, 0) for fund in funds}
    rows = Account.objects.filter(fund__in=list(sums)).values_list("fund", "place")
    for fund, place, held in rows.annotate(held=Sum(F("credits") - F("debits"))).order_by():
        sums[fund][place] = held
    return sums


def appropriated(held: dict[str, int]) -> int:
    """What the authority has given, out of `sums_by_place`."""
    return -held[Place.AUTHORITY]


def came_in(held: dict[str, int]) -> int:
    """All that came in: from the authority, from unions (paid or still owed), from funds before.

    What was carried over to the next fund is taken off.
    """
    return -sum(
        held[place] for place in (Place.AUTHORITY, Place.CLEARING, Place.SHORTFALL, Place.CARRIED)
    )


@dataclass(frozen=True)
class Pocket:
    """Budget against actual: what a pocket was given, and where that stands now."""

    account: Account
    given_fen: int
    free_fen: int
    reserved_fen: int
    encumbered_fen: int
    spent_fen: int
    owed_back_fen: int = 0

    @property
    def used_fen(self) -> int:
        """What has been promised or spent."""
        return self.given_fen - self.free_fen


def budget_against_actual(
    pockets: Iterable[Account], promised: Promised | None = None
) -> list[Pocket]:
    """For each pocket: given, free, reserved, bound, spent, to be given back.

    Two queries; one when what is promised is known already (`standing_of`).
    """
    pockets = list(pockets)
    if promised is None:
        rows = Account.objects.filter(pocket__in=pockets).values_list("pocket", "place").order_by()
        summed = rows.annotate(held=Sum(F("credits") - F("debits")))
        promised = {(pocket, place): held for pocket, place, held in summed}
    spent = _spent(pockets)
    found = []
    for account in pockets:
        reserved, bound, back = (
            promised.get((account.pk, place), 0)
            for place in (Place.RESERVED, Place.ENCUMBERED, Place.RECEIVABLE)
        )
        out, free = spent.get(account.pk, 0), account.balance_fen
        given = free + reserved + bound + out + back
        found.append(Pocket(account, given, free, reserved, bound, out, back))
    return found


def _spent(pockets: list[Account]) -> dict[int, int]:
    """{pocket: fen its agreements have spent}, without what was claimed back or undone."""
    steps = Transfer.objects.filter(
        Q(debit__pocket__in=pockets, credit__place=Place.PAYABLE)
        | Q(debit__place=Place.PAYABLE, credit__pocket__in=pockets)
        | Q(debit__place=Place.PAID, credit__pocket__in=pockets)
        | Q(debit__pocket__in=pockets, credit__place=Place.PAID)
    ).order_by()
    spent: dict[int, int] = {}
    rows = steps.values_list("debit__pocket", "credit__pocket")
    for gave, got, fen in rows.annotate(Sum("amount_fen")):
        pocket, change = (gave, fen) if gave is not None else (got, -fen)
        spent[pocket] = spent.get(pocket, 0) + change
    return spent


def flow_of(held: dict[str, int]) -> list[tuple[Any, int, Any]]:
    """The stages of a fund's money, for the flow picture: (name, came this far, what stays)."""
    paid = held[Place.PAID] + held[Place.RECEIVABLE]
    owed = paid + held[Place.PAYABLE]
    bound = owed + held[Place.ENCUMBERED]
    promised = bound + held[Place.RESERVED]
    given = promised + held[Place.BUYER] + held[Place.OWN]
    whole = given + held[Place.AVAILABLE]
    return [
        (_("came in"), whole, _("not given out yet")),
        (_("given to unions"), given, _("free to be pledged")),
        (_("reserved for awards"), promised, _("waiting for an agreement")),
        (_("bound by agreements"), bound, _("not delivered yet")),
        (_("owed for what was delivered"), owed, _("waiting for payment")),
        (_("paid"), paid, ""),
    ]


def buyers_pockets(organisation: Any) -> QuerySet[Account]:
    """A union's pockets in all funds, the newest fund first."""
    return (
        Account.objects.filter(organisation=organisation, place__in=_OWN_POCKETS)
        .select_related("fund")
        .order_by("-fund__starts_on", "place")
    )


def may_see_budget(person: Any, organisation: Organisation) -> bool:
    """Those who read the books, and those who keep the union's money."""
    return bool(reads_books.test(person, None) or keeps_money_of(person, organisation))


def undone_by(journal: Journal) -> Journal | None:
    """The journal that undid this one, when there is one."""
    return Journal.objects.filter(reverses=journal).first()


def last_verification() -> Verification | None:
    """How the books looked when they were last checked."""
    return Verification.objects.order_by("-pk").first()

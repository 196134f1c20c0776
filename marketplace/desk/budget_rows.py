"""Budget against actual as rows: grouped, narrowed, and called by people's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.calls.models import Call
from bidding.needs.models import Category
from foundation.face.values import own_words
from foundation.organisations.models import OrganisationKind
from foundation.organisations.rules import keeps_money_of, places_of
from marketplace.awards.models import Award
from marketplace.desk.spending import (
    POCKETS,
    PROMISED,
    Cell,
    Held,
    Sums,
    steps_of_spending,
    told_apart,
)
from marketplace.ledger.models import Account, Fund, Place
from marketplace.ledger.rules import reads_books

GROUPS = {
    "fund": gettext_lazy("fund"),
    "buyer": gettext_lazy("union that pays"),
    "category": gettext_lazy("category"),
    "call": gettext_lazy("call"),
    "project": gettext_lazy("project"),
    "year": gettext_lazy("year"),
}
"""By what the rows may be told apart."""

NEXT = {"fund": "buyer", "buyer": "project", "category": "project", "call": "project"}
"""What a row opens into; a year opens into its funds, a project into its accounts."""

NONE = "none"
"""The key of what belongs to none of the rows: money nobody was promised, the fund itself."""


@dataclass(frozen=True)
class Promise:
    """What an award is for, as far as budgets are told apart by it."""

    award: int
    title: str
    call: str
    category: str


@dataclass(frozen=True)
class Pocket:
    """Whose money: a union's, or the fund's own."""

    pk: int
    union: int | None
    name: str
    label: str


@dataclass
class Row:
    """One line of the page: what it is, where its money stands, where it opens into."""

    key: str
    title: str
    sums: Sums
    url: str = ""
    pockets: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Facts:
    """All that the page needs, read in a constant number of queries."""

    funds: dict[int, Fund]
    pockets: dict[int, Pocket]
    promises: dict[int, Promise]
    calls: dict[str, str]
    categories: dict[str, str]
    cells: dict[Cell, Sums]


def may_read_budgets(person: Any) -> bool:
    """Those who read the books, and whoever keeps a union's money (for that union's)."""
    return bool(reads_books.test(person, None) or unions_kept_by(person))


def unions_kept_by(person: Any) -> list[int]:
    """The union bodies whose money the person keeps."""
    return [
        pk
        for pk, (_role, kind) in places_of(person).items()
        if kind == OrganisationKind.UNION and keeps_money_of(person, pk)
    ]


def facts_for(person: Any, *, fund: str = "", year: str = "") -> Facts:
    """The cells of the chosen funds that the person may read (four queries)."""
    funds = {row.pk: row for row in Fund.objects.all()}
    by_fund = {pk for pk, row in funds.items() if row.code == fund} or set(funds)
    by_year = {pk for pk, row in funds.items() if str(row.starts_on.year) == year} or set(funds)
    chosen = sorted(by_fund & by_year)
    promises, award_of, calls, categories = _promises(chosen)
    pockets, accounts = _accounts(chosen)
    cells = told_apart(accounts, steps_of_spending(chosen), award_of)
    if not reads_books.test(person, None):
        kept = set(unions_kept_by(person))
        cells = {
            cell: sums
            for cell, sums in cells.items()
            if cell.pocket and pockets[cell.pocket].union in kept
        }
        pockets = {pk: pocket for pk, pocket in pockets.items() if pocket.union in kept}
    return Facts(funds, pockets, promises, calls, categories, cells)


def _promises(
    funds: list[int],
) -> tuple[dict[int, Promise], dict[int, int], dict[str, str], dict[str, str]]:
    """({award: what it is for}, {agreement: award}, {call: title}, {category: name})."""
    promises, award_of = {}, {}
    calls: dict[str, str] = {}
    categories: dict[str, str] = {}
    rows = Award.objects.filter(fund__in=funds).values_list(
        "pk",
        "agreement__pk",
        "proposal__title",
        "proposal__call__number",
        "proposal__call__title",
        "proposal__call__title_en",
        "proposal__lot__category_id",
        "proposal__lot__category__name",
        "proposal__lot__category__name_en",
    )
    for pk, agreement, title, call, zh, en, category, name, name_en in rows:
        promises[pk] = Promise(pk, title, call, category)
        calls.setdefault(call, f"{call} {own_words(Call(title=zh, title_en=en), 'title')}")
        categories.setdefault(category, str(Category(name=name, name_en=name_en)))
        if agreement:
            award_of[agreement] = pk
    return promises, award_of, calls, categories


def _accounts(funds: list[int]) -> tuple[dict[int, Pocket], list[Held]]:
    """({pocket: whose}, all accounts of pockets and promises) in one query."""
    pockets, accounts = {}, []
    rows = Account.objects.filter(fund__in=funds, place__in=[*POCKETS, *PROMISED])
    for pk, code, place, fund, fund_code, pocket, fen, union, name in rows.order_by(
        "pk"
    ).values_list(
        "pk",
        "code",
        "place",
        "fund_id",
        "fund__code",
        "pocket_id",
        F("credits") - F("debits"),
        "organisation_id",
        "organisation__name",
    ):
        accounts.append(Held(pk, code, place, fund, pocket, fen))
        if place in POCKETS:
            kind = Place(place).label if place == Place.OWN else _("Statement")
            label = f"{kind} {fund_code}"
            pockets[pk] = Pocket(pk, union, name or "", label)
    return pockets, accounts


def key_of(group: str, cell: Cell, facts: Facts) -> str:
    """Under which row of a group a cell belongs."""
    promise = facts.promises.get(cell.award or 0)
    fund = facts.funds[cell.fund]
    keys: dict[str, Callable[[], Any]] = {
        "fund": lambda: fund.code,
        "year": lambda: fund.starts_on.year,
        "buyer": lambda: facts.pockets[cell.pocket].union if cell.pocket else None,
        "category": lambda: promise.category if promise else None,
        "call": lambda: promise.call if promise else None,
        "project": lambda: promise.award if promise else cell.award,
    }
    return str(keys[group]() or NONE)


def rows_of(facts: Facts, group: str, chosen: dict[str, str]) -> tuple[list[Row], Sums]:
    """(the rows in the order of their money, their sums), narrowed to what was chosen."""
    rows: dict[str, Row] = {}
    whole = Sums()
    for cell, sums in facts.cells.items():
        if not _fits(cell, facts, chosen):
            continue
        key = key_of(group, cell, facts)
        if key not in rows:
            rows[key] = Row(key, _title(group, key, facts), Sums(), _url(group, key, chosen))
        rows[key].sums += sums
        if cell.pocket:
            rows[key].pockets.add(cell.pocket)
        whole += sums
    listed = sorted(rows.values(), key=lambda row: (-row.sums.given, row.title, row.key))
    if group == "year":
        listed.sort(key=lambda row: row.key, reverse=True)
    return listed, whole


def _fits(cell: Cell, facts: Facts, chosen: dict[str, str]) -> bool:
    """Is the cell among what was chosen? A project is chosen by words of its title."""
    for name, value in chosen.items():
        if not value:
            continue
        if name == "project":
            promise = facts.promises.get(cell.award or 0)
            if promise is None or value.casefold() not in promise.title.casefold():
                return False
        elif key_of(name, cell, facts) != value:
            return False
    return True


def _title(group: str, key: str, facts: Facts) -> str:
    if key == NONE:
        return _("the fund itself") if group == "buyer" else _("not promised to anything")
    titles: dict[str, Callable[[], Any]] = {
        "fund": lambda: next(fund for fund in facts.funds.values() if fund.code == key),
        "buyer": lambda: next(p.name for p in facts.pockets.values() if str(p.union) == key),
        "category": lambda: facts.categories[key],
        "call": lambda: facts.calls[key],
        "project": lambda: (
            facts.promises[int(key)].title
            if int(key) in facts.promises
            else _("award %(number)s") % {"number": key}
        ),
        "year": lambda: key,
    }
    return str(titles[group]())


def _url(group: str, key: str, chosen: dict[str, str]) -> str:
    """Where a row opens into: the same money, one step finer."""
    if group == "project":
        return reverse("desk:promise", args=[key]) if key != NONE else ""
    finer = {**chosen, group: key, "by": "fund" if group == "year" else NEXT[group]}
    return "?" + urlencode({name: value for name, value in finer.items() if value})

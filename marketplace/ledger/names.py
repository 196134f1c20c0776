"""What accounts and references are called in people's words, with the code only beside them.

The book knows the numbers of awards, agreements and tranches, not what they are: the rooms above
say that, each for its own kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from foundation.organisations.models import Organisation
from marketplace.ledger import accounts as chart
from marketplace.ledger.models import Account, Fund, Place


@dataclass(frozen=True)
class Name:
    """What a thing is called, and its page where the reader may open it."""

    title: str
    url: str = ""


Namer = Callable[[Any, list[int]], dict[int, Name]]

NAMERS: dict[str, Namer] = {}


def names(kind: str) -> Callable[[Namer], Namer]:
    """Name the function that says what things of this kind are called, in one query."""

    def remember(function: Namer) -> Namer:
        if kind in NAMERS:
            raise ValueError(f"two who name {kind}")
        NAMERS[kind] = function
        return function

    return remember


@names("organisation")
def name_organisations(person: Any, numbers: list[int]) -> dict[int, Name]:
    """By their names; their pages are public."""
    return {
        pk: Name(str(body), reverse("organisations:organisation", args=[pk]))
        for pk, body in Organisation.objects.in_bulk(numbers).items()
    }


@names("fund")
def name_funds(person: Any, numbers: list[int]) -> dict[int, Name]:
    """By their names."""
    return {pk: Name(str(fund)) for pk, fund in Fund.objects.in_bulk(numbers).items()}


def name_references(person: Any, references: Iterable[str]) -> dict[str, Name]:
    """{reference: its name} for those like `award:5` somebody knows; one query for each kind."""
    wanted: dict[str, list[int]] = {}
    for reference in sorted(set(references)):
        kind, _colon, number = reference.partition(":")
        if kind in NAMERS and number.isdecimal():
            wanted.setdefault(kind, []).append(int(number))
    return {
        f"{kind}:{number}": name
        for kind, numbers in wanted.items()
        for number, name in NAMERS[kind](person, numbers).items()
    }


@dataclass(frozen=True)
class Called:
    """An account in words: whose it is or for what, what kind, and whence its money is promised."""

    account: Account
    title: str
    kind: str
    origin: str = ""
    url: str = ""


def name_accounts(person: Any, accounts: Iterable[Account]) -> dict[int, Called]:
    """{account id: what it is called}; the accounts come with `NEEDED` joined."""
    rows = {account.pk: account for account in accounts}
    read = {pk: chart.read(account.code) for pk, account in rows.items()}
    promised = {pk: _promise(named) for pk, named in read.items()}
    known = name_references(person, filter(None, promised.values()))
    return {
        pk: _called(account, known.get(promised[pk]) or Name("")) for pk, account in rows.items()
    }


NEEDED = ("organisation", "pocket__organisation")
"""What `name_accounts` reads of each account besides its own row."""


def _promise(named: chart.Named) -> str:
    """The reference of what an account's money is promised to, or nothing."""
    if named.award:
        return f"award:{named.award}"
    return f"agreement:{named.agreement}" if named.agreement else ""


def _called(account: Account, promise: Name) -> Called:
    kind = str(account.get_place_display())
    whose = str(account.organisation) if account.organisation else ""
    origin = account.pocket
    if origin is None:
        return Called(account, whose or kind, kind if whose else "")
    words = str(Place(origin.place).label)
    if origin.organisation:
        words = f"{origin.organisation} · {words}"
    return Called(account, promise.title or kind, kind if promise.title else "", words, promise.url)

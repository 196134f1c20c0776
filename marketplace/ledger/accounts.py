"""The chart of accounts: how the places money can be are called, and which steps it may take.

A code is readable and never changes: `fund/2026-seed/available/buyer/17`. An account of promised
money ends in the pocket it came from (`…/award/5/reserved/available/buyer/17`), so that every fen
knows its way back. This file asks no database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

AUTHORITY, AVAILABLE, BUYER, OWN = "authority", "available", "buyer", "own"
RESERVED, ENCUMBERED, PAYABLE = "reserved", "encumbered", "payable"
PAID, CLEARING = "paid", "clearing"
RECEIVABLE, SHORTFALL, CARRIED = "receivable", "shortfall", "carried"

POCKETS = frozenset({AVAILABLE, BUYER, OWN})
"""Where money that may still be promised lies."""

PROMISED = frozenset({RESERVED, ENCUMBERED, RECEIVABLE})
"""Where money lies that belongs to a pocket and knows which."""

BELOW_ZERO = frozenset({AUTHORITY, PAID, CLEARING, SHORTFALL, CARRIED})
"""The house's borders and what a union owes it: only their accounts may go below zero."""

NEVER_ABOVE = frozenset({SHORTFALL})
"""What is owed to us is never more than paid back."""

_ON = {(CARRIED, pocket) for pocket in POCKETS}


def _home(place: str) -> frozenset[tuple[str, str]]:
    """From `place` to a pocket; when its fund has lapsed, to the next fund or the authority."""
    return frozenset({(place, goal) for goal in {*POCKETS, CARRIED, AUTHORITY}} | _ON)


ROAD: dict[str, frozenset[tuple[str, str]]] = {
    "appropriate": frozenset({(AUTHORITY, AVAILABLE)}),
    "lapse": frozenset({(AVAILABLE, AUTHORITY), (BUYER, AUTHORITY)}),
    "carry_over": frozenset({(pocket, CARRIED) for pocket in POCKETS} | _ON),
    "allocate": frozenset({(AVAILABLE, BUYER)}),
    "unallocate": frozenset({(BUYER, AVAILABLE)}),
    "pass_on": frozenset({(BUYER, BUYER)}),
    "take_back": frozenset({(BUYER, BUYER)}),
    "receive": frozenset(
        {(CLEARING, OWN), (CLEARING, SHORTFALL), (CLEARING, CARRIED), (CARRIED, OWN)}
    ),
    "refund": frozenset({(OWN, CLEARING), (OWN, CARRIED), (CARRIED, CLEARING)}),
    "charge_back": frozenset(
        {(OWN, CLEARING), (SHORTFALL, CLEARING), (OWN, CARRIED), (CARRIED, CLEARING)}
    ),
    "reserve": frozenset((pocket, RESERVED) for pocket in POCKETS),
    "release": _home(RESERVED),
    "encumber": frozenset({(RESERVED, ENCUMBERED)}),
    "unencumber": _home(ENCUMBERED),
    "expend": frozenset({(ENCUMBERED, PAYABLE)}),
    "call_off": frozenset({(PAYABLE, ENCUMBERED)}),
    "pay": frozenset({(PAYABLE, PAID)}),
    "return_part": frozenset({(PAID, PAYABLE)}),
    "claim": frozenset({(PAID, RECEIVABLE)}),
    "waive": frozenset({(RECEIVABLE, PAID)}),
    "recover": _home(RECEIVABLE),
}
"""For each kind of event: from which place to which its money may step."""

_NUMBER = r"(?P<{}>[1-9][0-9]*)"
_POCKET = (
    "(?P<pocket>available"
    "|available/buyer/(?P<allocated>[1-9][0-9]*)"
    "|own/buyer/(?P<owned>[1-9][0-9]*))"
)
_TAILS = {
    AUTHORITY: "authority",
    AVAILABLE: "available",
    BUYER: "available/buyer/" + _NUMBER.format("organisation"),
    OWN: "own/buyer/" + _NUMBER.format("organisation"),
    RESERVED: "award/" + _NUMBER.format("award") + "/reserved/" + _POCKET,
    ENCUMBERED: "agreement/" + _NUMBER.format("agreement") + "/encumbered/" + _POCKET,
    PAYABLE: "payable/" + _NUMBER.format("organisation"),
    PAID: "paid",
    CLEARING: "deposit/clearing",
    RECEIVABLE: "receivable/"
    + _NUMBER.format("organisation")
    + "/agreement/"
    + _NUMBER.format("agreement")
    + "/"
    + _POCKET,
    SHORTFALL: "receivable/deposit/" + _NUMBER.format("organisation"),
    CARRIED: "carried/(?P<other>[-\\w]+)",
}
_SHAPES = {
    place: re.compile(rf"fund/(?P<fund>[-\w]+)/{tail}", re.ASCII) for place, tail in _TAILS.items()
}


@dataclass(frozen=True)
class Named:
    """What a code says: the place, the fund's code, whose it is, and the pocket it came from.

    `other` is the fund on the far side of what is carried over.
    """

    code: str
    place: str
    fund: str
    organisation: int | None = None
    award: int | None = None
    agreement: int | None = None
    pocket: str | None = None
    other: str | None = None

    @property
    def no_overdraft(self) -> bool:
        """May this account never go below zero?"""
        return self.place not in BELOW_ZERO


@lru_cache(maxsize=20_000)
def read(code: str) -> Named:
    """What `code` says; ValueError when it is no code of this chart."""
    for place, shape in _SHAPES.items():
        match = shape.fullmatch(code)
        if match:
            parts = match.groupdict()
            whose = parts.get("organisation") or parts.get("allocated") or parts.get("owned")
            return Named(
                code,
                place,
                parts["fund"],
                organisation=int(whose) if whose else None,
                award=int(parts["award"]) if parts.get("award") else None,
                agreement=int(parts["agreement"]) if parts.get("agreement") else None,
                pocket=f"fund/{parts['fund']}/{parts['pocket']}" if parts.get("pocket") else None,
                other=parts.get("other"),
            )
    raise ValueError(f"no such place for money: {code!r}")


def may_step(kind: str, origin: Named, goal: Named) -> bool:
    """Is the step on the road: right places, one fund, and promised money true to its pocket?"""
    if (origin.place, goal.place) not in ROAD.get(kind, ()) or origin.fund != goal.fund:
        return False
    if goal.place in (PAYABLE, PAID, CARRIED) or origin.place in (PAYABLE, PAID):
        return True
    if goal.place == AUTHORITY:
        return origin.pocket is None or read(origin.pocket).place != OWN
    if origin.place in PROMISED or goal.place in PROMISED:
        return (origin.pocket or origin.code) == (goal.pocket or goal.code)
    return True


def carries_true(kind: str, steps: Iterable[tuple[str, str, int]]) -> bool:
    """Does what one fund hands on arrive in the other, and in the same pocket there?

    A deposit and its refund cross with a border on one side: there the sums are compared.
    """
    gone: Counter[tuple[str, ...]] = Counter()
    bordering = kind in {"receive", "refund", "charge_back"}
    for debit, credit, fen in steps:
        origin, goal = read(debit), read(credit)
        if goal.place == CARRIED and goal.other:
            left = "" if bordering else tail(origin.pocket or debit)
            gone[goal.fund, goal.other, left] += fen
        if origin.place == CARRIED and origin.other:
            gone[origin.other, origin.fund, "" if bordering else tail(credit)] -= fen
    return not any(gone.values())


def tail(code: str) -> str:
    """The code without its fund: the same pocket has the same tail in every fund."""
    return code.split("/", 2)[2]


def authority(fund: Any) -> str:
    """Whence a fund's money is appropriated; below zero by what was appropriated."""
    return f"fund/{fund.code}/authority"


def fund_available(fund: Any) -> str:
    """The fund's money nobody has been given yet."""
    return f"fund/{fund.code}/available"


def buyer_available(fund: Any, organisation: Any) -> str:
    """What a union may spend of the fund."""
    return f"fund/{fund.code}/available/buyer/{_number(organisation)}"


def buyer_own(fund: Any, organisation: Any) -> str:
    """A union's own money that came in to be spent beside the fund's."""
    return f"fund/{fund.code}/own/buyer/{_number(organisation)}"


def award_reserved(fund: Any, award: Any, pocket: str) -> str:
    """What one pocket promises to one award, before the agreement."""
    return f"fund/{fund.code}/award/{_number(award)}/reserved/{_tail(fund, pocket)}"


def agreement_encumbered(fund: Any, agreement: Any, pocket: str) -> str:
    """What one pocket is bound to give under one agreement."""
    return f"fund/{fund.code}/agreement/{_number(agreement)}/encumbered/{_tail(fund, pocket)}"


def payable(fund: Any, organisation: Any) -> str:
    """What is owed to an organisation and not paid yet."""
    return f"fund/{fund.code}/payable/{_number(organisation)}"


def paid(fund: Any) -> str:
    """What has left the house."""
    return f"fund/{fund.code}/paid"


def deposit_clearing(fund: Any) -> str:
    """Where unions' own money comes in from; below zero by what arrived."""
    return f"fund/{fund.code}/deposit/clearing"


def receivable(fund: Any, organisation: Any, agreement: Any, pocket: str) -> str:
    """What an organisation was paid under one agreement out of one pocket and has to give back."""
    return (
        f"fund/{fund.code}/receivable/{_number(organisation)}"
        f"/agreement/{_number(agreement)}/{_tail(fund, pocket)}"
    )


def deposit_shortfall(fund: Any, organisation: Any) -> str:
    """Below zero by what a union owes: its deposit was charged back after it was spent."""
    return f"fund/{fund.code}/receivable/deposit/{_number(organisation)}"


def carried(fund: Any, other: Any) -> str:
    """What this fund handed on to the other one, or (below zero) has from it."""
    return f"fund/{fund.code}/carried/{other.code}"


def same_pocket(fund: Any, pocket: str) -> str:
    """The pocket of `fund` that corresponds to another fund's."""
    if read(pocket).place not in POCKETS:
        raise ValueError(f"not a pocket: {pocket!r}")
    return f"fund/{fund.code}/{tail(pocket)}"


def _number(thing: Any) -> int:
    return int(getattr(thing, "pk", thing))


def _tail(fund: Any, pocket: str) -> str:
    origin = read(pocket)
    if origin.place not in POCKETS or origin.fund != fund.code:
        raise ValueError(f"not a pocket of {fund.code}: {pocket!r}")
    return pocket.removeprefix(f"fund/{fund.code}/")

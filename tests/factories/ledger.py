"""Funds with money in them, for tests."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from foundation.organisations.models import Organisation
from foundation.people.models import Person, Role
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, post
from marketplace.ledger.models import Account, Fund, Journal
from marketplace.ledger.operations import allocate_budget, appropriate_fund, create_fund
from tests.factories.organisations import make_person, make_union, make_upload

_numbers = itertools.count(1)


def fund_manager(name: str = "") -> Person:
    """A person who keeps the funds."""
    return make_person(name, Role.FUND_MANAGER)


def make_fund(amount_fen: int = 0, *, manager: Person | None = None, **fields: Any) -> Fund:
    """A fund of this and the next years; with an amount, that much is appropriated to it."""
    manager = manager or fund_manager()
    number = next(_numbers)
    fields.setdefault("code", f"seed-{number}")
    fields.setdefault("name", f"种子资金{number}")
    fields.setdefault("starts_on", dt.date(2014, 1, 1))
    fields.setdefault("ends_on", dt.date(2099, 12, 31))
    fund = create_fund(actor=manager, **fields)
    if amount_fen:
        appropriate_fund(
            fund, amount_fen=amount_fen, reason="年度拨款", upload=make_upload(), actor=manager
        )
    return fund


def give(fund: Fund, amount_fen: int, buyer: Organisation | None = None) -> Organisation:
    """Allocate money of the fund to a union (a new one by default), which is returned."""
    buyer = buyer or make_union()
    allocate_budget(
        fund, buyer=buyer, amount_fen=amount_fen, reason="下达预算", actor=fund_manager()
    )
    return buyer


def bind(fund: Fund, amounts: dict[str, int], *, award: int = 1, agreement: int = 1) -> list[str]:
    """Reserve and encumber `{pocket: fen}` for a made-up award; the encumbered accounts' codes."""
    actor = fund_manager()
    reserved = {p: accounts.award_reserved(fund, award, p) for p in amounts}
    bound = {p: accounts.agreement_encumbered(fund, agreement, p) for p in amounts}
    for kind, lines in (
        ("reserve", [Line(p, reserved[p], fen) for p, fen in amounts.items()]),
        ("encumber", [Line(reserved[p], bound[p], fen) for p, fen in amounts.items()]),
    ):
        post(
            key=f"{kind}:{fund.pk}:{award}:{agreement}",
            kind=kind,
            lines=lines,
            reference=f"award:{award}",
            actor=actor,
            fund=fund,
        )
    return list(bound.values())


def image() -> tuple[list[tuple[str, int, int]], int]:
    """All of the book that could change: accounts with their sums, and how many journals."""
    rows = Account.objects.order_by("code").values_list("code", "debits", "credits")
    return list(rows), Journal.objects.count()

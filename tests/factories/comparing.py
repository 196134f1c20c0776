"""Statements whose balances follow from their rows, and comparisons, for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from foundation import clock
from foundation.people.models import Person
from foundation.permissions import SYSTEM
from marketplace.payments.statement_models import Statement
from marketplace.payments.statements import import_statement
from marketplace.reconciliation.models import Difference, Reconciliation
from marketplace.reconciliation.operations import ask_reconciliation, run_reconciliations
from tests.factories.ledger import fund_manager
from tests.factories.payments import OUR_ACCOUNT
from tests.factories.statements import icbc

Entry = tuple[str, int, str, str]
"""Day, fen (below zero: went out), what was written, the bank's number."""


def at(day: str, hour: int = 10) -> dt.datetime:
    """That day's morning in Shanghai."""
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), clock.SHANGHAI)


def read_in(
    *entries: Entry,
    opening_fen: int = 0,
    newest_first: bool = False,
    shift: Sequence[int] = (),
    actor: Person | None = None,
    own: str = OUR_ACCOUNT,
) -> Statement:
    """A statement with running balances; `shift` falsifies them row by row."""
    rows, balances, held = [], [], opening_fen
    for place, (day, fen, memo, serial) in enumerate(entries):
        held += fen + (shift[place] if place < len(shift) else 0)
        out, came = (f"{-fen / 100:.2f}", "") if fen < 0 else ("", f"{fen / 100:.2f}")
        rows.append((f"{day} 09:{place:02d}:00", out, came, "对方单位", memo, serial))
        balances.append(f"{held / 100:.2f}")
    if newest_first:
        rows, balances = rows[::-1], balances[::-1]
    data = icbc(rows, balances=balances, own=own).encode()
    return import_statement(name="对账单.csv", data=data, actor=actor or fund_manager())


def compare() -> Reconciliation:
    """Everything compared now."""
    ask_reconciliation(actor=SYSTEM)
    run_reconciliations()
    return Reconciliation.objects.latest("pk")


def standing() -> list[tuple[str, str]]:
    """(kind, state) of every difference, the oldest first."""
    return list(Difference.objects.order_by("pk").values_list("kind", "state"))

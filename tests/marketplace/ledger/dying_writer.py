"""A writer to be killed: posts batches, writing down durably what the book acknowledged.

`found`: lay the schema into an empty database, with a fund · `write NAME FILE`: post until
killed · `check`: say what stands, as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from typing import Any

import django

CODE = "dying"


def found() -> None:
    """An empty database becomes a platform with one fund."""
    from django.core.management import call_command

    from marketplace.ledger.models import Fund

    call_command("found_database")
    Fund.objects.create(
        code=CODE, name=CODE, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2099, 1, 1)
    )


def write(name: str, path: str) -> None:
    """Two events that only make sense together, again and again; each pair acknowledged once."""
    from django.db import connection

    from foundation.permissions import SYSTEM
    from marketplace.ledger import accounts
    from marketplace.ledger.book import Event, Line, post_many
    from marketplace.ledger.models import Fund

    fund = Fund.objects.get(code=CODE)
    there, owed = accounts.fund_available(fund), accounts.authority(fund)
    acknowledged = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    session: Any = connection.connection
    print(session.info.backend_pid if hasattr(session, "info") else "", flush=True)
    for turn in range(1_000_000):
        post_many(
            [
                Event(
                    key=f"{name}:{turn}:{half}",
                    kind="appropriate",
                    lines=[Line(owed, there, 1), Line(owed, there, 2)],
                    reference=f"batch:{name}:{turn}",
                    actor=SYSTEM,
                    fund=fund,
                )
                for half in "ab"
            ]
        )
        os.write(acknowledged, f"{name}:{turn}\n".encode())
        os.fsync(acknowledged)


def check() -> None:
    """What stands, and what is wrong with it."""
    from foundation.seals.operations import seal, verify
    from marketplace.ledger import book  # noqa: F401  # registers the chain
    from marketplace.ledger.models import Account, Journal
    from marketplace.ledger.verification import own_faults

    seal("book")
    account = Account.objects.filter(place="available").first()
    said = {
        "keys": list(Journal.objects.values_list("key", flat=True)),
        "balance": account.balance_fen if account else 0,
        "faults": own_faults() + verify("book"),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    django.setup()
    {"found": found, "write": write, "check": check}[sys.argv[1]](*sys.argv[2:])

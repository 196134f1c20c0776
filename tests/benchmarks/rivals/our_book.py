"""Our book: posting single and in batches out of one hot account, and reading it."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  # after django.setup()

from foundation.organisations.models import Organisation  # noqa: E402  # after django.setup()
from foundation.permissions import SYSTEM  # noqa: E402  # after django.setup()
from marketplace.ledger import accounts  # noqa: E402  # after django.setup()
from marketplace.ledger.book import Event, Line, post, post_many  # noqa: E402  # after setup
from marketplace.ledger.models import Account, Fund  # noqa: E402  # after django.setup()
from marketplace.ledger.queries import balance, statement  # noqa: E402  # after django.setup()
from tests.benchmarks.rivals.clients import as_often_as_possible, obey  # noqa: E402  # after

FUND = Fund.objects.get()
HOT = accounts.fund_available(FUND)
UNIONS = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def _event(key: str, turn: int) -> dict[str, Any]:
    union = UNIONS[turn % len(UNIONS)]
    return {
        "key": f"{key}:{os.getpid()}:{turn}",
        "kind": "allocate",
        "lines": [Line(HOT, accounts.buyer_available(FUND, union), 1)],
        "reference": f"organisation:{union}",
        "actor": SYSTEM,
        "fund": FUND,
    }


def single(turn: int) -> int:
    """One event, one call, as a view would."""
    post(**_event("single", turn))
    return 1


def batch(turn: int) -> int:
    """A hundred events in one call, as an import would."""
    post_many([Event(**_event("batch", turn * 100 + place)) for place in range(100)])
    return 100


def read(argument: str) -> dict[str, float]:
    """Median seconds of the hot account's balance and of its statement's first page."""
    times = int(argument)
    account = Account.objects.get(code=HOT)
    return {
        "balance": _median(times, lambda: balance(HOT)),
        "statement": _median(times, lambda: statement(account)),
    }


def _median(times: int, act: Callable[[], object]) -> float:
    took = []
    for _turn in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def grow(argument: str) -> int:
    """Fill the book up to so many transfers, with every trigger awake; how many there are."""
    with connection.cursor() as cursor:
        # raw: journals and transfers by the hundred thousand, which no person posts
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT count(*) FROM marketplace_transfer")
        there = cursor.fetchone()[0]
        for first in range(there, int(argument), 50_000):
            last = min(first + 50_000, int(argument)) - 1
            cursor.execute(
                "WITH born AS (INSERT INTO marketplace_journal (key, digest, kind, reference, "
                "memo, facts, effective_on, created_at) SELECT 'grow:' || n, md5(n::text), "
                "'allocate', 'organisation:1', '', '{}', current_date, now() "
                "FROM generate_series(%s::int, %s::int) n RETURNING id), "
                "theirs AS (SELECT array_agg(id ORDER BY id) AS ids FROM marketplace_account "
                "WHERE place = 'buyer') "
                "INSERT INTO marketplace_transfer (journal_id, debit_id, credit_id, amount_fen) "
                "SELECT born.id, (SELECT id FROM marketplace_account WHERE code = %s), "
                "theirs.ids[1 + born.id %% array_length(theirs.ids, 1)], 1 FROM born, theirs",
                [first, last, HOT],
            )
        cursor.execute("VACUUM ANALYZE marketplace_transfer, marketplace_journal")
        cursor.execute("VACUUM ANALYZE marketplace_account")
        cursor.execute("SELECT count(*) FROM marketplace_transfer")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    connection.close()  # each client opens its own
    obey(
        {
            "single": as_often_as_possible(single),
            "batch": as_often_as_possible(batch),
            "read": read,
            "grow": grow,
        }
    )

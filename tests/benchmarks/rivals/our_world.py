"""The world our book's clients post in: one rich fund and fifty unions that have an account."""

from __future__ import annotations

import datetime as dt

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # after django.setup()

from foundation.permissions import SYSTEM  # noqa: E402  # after django.setup()
from marketplace.ledger import accounts  # noqa: E402  # after django.setup()
from marketplace.ledger.book import Event, Line, post_many  # noqa: E402  # after django.setup()
from marketplace.ledger.models import Fund  # noqa: E402  # after django.setup()
from tests.factories.organisations import make_union  # noqa: E402  # after django.setup()

if __name__ == "__main__":
    call_command("found_database")
    fund = Fund.objects.create(
        code="bench", name="bench", starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    there = accounts.fund_available(fund)
    steps = [("appropriate", Line(accounts.authority(fund), there, 10**15))]
    unions = [make_union() for _ in range(50)]
    steps += [("allocate", Line(there, accounts.buyer_available(fund, u), 1)) for u in unions]
    post_many(
        [
            Event(f"{kind}:{number}", kind, [line], "bench", SYSTEM, fund)
            for number, (kind, line) in enumerate(steps)
        ]
    )

"""django-hordak with settings of its own: a transfer out of one hot account."""

from __future__ import annotations

import os
import sys

import django
import environ
from django.conf import settings

if __name__ == "__main__":
    settings.configure(
        DATABASES={"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])},
        INSTALLED_APPS=["django.contrib.contenttypes", "mptt", "hordak"],
        USE_TZ=True,
        DEFAULT_CURRENCY="CNY",
        CURRENCIES=["CNY"],
        HORDAK_INTERNAL_CURRENCY="CNY",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from hordak.models import Account, AccountType
    from moneyed import Money

    from tests.benchmarks.rivals.clients import as_often_as_possible, obey

    if sys.argv[1] == "found":
        call_command("migrate", verbosity=0)
        for number in range(51):
            Account.objects.create(
                name=f"account {number}", type=AccountType.asset, currencies=["CNY"]
            )
        sys.exit()

    hot, *others = Account.objects.order_by("pk")
    one = Money(1, "CNY")

    def single(turn: int) -> int:
        """A transaction with its two legs, balanced when it commits."""
        with transaction.atomic():
            hot.transfer_to(others[turn % 50], one)
        return 1

    connection.close()  # each client opens its own
    obey({"single": as_often_as_possible(single)})

"""The lock that decides what was in time: shared by all who hand in, exclusive for who opens."""

from __future__ import annotations

from django.db import connection

from bidding.calls.models import Call


def hold_shared(call_id: int) -> Call:
    """The call as it stands now; it can be neither opened nor moved before we are done.

    Whoever hands in takes this lock before any other and then asks the database's clock, so
    that nothing can be handed in once the opening, which locks the row alone, has begun.
    SQLite has one writer at a time, which is the same promise.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(Call._meta.db_table)
        with connection.cursor() as cursor:
            # raw SQL: Django's select_for_update has no FOR SHARE
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [call_id])
    return Call.objects.get(pk=call_id)

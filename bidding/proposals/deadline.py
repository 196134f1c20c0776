"""The lock that decides what was in time: shared by all who hand in, exclusive for who opens."""

from __future__ import annotations

from typing import Any

from django.db import connection

from bidding.calls.models import Call
from bidding.proposals.models import Proposal
from foundation.operations import lock
from foundation.permissions import allow


def held_in_time(proposal: Proposal, law: str, *related: str, actor: Any) -> Proposal:
    """The proposal locked and its call held, for whoever hands in or withdraws before the closing.

    The law is asked first without waiting: who is late is told so at once, and does not stand
    behind the opening, which holds the call for as long as it takes. The caller asks it again.
    """
    allow(actor, law, Proposal.objects.select_related("call").get(pk=proposal.pk))
    call = hold_shared(proposal.call_id)
    proposal = lock(proposal, *related)
    proposal.call = call
    return proposal


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

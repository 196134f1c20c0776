"""Writing the book: `post`, the only way a fen moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation.errors import Clash, DomainError
from foundation.seals import operations as seals
from marketplace.ledger.events import Event, Line, check, clash, digest_of, once
from marketplace.ledger.models import Fund, Journal, Transfer
from marketplace.ledger.writing import write

__all__ = ["Event", "Line", "Overdrawn", "digest_of", "post", "post_many", "undo"]


class Overdrawn(DomainError):
    """There is not that much money where it was to come from; nothing was posted."""


def post(
    *,
    key: str,
    kind: str,
    lines: Sequence[Line],
    reference: str,
    actor: Any,
    fund: Fund,
    memo: str = "",
    facts: Mapping[str, Any] | None = None,
    reverses: Journal | None = None,
    effective_on: dt.date | None = None,
) -> Journal:
    """Post one event: all of its lines or none.

    The same key with the same content answers with the journal that stands; with other content
    it is refused. A refusal inside a transaction ends that transaction.
    """
    event = Event(
        key, kind, tuple(lines), reference, actor, fund, memo, facts or {}, reverses, effective_on
    )
    return post_many([event])[0]


def post_many(events: Sequence[Event]) -> list[Journal]:
    """Post events in their order, all of them or none; the journals in the same order.

    On PostgreSQL one statement does it all, and is a transaction of its own where none is open.
    """
    for event in events:
        check(event)
    if not events:
        return []
    at_once = connection.vendor == "postgresql" and not connection.in_atomic_block
    try:
        if at_once:
            journals = write(once(events))
        else:
            with transaction.atomic(savepoint=False):
                journals = write(once(events))
    except IntegrityError as refusal:
        raise _sentence(refusal) from refusal
    return [journals[event.key] for event in events]


def undo(journal: Journal, *, key: str, actor: Any, memo: str = "") -> Journal:
    """Post the exact opposite of a journal, which is possible once."""
    lines = [
        Line(debit=step.credit.code, credit=step.debit.code, amount_fen=step.amount_fen)
        for step in journal.transfers.select_related("debit", "credit").order_by("pk")
    ]
    first = journal.transfers.select_related("debit__fund").first()
    if first is None:
        raise DomainError(_("There is nothing to undo."))
    return post(
        key=key,
        kind="reverse",
        lines=lines,
        reference=journal.reference,
        actor=actor,
        fund=first.debit.fund,
        memo=memo,
        reverses=journal,
    )


SENTENCES: dict[str, tuple[type[DomainError], Any]] = {
    "account_no_overdraft": (
        Overdrawn,
        _("There is not enough money for this; nothing was posted."),
    ),
    "account_never_above": (
        DomainError,
        _("More would come back than is owed; nothing was posted."),
    ),
    "account_closed": (
        DomainError,
        _("An account this touches is closed; nothing was posted."),
    ),
    "account_currencies_differ": (
        DomainError,
        _("Money of two currencies cannot be mixed; nothing was posted."),
    ),
    "period_closed": (
        DomainError,
        _("That day lies in a closed period. Post it today, referring back to that day."),
    ),
    "reverses": (Clash, _("This was undone before; nothing was posted.")),
    "journal_once": (Clash, _("This was undone before; nothing was posted.")),
}
"""What the database says when it refuses, and the sentence a person can act on."""


def _sentence(refusal: IntegrityError) -> DomainError:
    words = str(refusal)
    if "journal_clash" in words:
        return clash()
    for mark, (kind, sentence) in SENTENCES.items():
        if mark in words:
            return kind(sentence)
    raise refusal


def _sealed_facts(transfer: Transfer) -> dict[str, Any]:
    journal = transfer.journal
    return {
        "id": transfer.pk,
        "journal": journal.key,
        "digest": journal.digest,
        "kind": journal.kind,
        "reference": journal.reference,
        "memo": journal.memo,
        "facts": journal.facts,
        "reverses": journal.reverses_id,
        "actor": journal.actor_id,
        "effective": journal.effective_on.isoformat(),
        "posted": journal.created_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "debit": transfer.debit.code,
        "credit": transfer.credit.code,
        "amount": transfer.amount_fen,
    }


seals.register("book", Transfer, _sealed_facts, related=("journal", "debit", "credit"))

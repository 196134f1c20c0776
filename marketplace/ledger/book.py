"""Writing the book: `post`, the only way a fen moves."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import Clash, DomainError
from foundation.money import LARGEST_FEN
from foundation.permissions import SYSTEM
from foundation.seals import operations as seals
from foundation.seals.chain import sha256_of
from marketplace.ledger import accounts
from marketplace.ledger.models import Account, Fund, Journal, Transfer


class Overdrawn(DomainError):
    """There is not that much money where it was to come from; nothing was posted."""


@dataclass(frozen=True)
class Line:
    """One step of money: out of `debit`, into `credit` (codes of accounts)."""

    debit: str
    credit: str
    amount_fen: int


@dataclass(frozen=True)
class Event:
    """One business event to be posted; `key` makes it happen once."""

    key: str
    kind: str
    lines: Sequence[Line]
    reference: str
    actor: Any
    fund: Fund
    memo: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    reverses: Journal | None = None
    effective_on: dt.date | None = None

    def plain_facts(self) -> Any:
        """The facts as JSON will keep them."""
        return json.loads(json.dumps(dict(self.facts), cls=DjangoJSONEncoder, default=str))

    def digest(self) -> str:
        """The fingerprint of what is posted: the same content, the same digest."""
        lines = [(line.debit, line.credit, line.amount_fen) for line in self.lines]
        undone = self.reverses.key if self.reverses else None
        return digest_of(
            self.kind, self.reference, self.memo, self.plain_facts(), lines, reverses=undone
        )


def digest_of(
    kind: str,
    reference: str,
    memo: str,
    facts: Any,
    lines: Iterable[tuple[str, str, int]],
    *,
    reverses: str | None,
) -> str:
    """SHA-256 of an event's content, whatever the order of its lines."""
    return sha256_of(
        {
            "kind": kind,
            "reference": reference,
            "memo": memo,
            "facts": facts,
            "lines": sorted(map(list, lines)),
            "reverses": reverses,
        }
    )


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
    """Post events in their order, all of them or none; the journals in the same order."""
    for event in events:
        _check(event)
    with transaction.atomic(savepoint=False):
        for group in _groups(events):
            _open_accounts(group)
            try:
                _write(group)
            except IntegrityError as refusal:
                raise _sentence(refusal) from refusal
        return _standing(events)


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


def _check(event: Event) -> None:
    """Refuse what no book may hold, before the database is asked."""
    if not event.lines or not event.key:
        raise DomainError(_("A posting needs a key and at least one line."))
    if event.kind == "reverse":
        _check_mirror(event)
    froms, tos = set(), set()
    for line in event.lines:
        if isinstance(line.amount_fen, bool) or not isinstance(line.amount_fen, int):
            raise TypeError(f"an amount is whole fen, not {line.amount_fen!r}")
        if not 1 <= line.amount_fen <= LARGEST_FEN:
            raise DomainError(_("The amount has to be more than nothing, and not absurdly large."))
        origin, goal = accounts.read(line.debit), accounts.read(line.credit)
        if event.fund.code not in (origin.fund, origin.other, goal.fund, goal.other):
            raise ValueError(f"{line} does not touch the fund {event.fund.code}")
        if event.kind != "reverse" and not accounts.may_step(event.kind, origin, goal):
            raise ValueError(f"“{event.kind}” does not lead from {line.debit} to {line.credit}")
        froms.add(line.debit)
        tos.add(line.credit)
    steps = [(line.debit, line.credit, line.amount_fen) for line in event.lines]
    if event.kind != "reverse" and not accounts.carries_true(event.kind, steps):
        raise ValueError("what one fund hands on does not arrive in the other")
    if froms & tos:
        raise ValueError(f"in one event an account gives or gets, not both: {froms & tos}")


def _check_mirror(event: Event) -> None:
    if event.reverses is None:
        raise ValueError("a reversal says what it reverses")
    stood = event.reverses.transfers.values_list("credit__code", "debit__code", "amount_fen")
    if sorted(stood) != sorted((line.debit, line.credit, line.amount_fen) for line in event.lines):
        raise ValueError("a reversal is the exact opposite of what it reverses")


def _groups(events: Sequence[Event]) -> list[list[Event]]:
    """Events that may share a statement without one covering for an earlier one's overdraft.

    PostgreSQL looks at an account once a statement. So a group ends before an event that fills
    an account which an event of the group has drawn on; each event then stands on its own, on
    both databases alike.
    """
    groups: list[list[Event]] = [[]]
    drawn: set[str] = set()
    once: dict[str, Event] = {}
    for event in events:
        once.setdefault(event.key, event)
    for event in once.values():
        if drawn & {line.credit for line in event.lines}:
            groups.append([])
            drawn = set()
        groups[-1].append(event)
        drawn |= {line.debit for line in event.lines}
    return groups


def _open_accounts(events: Sequence[Event]) -> None:
    """Create the accounts that are used for the first time (pockets before their promises)."""
    codes = {code for event in events for line in event.lines for code in (line.debit, line.credit)}
    names = {code: accounts.read(code) for code in codes}
    names |= {n.pocket: accounts.read(n.pocket) for n in list(names.values()) if n.pocket}
    there = dict(Account.objects.filter(code__in=names).values_list("code", "pk"))
    missing = sorted(set(names) - set(there), key=lambda code: (bool(names[code].pocket), code))
    if not missing:
        return
    funds = {f.code: f for f in Fund.objects.filter(code__in={names[c].fund for c in missing})}
    for code in missing:
        if names[code].fund not in funds:
            raise ValueError(f"no fund {names[code].fund}")
    for promised in (False, True):
        now = [code for code in missing if bool(names[code].pocket) is promised]
        born = [_born(names[code], funds[names[code].fund], there) for code in now]
        # somebody else may have opened one since; SQLite has one writer and a trigger that minds
        Account.objects.bulk_create(born, ignore_conflicts=connection.vendor == "postgresql")
        there |= dict(Account.objects.filter(code__in=now).values_list("code", "pk"))


def _born(named: accounts.Named, fund: Fund, there: Mapping[str, int]) -> Account:
    """An account as its code says, still empty."""
    return Account(
        code=named.code,
        fund=fund,
        place=named.place,
        pocket_id=there.get(named.pocket or ""),
        organisation_id=named.organisation,
        currency=fund.currency,
        no_overdraft=named.no_overdraft,
    )


_ONE_ROUND_TRIP = """
WITH event AS (
    SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
        %s::bigint[], %s::date[], %s::bigint[], %s::timestamptz[]) AS e (key, digest, kind,
        reference, memo, facts, actor_id, effective_on, reverses_id, created_at)
), line AS (
    SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])
        WITH ORDINALITY AS l (key, debit, credit, amount_fen, position)
), journal AS (
    INSERT INTO marketplace_journal (key, digest, kind, reference, memo, facts, actor_id,
        effective_on, reverses_id, created_at)
    SELECT key, digest, kind, reference, memo, facts::jsonb, actor_id, effective_on, reverses_id,
        created_at FROM event
    ON CONFLICT (key) DO NOTHING RETURNING id, key
)
INSERT INTO marketplace_transfer (journal_id, debit_id, credit_id, amount_fen)
SELECT journal.id, d.id, c.id, line.amount_fen FROM line JOIN journal ON journal.key = line.key
JOIN marketplace_account d ON d.code = line.debit JOIN marketplace_account c ON c.code = line.credit
ORDER BY line.position
"""


def _write(events: Sequence[Event]) -> None:
    """Write journals and transfers; events whose key stands already are passed over."""
    rows = [_row(event) for event in events]
    if connection.vendor != "postgresql":
        _write_alone(events, rows)
        return
    lines = [(e.key, line.debit, line.credit, line.amount_fen) for e in events for line in e.lines]
    for row in rows:
        row["facts"] = json.dumps(row["facts"])
    columns = [[row[name] for row in rows] for name in rows[0]]
    with connection.cursor() as cursor:
        cursor.execute(_ONE_ROUND_TRIP, [*columns, *map(list, zip(*lines, strict=True))])


def _write_alone(events: Sequence[Event], rows: list[dict[str, Any]]) -> None:
    """SQLite has one writer at a time: what stands can be read before it is written."""
    standing = set(
        Journal.objects.filter(key__in=[e.key for e in events]).values_list("key", flat=True)
    )
    codes = {code for e in events for line in e.lines for code in (line.debit, line.credit)}
    numbers = dict(Account.objects.filter(code__in=codes).values_list("code", "pk"))
    fresh: dict[str, tuple[Event, Journal]] = {}
    for event, row in zip(events, rows, strict=True):
        if event.key not in standing:
            fresh.setdefault(event.key, (event, Journal(**row)))
    Journal.objects.bulk_create(journal for _event, journal in fresh.values())
    Transfer.objects.bulk_create(
        Transfer(
            journal=journal,
            debit_id=numbers[line.debit],
            credit_id=numbers[line.credit],
            amount_fen=line.amount_fen,
        )
        for event, journal in fresh.values()
        for line in event.lines
    )


def _row(event: Event) -> dict[str, Any]:
    return {
        "key": event.key,
        "digest": event.digest(),
        "kind": event.kind,
        "reference": event.reference,
        "memo": event.memo,
        "facts": event.plain_facts(),
        "actor_id": None if event.actor is SYSTEM else event.actor.pk,
        "effective_on": event.effective_on or clock.today(),
        "reverses_id": event.reverses.pk if event.reverses else None,
        "created_at": clock.now(),
    }


def _standing(events: Sequence[Event]) -> list[Journal]:
    """The journals as they stand, unless a key was used for something else."""
    found = {j.key: j for j in Journal.objects.filter(key__in=[event.key for event in events])}
    for event in events:
        journal = found[event.key]
        moved = event.effective_on not in (None, journal.effective_on)
        if journal.digest != event.digest() or moved:
            raise Clash(_("This was posted before with other content; nothing was posted."))
    return [found[event.key] for event in events]


def _sentence(refusal: IntegrityError) -> DomainError:
    """The database's refusal as a sentence a person can act on."""
    words = str(refusal)
    if "account_no_overdraft" in words:
        return Overdrawn(_("There is not enough money for this; nothing was posted."))
    if "account_never_above" in words:
        return DomainError(_("More would come back than is owed; nothing was posted."))
    if "account_closed" in words:
        return DomainError(_("An account this touches is closed; nothing was posted."))
    if "account_currencies_differ" in words:
        return DomainError(_("Money of two currencies cannot be mixed; nothing was posted."))
    if "reverses" in words or "journal_once" in words:
        return Clash(_("This was undone before; nothing was posted."))
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

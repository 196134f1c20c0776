"""The hands of the book: events written down in one round trip (PostgreSQL) or one by one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection

from foundation import clock
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.events import Event, clash, turns
from marketplace.ledger.models import Account, Fund, Journal
from marketplace.ledger.posting import CALL, CALL_ONE
from marketplace.ledger.straight import straight_cursor

_COLUMNS = (
    "key",
    "digest",
    "kind",
    "reference",
    "memo",
    "facts",
    "actor_id",
    "effective_on",
    "reverses_id",
    "created_at",
)


def write(events: Sequence[Event]) -> dict[str, Journal]:
    """{key: journal} of these events (each key once): written now, or standing already."""
    if connection.vendor == "postgresql":
        return _write_straight(*events) if len(events) == 1 else _write_at_once(events)
    return {event.key: _write_one(event) for event in events}


def _row(event: Event, now: dt.datetime, today: dt.date) -> dict[str, Any]:
    return {
        "key": event.key,
        "digest": event.digest,
        "kind": event.kind,
        "reference": event.reference,
        "memo": event.memo,
        "facts": event.plain_facts,
        "actor_id": None if event.actor is SYSTEM else event.actor.pk,
        "effective_on": event.effective_on or today,
        "reverses_id": event.reverses.pk if event.reverses else None,
        "created_at": now,
    }


_FIELDS = [field.attname for field in Journal._meta.concrete_fields]


def _journal(pk: int, row: dict[str, Any], **stands: Any) -> Journal:
    """The row as it lies in the database, without asking for it again."""
    whole = {**row, **stands, "id": pk}
    return Journal.from_db(DEFAULT_DB_ALIAS, _FIELDS, [whole[name] for name in _FIELDS])


def _names(events: Iterable[Event]) -> list[accounts.Named]:
    """What every account these events touch is, and the pockets of promised money."""
    codes = {code for e in events for line in e.lines for code in (line.debit, line.credit)}
    names = [accounts.read(code) for code in codes]
    pockets = {name.pocket for name in names if name.pocket} - codes
    return [*names, *map(accounts.read, pockets)]


@lru_cache(maxsize=20_000)
def _told(name: accounts.Named) -> str:
    """An account as the database is told of it, should it be used for the first time."""
    return json.dumps(
        {
            "code": name.code,
            "fund": name.fund,
            "place": name.place,
            "pocket": name.pocket,
            "organisation": name.organisation,
            "no_overdraft": name.no_overdraft,
        }
    )


def _array(values: Iterable[object]) -> str:
    """PostgreSQL's text for an array of codes or numbers, which hold nothing to be quoted."""
    return "{" + ",".join(map(str, values)) + "}"


def _write_straight(event: Event) -> dict[str, Journal]:
    """One event: everything as plain values, one statement, no more than has to be."""
    row = _row(event, clock.now(), clock.today())
    cursor = straight_cursor()
    # raw: one call opens, writes and answers (posting.py), which the ORM has no word for
    cursor.execute(
        CALL_ONE,
        [
            *(event.key, event.digest, event.kind, event.reference, event.memo),
            *(json.dumps(row["facts"], ensure_ascii=False), row["actor_id"], row["effective_on"]),
            *(event.effective_on is not None, row["reverses_id"], row["created_at"]),
            _array(line.debit for line in event.lines),
            _array(line.credit for line in event.lines),
            _array(line.amount_fen for line in event.lines),
            "[" + ",".join(map(_told, _names([event]))) + "]",
        ],
    )
    fresh, standing = cursor.fetchone()
    if fresh is not None:
        return {event.key: _journal(int(fresh), row)}
    stands = json.loads(standing)
    return {event.key: _journal(stands.pop("id"), row, **_stands(**stands))}


def _write_at_once(events: Sequence[Event]) -> dict[str, Journal]:
    now, today = clock.now(), clock.today()
    rows = {event.key: _row(event, now, today) for event in events}
    numbers = turns(events)
    said = [
        {**rows[event.key], "day_given": event.effective_on is not None, "turn": turn}
        for event, turn in zip(events, numbers, strict=True)
    ]
    given = {
        "turns": numbers[-1] + 1,
        "events": said,
        "lines": [
            {"key": e.key, "debit": line.debit, "credit": line.credit, "fen": line.amount_fen}
            for e in events
            for line in e.lines
        ],
    }
    written = json.dumps(given, default=_moment, ensure_ascii=False)
    written = f'{written[:-1]}, "accounts": [{", ".join(map(_told, _names(events)))}]}}'
    cursor = straight_cursor()
    # raw: one call opens, writes and answers (posting.py), which the ORM has no word for
    cursor.execute(CALL, [written])
    fresh, standing = cursor.fetchone()
    found = {key: _journal(pk, rows[key]) for part in json.loads(fresh) for key, pk in part.items()}
    for key, pk, actor, day, moment in json.loads(standing or "[]"):
        if key not in found:
            stands = _stands(actor_id=actor, effective_on=day, created_at=moment)
            found[key] = _journal(pk, rows[key], **stands)
    return found


def _stands(*, effective_on: str, created_at: str, **facts: Any) -> dict[str, Any]:
    """What PostgreSQL told as JSON of a journal that stood before."""
    return {
        **facts,
        "effective_on": dt.date.fromisoformat(effective_on),
        "created_at": dt.datetime.fromisoformat(created_at),
    }


def _moment(value: dt.date) -> str:
    return value.isoformat()


_JOURNAL = (
    f"INSERT INTO marketplace_journal ({', '.join(_COLUMNS)}) "
    f"SELECT {', '.join(['%s'] * len(_COLUMNS))} "
    "WHERE NOT EXISTS (SELECT 1 FROM marketplace_journal WHERE key = %s) RETURNING id"
)
_TRANSFER = (
    "(%s, (SELECT id FROM marketplace_account WHERE code = %s), "
    "(SELECT id FROM marketplace_account WHERE code = %s), %s)"
)


def _write_one(event: Event) -> Journal:
    """SQLite has one writer at a time: two statements, four when an account is used first."""
    row = _row(event, clock.now(), clock.today())
    stored = {
        **row,
        "facts": json.dumps(row["facts"], cls=DjangoJSONEncoder),
        "effective_on": connection.ops.adapt_datefield_value(row["effective_on"]),
        "created_at": connection.ops.adapt_datetimefield_value(row["created_at"]),
    }
    with connection.cursor() as cursor:
        # raw: the journal unless it stands, and its lines by their codes, without reading first
        cursor.execute(_JOURNAL, [*(stored[name] for name in _COLUMNS), event.key])
        born = cursor.fetchall()
        if not born:
            return _standing(event)
        [(pk,)] = born
        lines = [v for line in event.lines for v in (pk, line.debit, line.credit, line.amount_fen)]
        insert = (
            "INSERT INTO marketplace_transfer (journal_id, debit_id, credit_id, amount_fen) "
            f"VALUES {', '.join([_TRANSFER] * len(event.lines))}"
        )
        try:
            cursor.execute(insert, lines)
        except IntegrityError as refusal:
            if "NOT NULL" not in str(refusal):
                raise
            _open_accounts(event)
            cursor.execute(insert, lines)
    return _journal(pk, row)


def _standing(event: Event) -> Journal:
    """The journal that was posted under this key, unless it was something else."""
    journal = Journal.objects.get(key=event.key)
    moved = event.effective_on not in (None, journal.effective_on)
    if journal.digest != event.digest or moved:
        raise clash()
    return journal


def _open_accounts(event: Event) -> None:
    """Create the accounts that are used for the first time, pockets before their promises."""
    names = {name.code: name for name in _names([event])}
    there = dict(Account.objects.filter(code__in=names).values_list("code", "pk"))
    missing = [names[code] for code in sorted(set(names) - set(there))]
    funds = {f.code: f for f in Fund.objects.filter(code__in={name.fund for name in missing})}
    for named in sorted(missing, key=lambda named: bool(named.pocket)):
        if named.fund not in funds:
            raise ValueError(f"no fund {named.fund}")
        account = Account.objects.create(
            code=named.code,
            fund=funds[named.fund],
            place=named.place,
            pocket_id=there.get(named.pocket or ""),
            organisation_id=named.organisation,
            currency=funds[named.fund].currency,
            no_overdraft=named.no_overdraft,
        )
        there[named.code] = account.pk

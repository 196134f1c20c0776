"""Business events to be posted, and what no book may hold whatever the database says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from foundation.errors import Clash, DomainError
from foundation.money import LARGEST_FEN
from foundation.seals.chain import sha256_of
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund, Journal


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

    @cached_property
    def plain_facts(self) -> Any:
        """The facts as JSON will keep them."""
        if not self.facts:
            return {}
        return json.loads(json.dumps(dict(self.facts), cls=DjangoJSONEncoder, default=str))

    @cached_property
    def steps(self) -> list[tuple[str, str, int]]:
        """The lines as plain tuples."""
        return [(line.debit, line.credit, line.amount_fen) for line in self.lines]

    @cached_property
    def digest(self) -> str:
        """The fingerprint of what is posted: the same content, the same digest."""
        undone = self.reverses.key if self.reverses else None
        return digest_of(
            self.kind, self.reference, self.memo, self.plain_facts, self.steps, reverses=undone
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


def check(event: Event) -> None:
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
    if event.kind != "reverse" and not accounts.carries_true(event.kind, event.steps):
        raise ValueError("what one fund hands on does not arrive in the other")
    if froms & tos:
        raise ValueError(f"in one event an account gives or gets, not both: {froms & tos}")


def _check_mirror(event: Event) -> None:
    if event.reverses is None:
        raise ValueError("a reversal says what it reverses")
    stood = event.reverses.transfers.values_list("credit__code", "debit__code", "amount_fen")
    if sorted(stood) != sorted(event.steps):
        raise ValueError("a reversal is the exact opposite of what it reverses")


def once(events: Iterable[Event]) -> list[Event]:
    """Each key's event once, in order; the same key with other content is refused."""
    first: dict[str, Event] = {}
    for event in events:
        stands = first.setdefault(event.key, event)
        if stands is not event and (
            stands.digest != event.digest or event.effective_on not in (None, stands.effective_on)
        ):
            raise clash()
    return list(first.values())


def clash() -> Clash:
    """The refusal of a key that was used for something else."""
    return Clash(_("This was posted before with other content; nothing was posted."))


def turns(events: Sequence[Event]) -> list[int]:
    """Which statement each event goes into, so that none covers for an earlier one's overdraft.

    PostgreSQL looks at an account once a statement. So a turn ends before an event that fills
    an account which an event of the turn has drawn on; each event then stands on its own, on
    both databases alike.
    """
    found: list[int] = []
    drawn: set[str] = set()
    turn = 0
    for event in events:
        if not drawn.isdisjoint(line.credit for line in event.lines):
            turn, drawn = turn + 1, set()
        found.append(turn)
        drawn.update(line.debit for line in event.lines)
    return found

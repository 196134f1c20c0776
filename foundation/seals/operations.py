"""Sealing: rows are appended freely and sealed in blocks later, so no chain makes writers queue."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, OperationalError, connection, models, transaction

from foundation import clock
from foundation.seals.chain import GENESIS, seal_of
from foundation.seals.guards import missing_guards
from foundation.seals.models import Seal

log = logging.getLogger(__name__)

CHAINS: dict[str, Chain] = {}


@dataclass(frozen=True)
class Chain:
    """An append-only table that is sealed: its name, its model, and what of a row is sealed."""

    name: str
    model: type[models.Model]
    facts: Callable[[Any], Any]
    related: tuple[str, ...] = ()

    def rows(self, first: int, last: int) -> Iterator[Any]:
        """The facts of the rows numbered `first` to `last`, in order."""
        block = self.model._default_manager.filter(pk__gte=first, pk__lte=last).order_by("pk")
        if self.related:
            block = block.select_related(*self.related)
        return (self.facts(row) for row in block.iterator(chunk_size=2000))


def register(
    name: str,
    model: type[models.Model],
    facts: Callable[[Any], Any],
    related: tuple[str, ...] = (),
) -> None:
    """Name a table that is to be sealed; `related` names what to load along with its rows."""
    CHAINS[name] = Chain(name, model, facts, related)


def frontier(model: type[models.Model]) -> int:
    """The highest row number below which nothing can still appear (0 for an empty table).

    A row gets its number after its statement has locked the table. A moment alone with the
    table therefore means: every number drawn so far is committed or gone for good.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE MODE")
        last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def seal(name: str) -> Seal | None:
    """Seal everything of the chain that is not sealed yet; None when there is nothing new.

    Two sealers at once: the second one's row breaks the unique (chain, number), is undone, and
    its rows are in the first one's seal or in the next.
    """
    chain = CHAINS[name]
    before = Seal.objects.filter(chain=name).order_by("-number").first()
    first = before.last_row + 1 if before else 1
    last = frontier(chain.model)
    if last < first:
        return None
    previous = before.sha256 if before else GENESIS
    digest, rows = seal_of(previous, chain.rows(first, last))
    try:
        with transaction.atomic():
            return Seal.objects.create(
                chain=name,
                number=before.number + 1 if before else 1,
                first_row=first,
                last_row=last,
                rows=rows,
                previous_sha256=previous,
                sha256=digest,
                sealed_at=clock.now(),
            )
    except IntegrityError:
        return None


def seal_all() -> int:
    """Seal every chain; returns how many seals were set.

    A table that is too busy to be alone with for a moment is left for the next time.
    """
    count = 0
    for name in sorted(CHAINS):
        try:
            count += seal(name) is not None
        except OperationalError:
            log.warning("chain %s is busy: sealed next time", name)
    return count


def verify(name: str) -> list[str]:
    """What is wrong with the chain, a sentence each; an empty list when nothing is."""
    chain = CHAINS[name]
    faults = [
        f"{name}: {fault}"
        for table in (chain.model._meta.db_table, Seal._meta.db_table)
        for fault in missing_guards(connection, table)
    ]
    previous, next_row = GENESIS, 1
    for number, block in enumerate(Seal.objects.filter(chain=name).order_by("number"), start=1):
        if block.number != number:
            faults.append(f"{name}: seal {number} is missing")
            break
        if block.first_row != next_row or block.previous_sha256 != previous:
            faults.append(f"{name}: seal {number} does not follow seal {number - 1}")
        digest, rows = seal_of(block.previous_sha256, chain.rows(block.first_row, block.last_row))
        if (digest, rows) != (block.sha256, block.rows):
            faults.append(
                f"{name}: rows {block.first_row} to {block.last_row} are not what was sealed "
                f"on {block.sealed_at:%Y-%m-%d %H:%M}"
            )
        previous, next_row = block.sha256, block.last_row + 1
    return faults

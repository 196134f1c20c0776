"""What a sample can be drawn from: the rows of one kind, of a fund or call and a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from bidding.calls.models import Call
from bidding.evaluation.models import Screening
from foundation import clock
from marketplace.agreements.models import Agreement
from marketplace.auditing.drawing import Drawn, draw
from marketplace.auditing.models import Sample, SampleKind
from marketplace.delivery.models import Project
from marketplace.ledger.models import Fund, Journal, Transfer
from marketplace.payments.models import Payout


@dataclass(frozen=True)
class Population:
    """Rows of one kind: which column says the fund, the call and the day (all settled at birth)."""

    model: type[Model]
    fund: str
    call: str
    day: str
    is_moment: bool = True


POPULATIONS: dict[str, Population] = {
    SampleKind.JOURNALS: Population(Journal, "", "", "effective_on", is_moment=False),
    SampleKind.PAYOUTS: Population(Payout, "batch__fund", "", "batch__made_at"),
    SampleKind.AGREEMENTS: Population(
        Agreement, "award__fund", "award__proposal__call", "drawn_up_at"
    ),
    SampleKind.PROJECTS: Population(
        Project, "agreement__award__fund", "agreement__award__proposal__call", "started_at"
    ),
    SampleKind.SCREENINGS: Population(Screening, "", "proposal__call", "decided_at"),
}


def rows_of_kind(
    kind: str,
    *,
    fund: Fund | None = None,
    call: Call | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[Any]:
    """The rows a sample is drawn from, in the order of their numbers."""
    population = POPULATIONS[kind]
    rows = population.model._default_manager.order_by("pk")
    if fund and kind == SampleKind.JOURNALS:
        sides = Q(debit__fund=fund) | Q(credit__fund=fund)
        rows = rows.filter(pk__in=Transfer.objects.filter(sides).values("journal"))
    elif fund:
        rows = rows.filter(**{population.fund: fund})
    if call:
        rows = rows.filter(**{population.call: call})
    if since:
        rows = rows.filter(**{f"{population.day}__gte": _begin(population, since)})
    if until:
        rows = rows.filter(**{f"{population.day}__lt": _begin(population, until, days=1)})
    return rows


def _begin(population: Population, day: dt.date, *, days: int = 0) -> dt.date | dt.datetime:
    """The day as the column compares it: a date, or the first moment of it in Shanghai."""
    day += dt.timedelta(days=days)
    if not population.is_moment:
        return day
    return dt.datetime.combine(day, dt.time.min, clock.SHANGHAI)


def rows_of(sample: Sample) -> QuerySet[Any]:
    """The rows the sample was drawn from: later ones are left out."""
    rows = rows_of_kind(
        sample.kind, fund=sample.fund, call=sample.call, since=sample.since, until=sample.until
    )
    return rows.filter(pk__lte=sample.last_row)


def identifiers_of(kind: str, rows: QuerySet[Any]) -> Iterator[str]:
    """`journals:17` …, one for each row, in the order of their numbers."""
    for pk in rows.values_list("pk", flat=True).iterator(chunk_size=5000):
        yield f"{kind}:{pk}"


def drawn_again(sample: Sample) -> Drawn:
    """The same draw once more, from the rows as they stand now."""
    return draw(sample.seed, identifiers_of(sample.kind, rows_of(sample)), sample.size)

"""How the answering goes: how many sheets came from where, against what is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate

from bidding.needs.collecting_models import Quota
from bidding.needs.industries import INDUSTRIES
from bidding.needs.models import Channel, Doubt, Response, Survey
from foundation.clock import SHANGHAI
from foundation.organisations.models import District


@dataclass(frozen=True)
class Place:
    """One district, industry or union: how many came, how many are wanted (None: no number)."""

    name: Any
    came: int
    wanted: int | None = None
    quota: Quota | None = None

    @property
    def is_full(self) -> bool:
        """Did as many come as are wanted?"""
        return self.wanted is not None and self.came >= self.wanted


@dataclass
class Standing:
    """What came in so far."""

    total: int = 0
    channels: list[tuple[Any, int]] = field(default_factory=list)
    doubts: list[tuple[Any, int]] = field(default_factory=list)
    days: list[tuple[Any, int]] = field(default_factory=list)
    districts: list[Place] = field(default_factory=list)
    industries: list[Place] = field(default_factory=list)
    unions: list[Place] = field(default_factory=list)


def standing_of(survey: Survey) -> Standing:
    """Everything the monitor shows (five queries)."""
    rows = Response.objects.filter(survey=survey).order_by()
    channels, doubts = _by(rows, "channel", "doubt")
    districts, industries, unions = _by(rows, "district", "industry", "union")
    quotas = list(survey.quotas.select_related("union__organisation", "district"))
    days = rows.annotate(day=TruncDate("answered_at", tzinfo=SHANGHAI)).values_list("day")
    return Standing(
        total=sum(channels.values()),
        channels=[(Channel(key).label, n) for key, n in sorted(channels.items())],
        doubts=[(Doubt(key).label, n) for key, n in sorted(doubts.items()) if key],
        days=list(days.annotate(n=Count("pk")).order_by("-day")[:14])[::-1],
        districts=_places(
            districts,
            [(district.pk, district) for district in District.objects.all()],
            {quota.district_id: quota for quota in quotas if quota.district_id},
        ),
        industries=_places(industries, INDUSTRIES, {q.industry: q for q in quotas if q.industry}),
        unions=_places(
            unions,
            [(quota.union_id, quota.union) for quota in quotas if quota.union_id],
            {quota.union_id: quota for quota in quotas if quota.union_id},
        ),
    )


def _by(rows: Any, *columns: str) -> list[Counter[Any]]:
    """How many sheets have which value, for each of the columns."""
    found: list[Counter[Any]] = [Counter() for _column in columns]
    for *values, n in rows.values_list(*columns).annotate(n=Count("pk")):
        for counter, value in zip(found, values, strict=True):
            counter[value] += n
    return found


def _places(
    counts: Counter[Any], names: Iterable[tuple[Any, Any]], quotas: dict[Any, Quota]
) -> list[Place]:
    """Those from where somebody answered or is wanted to; the furthest behind first."""
    found = [
        Place(name, counts[key], quotas[key].wanted if key in quotas else None, quotas.get(key))
        for key, name in names
        if counts[key] or key in quotas
    ]
    return sorted(found, key=lambda p: (p.wanted is None, p.came / (p.wanted or 1), -p.came))

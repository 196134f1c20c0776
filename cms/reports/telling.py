"""What each block of a page tells: live as of a moment, or frozen when the page was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.cache import cache

from bidding.needs.models import Survey
from bidding.needs.statistics import widest_margin
from cms.reports.asking import Asker, said
from cms.reports.models import FrozenFact
from cms.reports.shapes import Fact, digest_of
from foundation import clock
from foundation.organisations.queries import federation

SECONDS = 60
"""So long may a live fact be behind the database; the moment it shows is its own."""


@dataclass(frozen=True)
class Told:
    """A block's fact, and since when it is so.

    `state` is "live", "frozen", or "coming" in a preview: will be frozen when published.
    """

    fact: Fact | None
    at: dt.datetime
    state: str

    @cached_property
    def digest(self) -> str:
        """The fact's fingerprint, for its drawing and for whoever compares."""
        return digest_of(self.fact) if self.fact else ""


@dataclass(frozen=True)
class Part:
    """One block of a page with what it tells (None: it holds an editor's words)."""

    block: Any
    told: Told | None


@dataclass(frozen=True)
class Sample:
    """Whom the survey speaks for: what stands under a report's title.

    `effective` is the size of a plain sample that would be as sure; None where nothing is weighted.
    """

    n: int
    effective: float | None
    margin: float
    population: int
    federation: list[str]


def holds_facts(block: Any) -> bool:
    """Does the block ask the database (else it holds words)?"""
    return hasattr(block.block, "fact")


def is_frozen(block: Any) -> bool:
    """Did the editor choose to freeze the block's fact at publication?"""
    return holds_facts(block) and block.value.get("hold") == "frozen"


def gather(blocks: Iterable[Any], survey: Survey | None) -> dict[str, Fact | None]:
    """{block's id: what it says now}, all asked together."""
    return _gather(blocks, Asker(survey))


def _gather(blocks: Iterable[Any], asker: Asker) -> dict[str, Fact | None]:
    return {b.id: b.block.fact(b.value, asker) for b in blocks if holds_facts(b)}


def sample_of(asker: Asker, survey: Survey) -> Sample:
    """How many answered, and how sure that makes the figures."""
    counted, house = asker.counted(survey), federation()
    sure = counted.effective
    return Sample(
        n=counted.n,
        effective=sure if counted.is_weighted else None,
        margin=widest_margin(sure) if sure else 0,
        population=survey.population,
        federation=said(house, "name") if house else ["", ""],
    )


def live_parts(page: Any) -> tuple[list[Part], Sample]:
    """The parts of a published page: live facts at most a minute old, frozen ones as stored."""
    frozen = {str(row.block): row for row in FrozenFact.objects.filter(page=page.pk)}
    wanted = [b for b in page.body if not (is_frozen(b) and b.id in frozen)]
    key = f"report:{page.pk}:{page.live_revision_id}:{len(wanted)}"
    kept = cache.get(key)
    if kept is None:
        asker = Asker(page.survey)
        kept = (clock.now(), _gather(wanted, asker), sample_of(asker, page.survey))
        cache.set(key, kept, SECONDS)
    moment, facts, sample = kept
    parts = []
    for block in page.body:
        told = None
        if block.id in facts:
            told = Told(facts[block.id], moment, "live")
        elif block.id in frozen:
            row = frozen[block.id]
            told = Told(row.fact, row.frozen_at, "frozen")
        parts.append(Part(block, told))
    return parts, sample


def preview_parts(page: Any) -> tuple[list[Part], Sample]:
    """The parts of a draft, every fact as it is now."""
    asker, now = Asker(page.survey), clock.now()
    facts = _gather(page.body, asker)
    parts = [
        Part(
            block,
            Told(facts[block.id], now, "coming" if is_frozen(block) else "live")
            if block.id in facts
            else None,
        )
        for block in page.body
    ]
    return parts, sample_of(asker, page.survey)

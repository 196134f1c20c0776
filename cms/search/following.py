"""Keeping the index true: it follows the trail of what people did, and is made anew each night.

Pages tell of themselves the moment they are published or taken down (Wagtail's signals). What
the index holds too much is harmless: whatever is found is asked for again before it is shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from cms.search.sources import PAGES, SOURCES
from foundation import clock
from foundation.audit.models import Entry
from foundation.search import index
from foundation.search.models import Findable, Followed

AT_ONCE = 300
BEHIND = dt.timedelta(minutes=2)
LOOK_BACK = 1000
"""An entry may be committed after one with a greater number: so far back is read once more."""

Keys = Callable[[list[str]], QuerySet[Any]]


def _by(kind: str, lookup: str) -> Keys:
    return lambda ids: SOURCES[kind].rows().filter(**{f"{lookup}__in": ids})


CONCERNED: dict[str, list[tuple[str, str]]] = {
    "bidding.call": [("call", "pk"), ("notice", "call")],
    "bidding.survey": [("need", "survey")],
    "bidding.need": [("need", "pk")],
    "bidding.notice": [("notice", "pk")],
    "foundation.organisation": [("organisation", "pk")],
    "marketplace.project": [("project", "pk")],
    "marketplace.agreement": [("project", "agreement")],
}
"""What an act upon a subject may have changed: (kind, how it points to the subject)."""


def write(kind: str, asked: Iterable[str] | None, rows: QuerySet[Any]) -> int:
    """Write these things into the index; of those asked about, who is not public leaves it."""
    said = {}
    with override("zh-hans"):  # labels of categories and districts stand in their own language
        for thing in rows.iterator(chunk_size=AT_ONCE):
            said[str(thing.pk)] = SOURCES[kind].said(thing)
    index.keep(kind, asked or (), said)
    return len(said)


def follow() -> int:
    """Write what was done since the last time; returns how many entries were read."""
    with transaction.atomic():
        seen, _new = Followed.objects.select_for_update().get_or_create(
            name="search", defaults={"at": clock.now() - BEHIND}
        )
        entries = list(
            Entry.objects.filter(pk__gt=seen.entry - LOOK_BACK, at__gte=seen.at - BEHIND)
            .filter(subject_type__in=CONCERNED)
            .values_list("pk", "at", "subject_type", "subject_id")
        )
        subjects: dict[str, set[str]] = {}
        for _pk, _at, subject_type, subject_id in entries:
            subjects.setdefault(subject_type, set()).add(subject_id)
        for subject_type, ids in subjects.items():
            for kind, lookup in CONCERNED[subject_type]:
                asked = ids if lookup == "pk" else None
                write(kind, asked, _by(kind, lookup)(sorted(ids)))
        if entries:
            seen.entry = max(seen.entry, *(pk for pk, *_rest in entries))
            seen.at = max(seen.at, *(at for _pk, at, *_rest in entries))
            seen.save()
    return len(entries)


def write_page(pk: int) -> None:
    """A page was published, moved, taken down or thrown away: have it found, or not."""
    for kind in PAGES.values():
        write(kind, [str(pk)], SOURCES[kind].rows().filter(pk=pk))


def write_pages() -> None:
    """Every page anew."""
    for kind in PAGES.values():
        anew(kind)


def anew(kind: str) -> int:
    """Everything of a kind anew, in parts; returns how many things there are."""
    rows = SOURCES[kind].rows().order_by("pk")
    count, last = 0, 0
    while True:
        part = list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE])
        if not part:
            break
        keys = Findable.objects.filter(kind=kind, key__in=[str(pk) for pk in part])
        known = set(keys.values_list("key", flat=True))
        count += write(kind, known, rows.filter(pk__in=part))
        last = part[-1]
    gone = Findable.objects.filter(kind=kind).values_list("key", flat=True)
    there = {str(pk) for pk in rows.prefetch_related(None).values_list("pk", flat=True).iterator()}
    index.drop(kind, [key for key in gone.iterator() if key not in there])
    return count


def everything_anew() -> int:
    """The whole index anew (each night, and after rows came by other ways than operations)."""
    return sum(anew(kind) for kind in SOURCES)

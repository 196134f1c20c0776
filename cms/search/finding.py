"""From a query to what is shown: ranked, counted by kind, and asked again whether it is public."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from cms.pages.base import address_in
from cms.search.sources import PAGES, SOURCES, kinds_here, shown
from cms.serving import root_paths
from foundation.search.index import MOST_OF_A_KIND, Hit, look_up
from foundation.search.models import Findable
from foundation.search.words import LONGEST_QUERY, Term, marked, terms_of

PER_PAGE = 20
FORWARD = {"pagezh": 1.5, "pageen": 1.5, "call": 1.3}
"""Words that explain, and what is open, stand before one project among many."""

Parts = list[tuple[str, bool]]


@dataclass(frozen=True)
class Found:
    """One thing that was found, as the list shows it."""

    kind: Any
    title: Parts
    snippet: Parts
    url: str
    thing: Any


@dataclass(frozen=True)
class Facet:
    """A kind of thing, and how many of it were found (at the most so many are counted)."""

    name: str
    label: Any
    count: int
    is_capped: bool
    here: bool


@dataclass(frozen=True)
class Answer:
    """What a query brought."""

    query: str
    terms: list[Term]
    kind: str = ""
    facets: list[Facet] = field(default_factory=list)
    page: Page[Any] | None = None
    found: list[Found] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many were found, of every kind."""
        return sum(facet.count for facet in self.facets)

    @property
    def is_capped(self) -> bool:
        """Are there more than were counted?"""
        return any(facet.is_capped for facet in self.facets)


def find(query: str, kind: str, number: Any) -> Answer:
    """The page `number` of what was found for the query (two queries, and one for each kind)."""
    query = " ".join(query.replace("\0", "").split())[:LONGEST_QUERY]
    terms = terms_of(query)
    kinds = kinds_here()
    asked = next((name for name in kinds if _public(name) == kind), "")
    hits = look_up(query, kinds)
    facets = _facets(hits, kinds, asked)
    rows = [hit for hit in hits if not asked or hit.kind == asked]
    rows.sort(key=lambda hit: (-hit.rank * FORWARD.get(hit.kind, 1.0), -hit.id))
    page = Paginator(rows, PER_PAGE).get_page(number)
    return Answer(query, terms, kind if asked else "", facets, page, _shown(list(page), terms))


def _public(kind: str) -> str:
    """A kind's name in an address: pages are pages in either language."""
    return "page" if kind in PAGES.values() else kind


def _facets(hits: list[Hit], kinds: list[str], asked: str) -> list[Facet]:
    counts = dict.fromkeys(kinds, 0)
    for hit in hits:
        counts[hit.kind] += 1
    return [
        Facet(_public(kind), SOURCES[kind].label, count, count >= MOST_OF_A_KIND, kind == asked)
        for kind, count in counts.items()
        if count or kind == asked
    ]


def _shown(hits: list[Hit], terms: list[Term]) -> list[Found]:
    rows = {row.pk: row for row in Findable.objects.filter(pk__in=[hit.id for hit in hits])}
    keys: dict[str, list[str]] = {}
    for row in rows.values():
        keys.setdefault(row.kind, []).append(row.key)
    things = {kind: shown(kind, of_it) for kind, of_it in keys.items()}
    roots = root_paths()
    found = []
    for hit in hits:
        one = rows.get(hit.id)
        thing = things[one.kind].get(one.key) if one else None
        if one is None or thing is None:  # not public any more
            continue
        source = SOURCES[one.kind]
        url = (
            _page_address(thing, roots) if one.kind in PAGES.values() else thing.get_absolute_url()
        )
        title = marked(source.title(thing), terms, length=200)
        found.append(Found(source.label, title, marked(one.text, terms), url, thing))
    return found


def _page_address(page: Any, roots: dict[str, str]) -> str:
    code = next(code for code, root in roots.items() if page.url_path.startswith(root))
    return address_in(roots[code], page.url_path)

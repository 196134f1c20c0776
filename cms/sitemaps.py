"""The site's map for search engines: pages, calls, needs and projects in both languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.utils.translation import override

from bidding.calls.models import Call
from bidding.calls.queries import calls_visible_to
from bidding.needs.models import Need
from bidding.needs.queries import published_needs
from bidding.notices.models import Notice
from bidding.notices.queries import notices_visible_to
from cms.pages.base import address_in
from cms.serving import root_paths
from cms.shown import live_pages
from foundation.organisations.models import Organisation
from foundation.organisations.queries import organisations_visible_to
from foundation.structured import absolute
from marketplace.delivery.models import Project


@dataclass(frozen=True)
class Place:
    """Where a page is in one language."""

    key: Any
    code: str
    path: str
    changed_at: dt.datetime | None


class PageMap(Sitemap[Place]):
    """Every live page in every language, each with its twins (one query)."""

    def items(self) -> list[Place]:
        """In the order of the trees."""
        roots = root_paths()
        rows = live_pages().public().filter(depth__gt=1).order_by("path")
        found = []
        for key, code, url_path, changed_at in rows.values_list(
            "translation_key", "locale__language_code", "url_path", "last_published_at"
        ):
            if url_path.startswith(roots.get(code, "\0")):
                with override(code):
                    found.append(Place(key, code, address_in(roots[code], url_path), changed_at))
        return found

    def lastmod(self, place: Place) -> dt.datetime | None:
        """When it was published last."""
        return place.changed_at

    def _urls(self, page: Any, protocol: Any, domain: Any) -> list[dict[str, Any]]:
        places = self.paginator.object_list
        twins: dict[Any, list[Place]] = {}
        for place in places:
            twins.setdefault(place.key, []).append(place)
        return [
            {
                "item": place,
                "location": absolute(place.path),
                "lastmod": place.changed_at,
                "alternates": [
                    {"location": absolute(twin.path), "lang_code": twin.code}
                    for twin in twins[place.key]
                ],
            }
            for place in self.paginator.page(page).object_list
        ]


class _Facts(Sitemap[Any]):
    i18n = True
    alternates = True
    limit = 5000


class CallMap(_Facts):
    """Every call that is public."""

    def items(self) -> QuerySet[Call]:
        """Newest first."""
        return calls_visible_to(AnonymousUser()).order_by("-pk")


class NeedMap(_Facts):
    """Every need that is public."""

    def items(self) -> QuerySet[Need]:
        """Newest first."""
        return published_needs().order_by("-pk")


class ResultMap(_Facts):
    """Every notice of a result."""

    def items(self) -> QuerySet[Notice]:
        """Newest first."""
        return notices_visible_to(AnonymousUser()).order_by("-pk")


class OrganisationMap(_Facts):
    """Every organisation whose page is public."""

    def items(self) -> QuerySet[Organisation]:
        """Newest first."""
        return organisations_visible_to(AnonymousUser()).order_by("-pk")


class ProjectMap(_Facts):
    """Every project."""

    def items(self) -> QuerySet[Project]:
        """Newest first."""
        return Project.objects.order_by("-pk")


MAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": PageMap,
    "calls": CallMap,
    "needs": NeedMap,
    "projects": ProjectMap,
    "results": ResultMap,
    "organisations": OrganisationMap,
}

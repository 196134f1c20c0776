"""The site's map for search engines: pages, calls, needs and projects in both languages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.contrib.sitemaps import Sitemap as WagtailMap
from wagtail.models import Page

from bidding.calls.models import Call
from bidding.calls.queries import calls_visible_to
from bidding.needs.models import Need
from bidding.needs.queries import published_needs
from cms.shown import live_pages
from marketplace.delivery.models import Project


class PageMap(WagtailMap):
    """Every live page, in every language."""

    def items(self) -> QuerySet[Page]:
        """In the order of the trees."""
        return live_pages().public().filter(depth__gt=1).order_by("path").specific()


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


class ProjectMap(_Facts):
    """Every project."""

    def items(self) -> QuerySet[Project]:
        """Newest first."""
        return Project.objects.order_by("-pk")


FACTS: dict[str, type[Sitemap[Any]]] = {"calls": CallMap, "needs": NeedMap, "projects": ProjectMap}
"""Every map that is the same on every site; the pages' depends on the site asked."""

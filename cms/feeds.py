"""Atom feeds in the reader's language: news, calls, results, reports."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bidding.calls.queries import calls_visible_to
from bidding.needs.states import SurveyState
from bidding.notices.queries import notices_visible_to
from cms.models import NewsPage, ReportPage
from cms.pages.base import address_in
from cms.serving import root_paths
from cms.shown import live_pages
from foundation import clock
from foundation.face.values import own_words
from foundation.structured import absolute

MOST = 30
BEGAN = "2026"
"""Since this year the house's names for its entries hold (RFC 4151): they never change."""


class HouseFeed(Feed):
    """What every feed of the house has."""

    feed_type = Atom1Feed
    author_name = settings.WAGTAIL_SITE_NAME
    name = ""
    heading: Any = ""
    place = ""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """What the feed hangs on: only where it was asked for."""
        return request.path

    def feed_url(self, obj: str) -> str:
        """The feed's own address."""
        return absolute(obj)

    def _tag(self, of: str) -> str:
        host = urlsplit(settings.BASE_URL).hostname
        return f"tag:{host},{BEGAN}:{self.name}/{get_language()}{of}"

    def feed_guid(self) -> str:
        """The feed's own name, whatever its address."""
        return self._tag("")

    def title(self) -> str:
        """Whose feed it is, and of what."""
        return f"{self.heading} · {settings.WAGTAIL_SITE_NAME}"

    def link(self) -> str:
        """Where the same is read as a page."""
        return absolute(reverse(self.place))

    def item_guid(self, item: Any) -> str:
        """The entry's name; it stays when the address changes."""
        return self._tag(f"/{item.pk}")

    def item_link(self, item: Any) -> str:
        """Where it is read."""
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Any) -> Any:
        """When it was published."""
        return item.published_at

    def item_updateddate(self, item: Any) -> Any:
        """When it changed last: what is frozen, never."""
        return self.item_pubdate(item)

    def item_title(self, item: Any) -> str:
        """In the reader's language, where there is one."""
        return own_words(item, "title")


class PageFeed(HouseFeed):
    """Of pages, in their own language."""

    def link(self) -> str:
        """The list of these pages."""
        return absolute(reverse("wagtail_serve", args=[self.place]))

    def item_link(self, item: Any) -> str:
        """The page."""
        return absolute(address_in(_root(), item.url_path))

    def item_title(self, item: Any) -> str:
        """The page's title."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """Its lead."""
        return str(item.lead or item.search_description)

    def item_updateddate(self, item: Any) -> dt.datetime:
        """When it was published last."""
        moment: dt.datetime = item.last_published_at or clock.now()
        return moment


def _root() -> str:
    return root_paths().get(get_language() or "", "/")


class NewsFeed(PageFeed):
    """What was told."""

    name, heading, place = "news", _("News"), "news/"

    def items(self) -> Any:
        """The latest first."""
        rows = live_pages(NewsPage).filter(url_path__startswith=_root())
        return rows.order_by("-on", "-pk")[:MOST]

    def item_pubdate(self, item: NewsPage) -> dt.datetime:
        """The beginning of its day."""
        return dt.datetime.combine(item.on, dt.time(), clock.SHANGHAI)


class ReportFeed(PageFeed):
    """Reports on surveys whose results are out."""

    name, heading, place = "reports", _("Reports on needs"), "reports/"

    def items(self) -> Any:
        """The latest first."""
        rows = live_pages(ReportPage).filter(
            url_path__startswith=_root(), survey__state=SurveyState.PUBLISHED
        )
        return rows.order_by("-first_published_at", "-pk")[:MOST]

    def item_pubdate(self, item: ReportPage) -> dt.datetime:
        """When it was published first."""
        moment: dt.datetime = item.first_published_at or clock.now()
        return moment


class CallFeed(HouseFeed):
    """Calls, from their publication on."""

    name, heading, place = "calls", _("Calls"), "calls:calls"

    def items(self) -> Any:
        """The latest first."""
        rows = calls_visible_to(AnonymousUser()).exclude(published_at=None)
        return rows.order_by("-published_at", "-pk")[:MOST]

    def item_description(self, item: Any) -> str:
        """What it asks for."""
        return own_words(item, "summary")


class ResultFeed(HouseFeed):
    """Notices of results."""

    name, heading, place = "results", _("Results"), "notices:notices"

    def items(self) -> Any:
        """The latest first."""
        return notices_visible_to(AnonymousUser())[:MOST]

    def item_description(self, item: Any) -> str:
        """Of which call."""
        return own_words(item.call, "title")

"""Addresses of the feeds."""

from typing import Any

from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from cms.feeds import CallFeed, HouseFeed, NewsFeed, ReportFeed, ResultFeed


def _asked_again(feed: HouseFeed) -> Any:
    """Who has the newest already is told so, and gets nothing twice (ETag, Last-Modified)."""
    return require_safe(conditional_page(feed))


app_name = "feeds"
urlpatterns = [
    path("feeds/news/", _asked_again(NewsFeed()), name="news"),
    path("feeds/calls/", _asked_again(CallFeed()), name="calls"),
    path("feeds/results/", _asked_again(ResultFeed()), name="results"),
    path("feeds/reports/", _asked_again(ReportFeed()), name="reports"),
]

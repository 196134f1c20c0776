"""News: one page an item, and the list of them by year."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.query import PageQuerySet

from cms import structured
from cms.blocks import body_blocks
from cms.pages.base import SitePage
from cms.shown import live_pages
from cms.visits.counting import visits_of
from foundation import clock
from foundation.http import number_in, page_of

PER_PAGE = 12


class NewsIndexPage(SitePage):
    """Everything that was told, the latest first."""

    template = "cms/pages/news.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def items(self) -> PageQuerySet[Any]:
        """What of it the public may read, the latest first."""
        return live_pages(NewsPage).child_of(self).order_by("-on", "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A page of items, all or of one year, and the years there are."""
        context = super().get_context(request, *args, **kwargs)
        years = [day.year for day in self.items().order_by().dates("on", "year", order="DESC")]
        asked = number_in(request.GET.get("year", ""))
        year = asked if asked in years else None
        rows = self.items().filter(on__year=year) if year else self.items()
        return {
            **context,
            "years": years,
            "year": year,
            "page_of_items": page_of(request, rows, PER_PAGE),
        }


class NewsPage(SitePage):
    """One thing that happened, with its day."""

    on = models.DateField(_("day"), default=clock.today, db_index=True)
    body = StreamField(body_blocks(), blank=True, verbose_name=_("text"))

    template = "cms/pages/news_item.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("on"), FieldPanel("body")]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With what was told before and after it."""
        context = super().get_context(request, *args, **kwargs)
        others = live_pages(NewsPage).sibling_of(self, inclusive=False)
        older = models.Q(on__lt=self.on) | models.Q(on=self.on, pk__lt=self.pk)
        return {
            **context,
            "before": others.filter(older).order_by("-on", "-pk").first(),
            "visits": visits_of(request.path),
            "after": others.exclude(older).order_by("on", "pk").first(),
        }

    def described(self, request: HttpRequest, address: str) -> list[dict[str, Any]]:
        """A news article."""
        return [structured.article(self, address, self.on)]

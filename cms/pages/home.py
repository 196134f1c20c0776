"""The first page: what is open, what workers need, money at work, people served."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms import facts, structured
from cms.blocks import body_blocks
from cms.pages.base import SitePage


class HomePage(SitePage):
    """One in each language, at the root of its tree."""

    body = StreamField(body_blocks(), blank=True, verbose_name=_("more, below the facts"))

    template = "cms/pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.TextPage",
        "cms.ReportPage",
        "cms.CallPage",
        "cms.StoryPage",
        "cms.NewsIndexPage",
        "cms.FaqPage",
        "cms.GuidePage",
        "cms.ResultsPage",
    ]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def places(self, roots: dict[str, str]) -> Iterable[tuple[str, str]]:
        """A home stands at the root of its language's tree: what the roots say is all there is."""
        return roots.items() if self.url_path in roots.values() else super().places(roots)

    def described(self, request: HttpRequest, address: str) -> list[dict[str, Any]]:
        """The whole site, who speaks on it, and how it is searched."""
        return [structured.website(reverse("search:search"))]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The facts of the moment."""
        context = super().get_context(request, *args, **kwargs)
        needs = facts.latest_needs()
        years = facts.by_year()
        return {
            **context,
            "calls": list(facts.open_calls()[:3]),
            "survey": needs[0].survey if needs else None,
            "need_rows": facts.share_rows(needs),
            "flow": facts.flow_of(),
            "years": years,
            "projects": sum(row["projects"] for row in years),
            "amount_fen": sum(row["amount_fen"] for row in years),
            "served": sum(row["people"] for row in years),
            "newest": facts.newest_projects(),
        }

"""A text page: about us, guides, answers; the pages below it are listed at its end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import body_blocks
from cms.pages.base import SitePage
from cms.shown import live_pages


class TextPage(SitePage):
    """Words only, with live facts where an editor puts them."""

    body = StreamField(body_blocks(), blank=True, verbose_name=_("text"))

    template = "cms/pages/text.html"
    parent_page_types = ["cms.HomePage", "cms.TextPage"]
    subpage_types = [
        "cms.TextPage",
        "cms.ReportPage",
        "cms.CallPage",
        "cms.StoryPage",
        "cms.FaqPage",
        "cms.GuidePage",
        "cms.ResultsPage",
    ]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The pages below, in the order of the tree."""
        context = super().get_context(request, *args, **kwargs)
        context["children"] = live_pages().child_of(self).order_by("path")
        return context

"""The way in to results: what is open to objections now, what was decided, how ranks came about."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms import facts
from cms.blocks import body_blocks
from cms.pages.base import SitePage


class ResultsPage(SitePage):
    """Notices and rankings as they stand, with words about what may be done about them."""

    body = StreamField(body_blocks(), blank=True, verbose_name=_("text"))

    template = "cms/pages/results.html"
    parent_page_types = ["cms.HomePage", "cms.TextPage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page of results and notices")
        verbose_name_plural = _("pages of results and notices")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Notices whose period runs, the latest of the others, and the latest rankings."""
        context = super().get_context(request, *args, **kwargs)
        running, over = facts.notices()
        return {
            **context,
            "running": running,
            "over": over,
            "rankings": facts.rankings(AnonymousUser()),
        }

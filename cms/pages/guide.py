"""Guides: one way from beginning to end, a page a step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import body_blocks
from cms.pages.base import SitePage
from cms.shown import live_pages


class GuidePage(SitePage):
    """What the guide is for, and its steps in their order."""

    body = StreamField(body_blocks(), blank=True, verbose_name=_("before the steps"))

    template = "cms/pages/guide.html"
    parent_page_types = ["cms.HomePage", "cms.TextPage"]
    subpage_types = ["cms.GuideStepPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The steps, in the order of the tree."""
        context = super().get_context(request, *args, **kwargs)
        steps = list(live_pages().child_of(self).order_by("path"))
        return {**context, "steps": steps}


class GuideStepPage(SitePage):
    """One step, with the one before and the one after it."""

    body = StreamField(body_blocks(), blank=True, verbose_name=_("text"))

    template = "cms/pages/guide_step.html"
    parent_page_types = ["cms.GuidePage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("step of a guide")
        verbose_name_plural = _("steps of guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Where the step stands among the others."""
        context = super().get_context(request, *args, **kwargs)
        steps: list[Page] = list(live_pages().sibling_of(self).order_by("path"))
        here = next((n for n, step in enumerate(steps) if step.pk == self.pk), 0)
        return {
            **context,
            "steps": steps,
            "number": here + 1,
            "before": steps[here - 1] if here else None,
            "after": steps[here + 1] if here + 1 < len(steps) else None,
        }

"""A story page tells of one project, beside the facts of its own page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import body_blocks
from cms.pages.base import SitePage
from marketplace.delivery.models import Project


class StoryPage(SitePage):
    """Words about one project and the people it served."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="+", verbose_name=_("project it tells of")
    )
    body = StreamField(body_blocks(), blank=True, verbose_name=_("the story"))

    template = "cms/pages/story.html"
    parent_page_types = ["cms.HomePage", "cms.TextPage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("project"), FieldPanel("body")]

    class Meta:
        verbose_name = _("story page")
        verbose_name_plural = _("story pages")

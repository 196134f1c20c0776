"""A report page tells what a survey found; its numbers come from the database."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from bidding.needs.models import Survey
from bidding.needs.states import SurveyState
from bidding.needs.structured import dataset
from cms.blocks import report_blocks
from cms.pages.base import SitePage
from cms.reports.charts import cover_art
from cms.reports.drawings import drawings_of
from cms.reports.telling import Part, Sample, live_parts, preview_parts


class ReportPage(SitePage):
    """The story of one survey; publishing it freezes the facts its editors chose to freeze."""

    survey = models.ForeignKey(
        Survey, models.PROTECT, related_name="+", verbose_name=_("survey it tells of")
    )
    body = StreamField(report_blocks(), blank=True, verbose_name=_("the report"))

    template = "cms/pages/report.html"
    parent_page_types = ["cms.HomePage", "cms.TextPage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("survey"), FieldPanel("body")]

    class Meta:
        verbose_name = _("report page")
        verbose_name_plural = _("report pages")

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish; the facts freeze with it, or nothing is published."""
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    @property
    def is_out(self) -> bool:
        """Are the survey's results public? Before, a report tells nothing of them."""
        return bool(self.survey_id) and self.survey.state == SurveyState.PUBLISHED

    @cached_property
    def contents(self) -> list[tuple[str, str]]:
        """(anchor, heading) of each section, in order."""
        headings = [str(block.value) for block in self.body if block.block_type == "section"]
        return [(f"section-{place}", words) for place, words in enumerate(headings, start=1)]

    def told(self, preview: bool = False) -> tuple[list[Part], Sample]:
        """The page's parts and whom they speak for."""
        return preview_parts(self) if preview else live_parts(self)

    def described(self, request: HttpRequest, address: str) -> list[dict[str, Any]]:
        """A set of open data, once the survey's results are out."""
        return [dataset(self.survey, address)] if self.is_out else []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The facts live or frozen, their drawings, and the list of sections."""
        context = super().get_context(request, *args, **kwargs)
        context["is_out"] = self.is_out
        if self.is_out:
            preview = bool(getattr(request, "is_preview", False))
            parts, sample = self.told(preview)
            facts = [
                (part.told.digest, part.told.fact) for part in parts if part.told and part.told.fact
            ]
            anchors = iter(self.contents)
            context |= {
                "sample": sample,
                "drawings": drawings_of(facts),
                "parts": [
                    (part, next(anchors)[0] if part.block.block_type == "section" else "")
                    for part in parts
                ],
                "contents": self.contents,
                "art": cover_art([fact for _digest, fact in facts]),
                "frozen_at": min(
                    (p.told.at for p in parts if p.told and p.told.state == "frozen"), default=None
                ),
                "paper": self.live_revision_id and not preview,
            }
        return context

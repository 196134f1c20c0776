"""A report page tells what a survey found; its numbers come from the survey."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from bidding.needs.models import Survey
from bidding.needs.queries import QuestionResult, response_count, results_of
from bidding.needs.states import SurveyState
from cms.blocks import report_blocks
from cms.pages.base import SitePage


class ReportPage(SitePage):
    """The story of one survey."""

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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """How many answered, and what; nothing before the survey's results are out."""
        context = super().get_context(request, *args, **kwargs)
        context["is_out"] = self.survey.state == SurveyState.PUBLISHED
        if context["is_out"]:
            context["responses"] = response_count(self.survey)
            context["results"] = self.results()
        return context

    def results(self) -> dict[str, QuestionResult]:
        """{question's number in the database: result}, asked only when a chart shows one."""
        if not any(block.block_type == "chart" for block in self.body):
            return {}
        return {str(result.question.pk): result for result in results_of(self.survey)}

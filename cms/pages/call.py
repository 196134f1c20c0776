"""A call page tells the story of a call around its facts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from bidding.calls.models import Call
from bidding.calls.states import CallState, phase_of
from cms.blocks import body_blocks
from cms.pages.base import SitePage
from foundation import clock


class CallPage(SitePage):
    """Words about one call; taking them down never changes a deadline."""

    call = models.ForeignKey(
        Call, models.PROTECT, related_name="+", verbose_name=_("call it tells of")
    )
    body = StreamField(body_blocks(), blank=True, verbose_name=_("the story"))

    template = "cms/pages/call.html"
    parent_page_types = ["cms.HomePage", "cms.TextPage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("call"), FieldPanel("body")]

    class Meta:
        verbose_name = _("call page")
        verbose_name_plural = _("call pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Dates, lots and criteria, as they are; nothing of a call that is still a draft."""
        context = super().get_context(request, *args, **kwargs)
        call = self.call
        is_out = call.state != CallState.DRAFT
        return {
            **context,
            "is_out": is_out,
            "phase": phase_of(call, clock.now()),
            "lots": list(call.lots.select_related("category")) if is_out else [],
            "criteria": list(call.criteria.all()) if is_out else [],
            "dates": self.dates() if is_out else [],
        }

    def dates(self) -> list[dict[str, Any]]:
        """The call's days as a time line."""
        now = clock.now()
        rows = [
            (_("Opens"), self.call.opens_at),
            (_("Questions until"), self.call.questions_until),
            (_("Closes"), self.call.closes_at),
        ]
        return [{"title": t, "at": at, "state": "done" if at <= now else ""} for t, at in rows]

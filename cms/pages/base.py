"""What every page of the shop window has: a lead, an address in each language, a card to share."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class SitePage(Page):
    """The common ground of all page types; not a page of its own."""

    lead = models.TextField(
        _("lead"), blank=True, help_text=_("One or two sentences under the title.")
    )

    is_creatable = False
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page's facts, and where its translations are (their slugs may differ)."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        paths = {self.locale.language_code: self.get_url(request)}
        for other in self.get_translations().live().select_related("locale"):
            paths[other.locale.language_code] = other.get_url(request)
        request.translated_paths = paths  # type: ignore[attr-defined]  # read by the face
        context["address"] = settings.BASE_URL.rstrip("/") + (self.get_url(request) or "/")
        context["description"] = self.search_description or self.lead
        return context

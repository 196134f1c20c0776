"""What every page of the shop window has: a lead, an address in each language, a card to share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, Site


class SitePage(Page):
    """The common ground of all page types; not a page of its own."""

    lead = models.TextField(
        _("lead"), blank=True, help_text=_("One or two sentences under the title.")
    )

    is_creatable = False
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    def places(self, roots: dict[str, str]) -> Iterable[tuple[str, str]]:
        """(language, path in the tree) of this page and its translations that are live."""
        rows = Page.objects.live().filter(translation_key=self.translation_key)
        return rows.values_list("locale__language_code", "url_path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Where the page is in each language (slugs may differ), and its card for sharing."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        roots = {row.language_code: row for row in Site.get_site_root_paths()}
        paths = {}
        for code, url_path in self.places({code: row.root_path for code, row in roots.items()}):
            root = roots.get(code)
            if root and url_path.startswith(root.root_path):
                with override(code):
                    rest = url_path[len(root.root_path) :]
                    paths[code] = reverse("wagtail_serve", args=[rest])
        request.translated_paths = paths  # type: ignore[attr-defined]  # read by the face
        address = paths.get(get_language() or "", request.path)
        return {
            **context,
            "address": settings.BASE_URL.rstrip("/") + address,
            "description": self.search_description or self.lead,
        }

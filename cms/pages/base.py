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

from cms.shown import live_pages
from foundation.structured import crumbs as crumbs_of
from foundation.structured import scripts

HOME_DEPTH = 2


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
        rows = live_pages().filter(translation_key=self.translation_key)
        return rows.values_list("locale__language_code", "url_path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Where the page is in each language (slugs may differ), its way down, its card."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        roots = {row.language_code: row.root_path for row in Site.get_site_root_paths()}
        paths = {}
        for code, url_path in self.places(roots):
            if code in roots and url_path.startswith(roots[code]):
                with override(code):
                    paths[code] = address_in(roots[code], url_path)
        request.translated_paths = paths  # type: ignore[attr-defined]  # read by the face
        address = paths.get(get_language() or "", request.path)
        crumbs = self.crumbs(roots.get(get_language() or "", ""))
        return {
            **context,
            "address": settings.BASE_URL.rstrip("/") + address,
            "description": self.search_description or self.lead,
            "crumbs": crumbs,
            "structured": scripts(
                crumbs_of([*crumbs, (self.title, address)]),
                *self.described(request, address),
            ),
        }

    def crumbs(self, root: str) -> list[tuple[str, str]]:
        """(title, address) of the pages above, the start page first; none on the start page."""
        if self.depth <= HOME_DEPTH:
            return []
        above = [(str(_("Start")), address_in(root, root))]
        if self.depth > HOME_DEPTH + 1:
            rows = (
                self.get_ancestors().filter(depth__gt=HOME_DEPTH).values_list("title", "url_path")
            )
            above += [(title, address_in(root, url_path)) for title, url_path in rows]
        return above

    def described(self, request: HttpRequest, address: str) -> list[dict[str, Any]]:
        """What the page is about, in the words of schema.org."""
        return []

    def searchable(self) -> str:
        """Everything on the page that a person may look for, apart from its title."""
        body = getattr(self, "body", None)
        words = body.stream_block.get_searchable_content(body) if body else []
        return "\n".join([self.lead, self.search_description, *map(str, words)])


def address_in(root: str, url_path: str) -> str:
    """The address, in the language that is active, of a page below `root`."""
    return reverse("wagtail_serve", args=[url_path[len(root) :]])

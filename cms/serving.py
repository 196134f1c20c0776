"""From an address to its page in two queries, where Wagtail's walk down the tree takes ten.

Every page of the shop window is public (page types offer no privacy settings), so Wagtail's look
at view restrictions is left out; addresses below a page are pages of their own.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.leading import lead_on
from cms.pages.home import HomePage
from cms.shown import live_pages


def root_paths() -> dict[str, str]:
    """{language: where its tree begins} of the one site (kept in the cache by Wagtail)."""
    return {row.language_code: row.root_path for row in Site.get_site_root_paths()}


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The live page at `path` in the language of the address, or where an old address leads."""
    root = root_paths().get(get_language() or "")
    if root is None:
        raise Http404
    kind = Page if path else HomePage
    page = live_pages(kind).filter(url_path=root + path).first()
    if page is not None:
        response: HttpResponseBase = page.specific.serve(request)
        return response
    elsewhere = lead_on(request, root_paths())
    if elsewhere is None:
        raise Http404
    return elsewhere

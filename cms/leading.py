"""Old addresses lead on: to where a page went, or to where an officer says; never off the site."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.pages.base import address_in
from cms.shown import live_pages

MOST_STEPS = 5


def lead_on(request: HttpRequest, roots: dict[str, str]) -> HttpResponseBase | None:
    """Where the address leads now; nothing where it leads nowhere, in a circle, or off the site."""
    path, target, is_permanent = Redirect.normalise_path(request.path), "", True
    seen = set[str]()
    while found := _redirect_of(path):
        if path in seen or len(seen) == MOST_STEPS:
            return None
        seen.add(path)
        is_permanent = is_permanent and found.is_permanent
        if found.redirect_page_id:
            target = _address_of(found.redirect_page_id, roots)
            break
        target = on_this_site(found.redirect_link, request)
        path = Redirect.normalise_path(target)
        if not target:
            break
    if not target:
        return None
    return (HttpResponsePermanentRedirect if is_permanent else HttpResponseRedirect)(target)


def _redirect_of(path: str) -> Redirect | None:
    if "\0" in path:
        return None
    rows: list[Redirect] = list(
        Redirect.objects.filter(old_path=path).order_by("site_id", "pk")[:1]
    )
    return rows[0] if rows else None


def _address_of(pk: int, roots: dict[str, str]) -> str:
    page: Page | None = live_pages().filter(pk=pk).first()
    for code, root in roots.items():
        if page is not None and page.url_path.startswith(root):
            with override(code):
                return address_in(root, page.url_path)
    return ""


def on_this_site(link: str, request: HttpRequest) -> str:
    """The path and query of a link to this site; "" of any other."""
    parts = urlsplit(link.replace("\\", "/").strip())
    hosts = {"", request.get_host(), urlsplit(settings.BASE_URL).netloc}
    if parts.netloc not in hosts or parts.scheme not in ("", "http", "https"):
        return ""
    if not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")

"""What machines ask a site for: its map, and what they may read."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse

from cms.sitemaps import MAPS

ROBOTS = """User-agent: *
Disallow: /desk/
Disallow: /en/desk/
Disallow: /studio/
Disallow: /accounts/
Disallow: /en/accounts/
Disallow: /search/
Disallow: /en/search/
Sitemap: {base}/sitemap.xml
"""


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: the public site is to be found, the desk is not."""
    text = ROBOTS.format(base=settings.BASE_URL.rstrip("/"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def site_index(request: HttpRequest) -> HttpResponse:
    """The list of the maps' parts."""
    return index(request, sitemaps=MAPS, sitemap_url_name="sitemap_part")


def site_part(request: HttpRequest, section: str) -> HttpResponse:
    """One part of the map."""
    return sitemap(request, sitemaps=MAPS, section=section)

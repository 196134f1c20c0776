"""Tags for the frame of a page: stylesheet, languages, menus."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.face import navigation
from foundation.face.stylesheet import sheet

register = template.Library()


@register.simple_tag
def stylesheet() -> SafeString:
    """The link to the one stylesheet, under an address that changes with it."""
    url = reverse("face_stylesheet", args=[sheet().stamp])
    return format_html('<link rel="stylesheet" href="{}">', url)


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> SafeString:
    """Where this same page is in every language, for search engines."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    rows = [
        (code, f"{settings.BASE_URL.rstrip('/')}{navigation.path_in(request, code)}")
        for code, _name in navigation.languages()
        if not navigation.is_missing_in(request, code)
    ]
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', rows)


@register.inclusion_tag("components/site_nav.html", takes_context=True)
def site_nav(context: template.Context) -> dict[str, Any]:
    """The public places, the one we are at marked."""
    return {"items": navigation.public_items(_path(context))}


@register.inclusion_tag("components/footer_nav.html", takes_context=True)
def footer_nav(context: template.Context) -> dict[str, Any]:
    """The quieter public places: open data, guides, about."""
    return {"groups": navigation.footer_groups(_path(context))}


@register.inclusion_tag("components/desk_nav.html", takes_context=True)
def desk_nav(context: template.Context) -> dict[str, Any]:
    """The desk's places that are this person's."""
    request = context.get("request")
    return {"groups": navigation.desk_groups(getattr(request, "user", None), _path(context))}


@register.simple_tag(takes_context=True)
def here_in(context: template.Context, setting: str) -> str:
    """{% here_in "PUBLIC_NAVIGATION" as place %}: the menu's entry this page stands under."""
    return navigation.here(getattr(settings, setting), _path(context))


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> SafeString:
    """Every language but the reader's, each leading to this same page; `as` to draw it twice."""
    request = context.get("request")
    here = get_language() or ""
    facts = {
        "choices": [
            {
                "code": code,
                "name": name,
                "here": code == here,
                "next": navigation.path_in(request, code) if request else "/",
                "missing": navigation.is_missing_in(request, code) if request else False,
            }
            for code, name in navigation.languages()
        ]
    }
    return render_to_string("components/languages.html", facts)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """{% breadcrumbs steps %}: (title, address) of the pages above this one."""
    return {"steps": steps}


@register.inclusion_tag("components/around.html")
def around(before: Any, after: Any) -> dict[str, Any]:
    """{% around before after %}: the pages before and after this one, either may be None."""
    return {"before": before, "after": after}


@register.inclusion_tag("components/sharing.html", takes_context=True)
def sharing(context: template.Context) -> dict[str, Any]:
    """What every card of a shared page has: whose it is, its language and the house's picture."""
    return {"site_name": context.get("site_name"), "base": settings.BASE_URL.rstrip("/")}


@register.simple_tag(takes_context=True)
def whole_address(context: template.Context) -> str:
    """{% whole_address %}: where this page is found, without what only narrows or sorts it."""
    request = context.get("request")
    if request is None:
        return ""
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isdigit() and page != "1" else ""
    return f"{settings.BASE_URL.rstrip('/')}{request.path}{query}"


@register.simple_tag
def name_of_place(url: str) -> Any:
    """{% name_of_place back %}: what the menus call the place at this address, or “Back”."""
    return navigation.label_of(url) or _("Back")


@register.simple_tag
def soft_url(name: str, *args: Any) -> str:
    """{% soft_url "calls:calls" as url %}: the address, or nothing where there is none yet."""
    return navigation.address(name, *args)


def _path(context: template.Context) -> str:
    request = context.get("request")
    return request.path if request else ""

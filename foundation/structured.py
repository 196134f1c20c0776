"""What search engines are told about a page, in the words of schema.org (JSON-LD).

A script element of this type is data: browsers run none of it, so the strict
Content-Security-Policy has nothing to forbid.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

_UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def scripts(*things: dict[str, Any] | None) -> SafeString:
    """One data element for each thing; what is typed into it can close no element."""
    rows = []
    for thing in things:
        if thing:
            text = json.dumps(
                {"@context": "https://schema.org", **thing},
                cls=DjangoJSONEncoder,
                ensure_ascii=False,
            ).translate(_UNSAFE)
            rows.append(f'<script type="application/ld+json">{text}</script>')
    return mark_safe("\n".join(rows))  # every angle bracket is escaped above


def absolute(path: str) -> str:
    """The whole address of a path on this site."""
    return settings.BASE_URL.rstrip("/") + path


def publisher() -> dict[str, Any]:
    """Who speaks: the house."""
    return {
        "@type": "GovernmentOrganization",
        "name": settings.WAGTAIL_SITE_NAME,
        "url": absolute("/"),
    }


def crumbs(steps: list[tuple[str, str]]) -> dict[str, Any] | None:
    """The way down to a page; nothing where there is no way."""
    if len(steps) < 2:
        return None
    rows = [
        {"@type": "ListItem", "position": place, "name": title, "item": absolute(path)}
        for place, (title, path) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": rows}

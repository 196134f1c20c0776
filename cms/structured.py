"""What search engines are told about a page, in the words of schema.org (JSON-LD).

A script element of this type is data: browsers run none of it, so the strict
Content-Security-Policy has nothing to forbid.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from foundation.clock import SHANGHAI
from foundation.face.values import own_words

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


def organisation() -> dict[str, Any]:
    """Who speaks: the house."""
    return {
        "@type": "GovernmentOrganization",
        "name": settings.WAGTAIL_SITE_NAME,
        "url": absolute("/"),
    }


def website(search_path: str) -> dict[str, Any]:
    """The site as a whole, and how it is searched."""
    return {
        "@type": "WebSite",
        "name": settings.WAGTAIL_SITE_NAME,
        "url": absolute("/"),
        "inLanguage": ["zh-Hans", "en"],
        "publisher": organisation(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute(search_path) + "?q={search_term_string}",
            "query-input": "required name=search_term_string",
        },
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


def article(page: Any, address: str, published: Any) -> dict[str, Any]:
    """A piece of news."""
    return {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.search_description or page.lead,
        "datePublished": published,
        "dateModified": page.last_published_at,
        "inLanguage": get_language(),
        "mainEntityOfPage": absolute(address),
        "author": organisation(),
        "publisher": organisation(),
    }


def answers(rows: list[tuple[str, str]]) -> dict[str, Any] | None:
    """Questions with their answers (HTML is taken out)."""
    if not rows:
        return None
    return {
        "@type": "FAQPage",
        "inLanguage": get_language(),
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": strip_tags(answer).strip()},
            }
            for question, answer in rows
        ],
    }


def dataset(survey: Any, address: str) -> dict[str, Any]:
    """What a survey found, as open data."""
    return {
        "@type": "Dataset",
        "name": own_words(survey, "title"),
        "description": own_words(survey, "intro") or own_words(survey, "title"),
        "url": absolute(address),
        "isAccessibleForFree": True,
        "inLanguage": get_language(),
        "temporalCoverage": "/".join(
            moment.astimezone(SHANGHAI).date().isoformat() if moment else ".."
            for moment in (survey.opens_at, survey.closes_at)
        ),
        "creator": organisation(),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": absolute(reverse(f"needs:{name}", args=[survey.slug])),
            }
            for name in ("survey_results", "microdata")
        ],
    }

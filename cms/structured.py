"""What search engines are told about the site's own pages (schema.org)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import get_language

from foundation.structured import absolute, publisher


def website(search_path: str) -> dict[str, Any]:
    """The site as a whole, and how it is searched."""
    return {
        "@type": "WebSite",
        "name": settings.WAGTAIL_SITE_NAME,
        "url": absolute("/"),
        "inLanguage": ["zh-Hans", "en"],
        "publisher": publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute(search_path) + "?q={search_term_string}",
            "query-input": "required name=search_term_string",
        },
    }


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
        "author": publisher(),
        "publisher": publisher(),
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

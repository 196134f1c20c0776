"""What search engines are told about a survey whose results are public (schema.org)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from foundation.clock import SHANGHAI
from foundation.face.values import own_words
from foundation.structured import absolute, publisher


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
        "creator": publisher(),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": absolute(reverse(f"needs:{name}", args=[survey.slug])),
            }
            for name in ("survey_results", "microdata")
        ],
    }

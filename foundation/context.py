"""What every template knows: the house's name and whether this is the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """Context for every page."""
    return {"site_name": "工创 Gongchuang", "is_demo": settings.DEMO}

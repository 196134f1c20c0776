"""Which pages the public may see now: live ones, and of those none whose time is over."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from foundation import clock


def live_pages(kind: type[Page] = Page) -> PageQuerySet[Any]:
    """Published pages that have not expired, even where nobody has taken them down yet."""
    rows: PageQuerySet[Any] = kind.objects.live()
    return rows.filter(Q(expire_at=None) | Q(expire_at__gt=clock.now()))

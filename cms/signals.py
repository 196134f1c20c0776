"""What Wagtail tells us of pages: published ones are found at once, others no more."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published, page_unpublished

from cms.search.following import write_page


def follow_page(sender: Any, instance: Any, **facts: Any) -> None:
    """A page was published or taken down."""
    write_page(instance.pk)


def listen() -> None:
    """Have ourselves told."""
    for signal in (page_published, page_unpublished):
        signal.connect(follow_page, dispatch_uid="search")

"""What the desk's header says about the inbox."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from foundation.notifications.queries import SHOWN_UNREAD, unread_count


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread_notices`: "", "3" or "99+"; asked of the database only where a page shows it."""

    def count() -> str:
        found = unread_count(getattr(request, "user", None))
        return f"{SHOWN_UNREAD}+" if found > SHOWN_UNREAD else str(found or "")

    return {"unread_notices": count}

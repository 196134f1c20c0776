"""A survey's page kept ready for people who bring nothing with them: made anew once a minute.

It is left aside within a second when the survey's state, questions or times change, also by
another process: one small statement asks for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from bidding.needs.models import Survey
from foundation import clock

SECONDS = 60
"""So long may “it closes in 3 days” be behind the clock."""

MOST = 200

_stamps: dict[str, tuple[int, Any]] = {}
_kept: dict[tuple[Any, ...], tuple[Any, bytes, str]] = {}


def kept_page(request: HttpRequest, slug: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """`make()`, or what it made within the same minute for this address, language and survey.

    Only for requests without a cookie or a query: whoever has one may see something of their
    own. A survey that takes only so many answers is asked about each time.
    """
    if request.COOKIES or request.META.get("QUERY_STRING") or request.method != "GET":
        return make()
    second = int(clock.now().timestamp())
    if slug not in _stamps or _stamps[slug][0] != second:
        if len(_stamps) >= MOST:
            _stamps.clear()
        _stamps[slug] = (second, _stamp(slug))
    found = _stamps[slug][1]
    if found is None or found[-1]:
        return make()
    stamp = (second // SECONDS, *found)
    key = (request.get_host(), get_language(), slug)
    kept = _kept.get(key)
    if kept is not None and kept[0] == stamp:
        return HttpResponse(kept[1], content_type=kept[2])
    response = make()
    if response.status_code == 200 and not response.cookies:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = (stamp, response.content, response["Content-Type"])
    return response


def _stamp(slug: str) -> Any:
    """What the page hangs on. Past the ORM: building its statement costs more than the page."""
    table = connection.ops.quote_name(Survey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, state, fingerprint, opens_at, closes_at, most_sheets FROM {table} "
            "WHERE slug = %s AND state <> 'draft'",
            [slug],
        )
        return cursor.fetchone()

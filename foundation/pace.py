"""How often one connection may hand something in, without anybody being remembered."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from foundation import clock

HOUR = 3600
DAY = 24 * HOUR


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind our own proxy, what that proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(request: HttpRequest, what: str, span: int) -> str:
    """A keyed hash of the connection, the browser's own words and the span of time."""
    when = int(clock.now().timestamp()) // span
    digest = salted_hmac("pace", f"{what}:{when}:{address_of(request)}").hexdigest()
    return f"pace:{digest}"


def browser_of(request: HttpRequest) -> str:
    """What a browser says of itself: not enough to know a person by, enough to notice a habit."""
    return "|".join(request.headers.get(name, "") for name in ("User-Agent", "Accept-Language"))


def counted(request: HttpRequest, what: str, span: int) -> int:
    """Count one more of `what` from here within the span of seconds, and say how many it is.

    What is kept for that span is a keyed hash and a number: no address, no person.
    """
    key = _key(request, what, span)
    cache.add(key, 0, span)
    try:
        return int(cache.incr(key))
    except ValueError:  # the cache dropped the key between the two calls
        return 1


def is_known(request: HttpRequest, what: str, span: int) -> bool:
    """Was `what` remembered for this connection within the span?"""
    return cache.get(_key(request, what, span)) is not None


def remember(request: HttpRequest, what: str, span: int) -> None:
    """Know `what` again for the rest of the span; all that is kept is a keyed hash."""
    cache.set(_key(request, what, span), 1, span)


def within_pace(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more of `what` from here; False when it is more than `most` within the hour.

    What is kept for that hour is a keyed hash and a number: no address, no person.
    """
    return counted(request, what, HOUR) <= most

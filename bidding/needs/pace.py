"""How often one connection may hand something in, without anybody being remembered."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from foundation import clock

HOUR = 3600


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind our own proxy, what that proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def within_pace(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more of `what` from here; False when it is more than `most` within the hour.

    What is kept for that hour is a keyed hash and a number: no address, no person.
    """
    hour = int(clock.now().timestamp()) // HOUR
    digest = salted_hmac("pace", f"{what}:{hour}:{address_of(request)}").hexdigest()
    key = f"pace:{digest}"
    cache.add(key, 0, HOUR)
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # the cache dropped the key between the two calls
        return True

"""How often one connection may hand something in."""

from __future__ import annotations

from django.core.cache import cache

from foundation import pace


def test_the_pace_is_kept_by_a_hash_and_a_number(rf):
    cache.clear()
    request = rf.get("/", REMOTE_ADDR="203.0.113.7")
    assert [pace.within_pace(request, "x", 2) for _time in range(3)] == [True, True, False]
    assert pace.within_pace(rf.get("/", REMOTE_ADDR="203.0.113.8"), "x", 2)
    assert "203.0.113.7" not in str(cache._cache.keys())

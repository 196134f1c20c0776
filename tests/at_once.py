"""People who press at the same moment: acts in threads that start together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from django.db import connections

from foundation.errors import DomainError


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned, or its refusal, in their order; any other fault is raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=60)
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def numbered(count: int, act: Callable[[int], Any]) -> list[Callable[[], Any]]:
    """The same act so many times, each with its number."""
    return [partial(act, number) for number in range(count)]


def outcomes(*acts: Callable[[], Any]) -> list[str]:
    """`at_once` in words: “done”, or what sort of refusal it was."""
    return [
        type(result).__name__ if isinstance(result, DomainError) else "done"
        for result in at_once(*acts)
    ]

"""Random bytes for what may be told one day: the demo world draws the same ones every time.

Keys never come from here.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_seeded: ContextVar[random.Random | None] = ContextVar("seeded", default=None)


def token(length: int) -> bytes:
    """So many random bytes."""
    seeded = _seeded.get()
    return seeded.randbytes(length) if seeded else secrets.token_bytes(length)


@contextmanager
def the_same_every_time(seed: str) -> Iterator[None]:
    """Within, tokens follow from the seed: for a world that is told again and again."""
    before = _seeded.set(random.Random(seed))
    try:
        yield
    finally:
        _seeded.reset(before)

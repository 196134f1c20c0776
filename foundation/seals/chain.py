"""The arithmetic of a chain of sealed blocks: pure, small, and the same for every table.

A row's text is its canonical JSON: keys sorted, no spaces, UTF-8, no ASCII escapes. A block's
seal is SHA-256 over the previous block's seal (64 hex digits, zeros for the first), a line feed,
and each row's text followed by a line feed, in the order of the rows' numbers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

GENESIS = "0" * 64

_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(facts: Any) -> str:
    """The one way to write `facts` (JSON-able) down as text."""
    return _WRITER.encode(facts)


def seal_of(previous: str, rows: Iterable[Any]) -> tuple[str, int]:
    """(the block's seal as 64 hex digits, how many rows it covers)."""
    digest = hashlib.sha256(previous.encode() + b"\n")
    count = 0
    for facts in rows:
        digest.update(canonical(facts).encode())
        digest.update(b"\n")
        count += 1
    return digest.hexdigest(), count


def sha256_of(facts: Any) -> str:
    """The fingerprint of one thing: SHA-256 of its canonical text, 64 hex digits."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()

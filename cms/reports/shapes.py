"""A fact: what the database said, as plain data in both languages, with a fingerprint.

Pure: no Django. A fact is a dict that JSON can hold; `kind` says which shape it has:

* `bars` (one or several choices), `ranking`, `scale`, `grid`: a question's answers;
* `cross`: one question by another, a district or an industry;
* `districts`, `flow`, `numbers`, `needs`, `projects`, `calls`: lists.

What people read is a pair: Chinese, English. A share that is too small to show is stored as
None and nothing of it is kept, so that a frozen fact can give nobody away later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from bidding.needs.statistics import Share

Fact = dict[str, Any]
Pair = list[str]

CHARTS = ("bars", "ranking", "scale", "grid", "cross", "districts", "flow")
"""Kinds that are drawn, and kept as drawings."""


def cell(share: Share) -> Fact:
    """A share as data, rounded so that the same answers have the same fingerprint everywhere."""
    return {
        "count": share.count,
        "share": _rounded(share.share),
        "low": _rounded(share.low),
        "high": _rounded(share.high),
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 6)


def digest_of(fact: Fact) -> str:
    """The fact's fingerprint: SHA-256 over its data in a fixed order."""
    text = json.dumps(fact, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def shown_rows(rows: Sequence[Fact]) -> list[Fact]:
    """The rows whose share is not held back."""
    return [row for row in rows if row.get("share") is not None]


def apart(one: Fact, other: Fact) -> bool:
    """Do the intervals of two shares leave no doubt which is larger?"""
    if one["low"] is None or other["low"] is None:
        return False
    return bool(one["low"] > other["high"] or other["low"] > one["high"])


def side(pair: Any, english: bool) -> str:
    """The half of a pair that a reader reads."""
    if not isinstance(pair, list):
        return str(pair)
    return str(pair[1] if english else pair[0])

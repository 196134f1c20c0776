"""The one stylesheet: a file per component, joined in order when first asked for, no build step.

Its address holds the hash of its content, so browsers keep it for ever and a changed file
changes the address.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "static" / "css"
FIRST = ("tokens", "base", "layout")


@dataclass(frozen=True)
class Sheet:
    """The joined text and the stamp that stands in its address."""

    text: bytes
    packed: bytes
    stamp: str


def files() -> list[Path]:
    """Tokens, base and layout first, then every component by name, print last."""
    components = sorted((FOLDER / "components").glob("*.css"))
    return [*(FOLDER / f"{name}.css" for name in FIRST), *components, FOLDER / "print.css"]


@lru_cache(maxsize=2)
def _joined(state: tuple[tuple[str, int], ...]) -> Sheet:
    text = b"\n".join(Path(name).read_bytes() for name, _changed in state)
    stamp = hashlib.sha256(text).hexdigest()[:12]
    return Sheet(text, gzip.compress(text, mtime=0), stamp)


@lru_cache(maxsize=1)
def _state_once() -> tuple[tuple[str, int], ...]:
    return tuple((str(path), 0) for path in files())


def sheet() -> Sheet:
    """The stylesheet as it is now; with DEBUG on, as the files are at this moment."""
    if settings.DEBUG:
        return _joined(tuple((str(path), path.stat().st_mtime_ns) for path in files()))
    return _joined(_state_once())

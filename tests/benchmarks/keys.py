"""A key store for processes that run as in production, where none is made by itself."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "var" / "bench-keys"


def key_store() -> str:
    """A folder with one key in it, only for benchmarks."""
    FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = FOLDER / "0001.key"
    if not key.exists():
        handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
    return str(FOLDER)

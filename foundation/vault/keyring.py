"""The key store: a folder of master keys outside the database, the newest of which is in use.

Every other key is kept in the database wrapped under one of these, so a dump of the database (or
of the files) without this folder shows nothing, and a new master key costs one row a key. On a
machine of one's own the first one is made when it is first needed; elsewhere by `make_keys`,
and without it nothing starts (`foundation.checks`).
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.vault.boxes import KEY_BYTES, Damaged, lock_up, new_key, take_out

_NAME = re.compile(r"^\d{4}\.key$")


class KeyLost(DomainError):
    """A key is not in the key store any more (or not yet)."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The key this was sealed with is not in the key store. Ask whoever runs the "
                "platform: nothing is opened without it."
            )
        )


def folder() -> Path:
    """Where the master keys are."""
    return Path(settings.KEYS_DIR)


def names() -> list[str]:
    """The master keys there are, oldest first."""
    if not folder().is_dir():
        return []
    return sorted(path.name for path in folder().iterdir() if _NAME.match(path.name))


def make_key() -> str:
    """Add a master key, used from now on; what is wrapped under older ones stays so."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    known = names()
    return _make(f"{int(known[-1][:4]) + 1 if known else 1:04d}.key")


def _make(name: str) -> str:
    """Write a key under this name unless another process just did: whole or not at all."""
    handle, path = tempfile.mkstemp(prefix=".", dir=folder())  # its owner's alone (0600)
    unfinished = Path(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new_key())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, folder() / name)
        except FileExistsError:
            return name
    finally:
        unfinished.unlink()
    return name


def _newest() -> str:
    known = names()
    if known:
        return known[-1]
    if not settings.KEYS_MAY_BE_MADE:
        raise KeyLost
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    return _make("0001.key")


@lru_cache(maxsize=64)
def _read(path: Path) -> bytes:
    return path.read_bytes()


def _key(name: str) -> bytes:
    try:
        key = _read(folder() / name)
    except OSError as gone:
        raise KeyLost from gone
    if len(key) != KEY_BYTES:
        raise KeyLost
    return key


def wrap(key: bytes, about: str) -> bytes:
    """`key` under the newest master key, whose name stands in front."""
    name = _newest()
    return name[:4].encode() + lock_up(_key(name), key, about)


def unwrap(wrapped: bytes, about: str) -> bytes:
    """The key again; KeyLost when its master key is gone or is not the one it was."""
    name = f"{wrapped[:4].decode('ascii', 'replace')}.key"
    if not _NAME.match(name):
        raise KeyLost
    try:
        return take_out(_key(name), wrapped[4:], about)
    except Damaged as fault:
        raise KeyLost from fault


def is_newest(wrapped: bytes) -> bool:
    """Is it wrapped under the master key in use?"""
    return wrapped[:4] == _newest()[:4].encode()


def faults() -> list[str]:
    """What is unsafe about the key store, a sentence each."""
    if not names():
        return [
            f"The key store {folder()} holds no key: make one with `manage.py make_keys`, or set "
            "GONGCHUANG_KEYS to the folder that has it."
        ]
    found = []
    for path in (folder(), *(folder() / name for name in names())):
        known = path.stat()
        if stat.S_IMODE(known.st_mode) & 0o077:
            found.append(f"{path} can be read by others: chmod go= it.")
        if known.st_uid != os.geteuid():
            found.append(f"{path} belongs to somebody else than who runs the platform.")
    for name in names():
        if (folder() / name).stat().st_size != KEY_BYTES:
            found.append(f"{folder() / name} is no key: it has to hold {KEY_BYTES} bytes.")
    served = [Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT)]
    if any(folder().resolve().is_relative_to(place.resolve()) for place in served):
        found.append(f"The key store {folder()} is inside a folder of files: move it out.")
    return found

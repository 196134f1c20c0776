"""A ZIP written while it is sent: the same pieces always make the same bytes.

Each piece is written whole before the next; its SHA-256 is computed from what was really written.
Last come `manifest.json` and `SHA256SUMS` (which `sha256sum -c` reads).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

BLOCK = 1 << 16
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time every entry bears: when it was packed is no part of what it holds."""


@dataclass(frozen=True)
class Piece:
    """One file of an archive: its path, and its bytes or how to open what is kept elsewhere.

    `sha256` is what the file is said to be; what it really is goes into the manifest.
    """

    path: str
    title: str
    data: bytes = b""
    opens: Callable[[], IO[bytes]] | None = None
    sha256: str = ""


@dataclass
class Written:
    """What went into the archive, as the manifest says it."""

    files: list[dict[str, Any]] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)


class _Pipe:
    """A file that only remembers what was written since it was last emptied."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Take the bytes."""
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is held."""

    def take(self) -> bytes:
        """What was written, once."""
        taken = b"".join(self.parts)
        self.parts.clear()
        return taken


def portable(name: str) -> str:
    """A file name every system unpacks where it should: no folders, no marks, not too long."""
    plain = "".join(
        "_" if sign in '/\\:*?"<>|' else sign
        for sign in unicodedata.normalize("NFC", name)
        if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    ).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[:80].rstrip(' .') or 'file'}.{ending}"
    return plain[:80].rstrip(" .") or "file"


def packed(
    pieces: Iterable[Piece], *, last: Callable[[Written], list[Piece]] | None = None
) -> Iterator[bytes]:
    """The archive, block by block; `last` makes pieces out of what was written before them."""
    pipe, written = _Pipe(), Written()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for piece in pieces:
            yield from _put(archive, pipe, piece, written)
        for piece in last(written) if last else ():
            yield from _put(archive, pipe, piece, written)
        for piece in manifest_of(written):
            yield from _put(archive, pipe, piece, Written())
    yield pipe.take()


def _put(archive: zipfile.ZipFile, pipe: _Pipe, piece: Piece, written: Written) -> Iterator[bytes]:
    entry = zipfile.ZipInfo(piece.path, BEGINNING)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    try:
        source = piece.opens() if piece.opens else None
    except OSError:
        written.missing.append({"path": piece.path, "sha256": piece.sha256})
        return
    digest, size = hashlib.sha256(), 0
    with archive.open(entry, "w") as inside:
        for block in _blocks(source, piece.data):
            digest.update(block)
            size += len(block)
            inside.write(block)
            yield pipe.take()
    if source is not None:
        source.close()
    told: dict[str, Any] = {
        "path": piece.path,
        "title": str(piece.title),
        "size": size,
        "sha256": digest.hexdigest(),
    }
    if piece.sha256 and piece.sha256 != told["sha256"]:
        told["expected_sha256"] = piece.sha256
    written.files.append(told)
    yield pipe.take()


def _blocks(source: IO[bytes] | None, data: bytes) -> Iterator[bytes]:
    if source is None:
        yield data
        return
    while block := source.read(BLOCK):
        yield block


def manifest_of(written: Written) -> list[Piece]:
    """What is in the archive with its fingerprints, for programs and for `sha256sum`."""
    listed = {"files": written.files, "missing": written.missing}
    sums = "".join(f"{one['sha256']}  {one['path']}\n" for one in written.files)
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    return [Piece("manifest.json", "", text.encode()), Piece("SHA256SUMS", "", sums.encode())]

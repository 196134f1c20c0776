"""What a file is, told from its bytes: its type, programs, bombs; clean images, safe names."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

import filetype
from PIL import Image, ImageOps

TYPES: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/zip": ("zip",),
    "text/csv": ("csv",),
    "text/plain": ("txt",),
}
"""The types that may be handed in, and the endings each may have."""

ENDINGS: dict[str, str] = {ending: media for media, endings in TYPES.items() for ending in endings}

_OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}

MAX_ENTRIES = 2000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 150
MAX_PIXELS = 60_000_000
MAX_NAME = 120

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


class Unfit(Exception):
    """The file cannot be taken; `reason` is one of: empty type mismatch program bomb broken
    uncountable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def media_type_of(name: str, file: IO[bytes]) -> str:
    """The type both the bytes and the ending agree on; Unfit where there is none."""
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    expected = ENDINGS.get(ending)
    if expected is None:
        raise Unfit("type")
    file.seek(0)
    head = file.read(8192)
    if not head:
        raise Unfit("empty")
    if expected.startswith("text/"):
        _check_text(head, file)
        return expected
    guess = filetype.guess(head)
    found = guess.mime if guess else ""
    if head.startswith(b"PK\x03\x04"):
        found = ENDINGS[_archive_ending(file)]
    if found != expected:
        raise Unfit("mismatch")
    return expected


def _check_text(head: bytes, file: IO[bytes]) -> None:
    """Plain text is UTF-8 or GB 18030 without control bytes, whatever else it may look like."""
    if filetype.guess(head) is not None:
        raise Unfit("mismatch")
    file.seek(0)
    data = file.read()
    if b"\x00" in data:
        raise Unfit("mismatch")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    raise Unfit("mismatch")


def _archive_ending(file: IO[bytes]) -> str:
    """What sort of archive it is, after making sure it is neither a bomb nor carries a program."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            packed = sum(entry.compress_size for entry in entries)
            unpacked = sum(entry.file_size for entry in entries)
            if (
                len(entries) > MAX_ENTRIES
                or unpacked > MAX_UNPACKED
                or unpacked > MAX_RATIO * max(packed, 1024)
            ):
                raise Unfit("bomb")
            _unpack(archive, entries)
    # zipfile raises NotImplementedError for a method it cannot unpack, RuntimeError for a password
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Unfit("broken") from fault
    names = [entry.filename for entry in entries]
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
        raise Unfit("program")
    if "[Content_Types].xml" in names:
        for prefix, ending in _OFFICE.items():
            if any(name.startswith(prefix) for name in names):
                return ending
    return "zip"


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read every entry through, keeping nothing: a directory that lies about sizes is a bomb."""
    for entry in entries:
        left = entry.file_size
        with archive.open(entry) as inside:
            while block := inside.read(1 << 20):
                left -= len(block)
                if left < 0:
                    raise Unfit("bomb")


def pages_of(file: IO[bytes]) -> int:
    """How many pages a PDF has; Unfit where they cannot be counted."""
    from pypdf import PdfReader  # a tenth of a second that starting up need not wait for

    file.seek(0)
    try:
        return len(PdfReader(file).pages)
    except Exception as fault:  # a file made to trip its reader trips it in every way there is
        raise Unfit("uncountable") from fault


def clean_image(file: IO[bytes], media_type: str) -> bytes:
    """The picture drawn anew: upright, without place, time, camera or anything else in it."""
    kind = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}[media_type]
    file.seek(0)
    try:
        with Image.open(file, formats=[kind]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Unfit("bomb")
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGBA" if _has_alpha(upright) and kind != "JPEG" else "RGB")
    except Image.DecompressionBombError as fault:
        raise Unfit("bomb") from fault
    except (OSError, ValueError, SyntaxError) as fault:
        raise Unfit("broken") from fault
    anew = Image.new(plain.mode, plain.size)
    anew.paste(plain)
    out = io.BytesIO()
    anew.save(out, kind, **({} if kind == "PNG" else {"quality": 88}))
    return out.getvalue()


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def safe_name(name: str) -> str:
    """A name every system can keep: no folders, no control or direction marks; Chinese stays."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", name)).strip().rstrip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = stem.strip(" .") or "file"
    return stem[: MAX_NAME - len(ending) - 1] + (f".{ending}" if ending else "")

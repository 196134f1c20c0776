"""Everything that is stored, as a thief would have it: every row of every table, every file."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import quote

from django.core.files.storage import default_storage
from django.db import connection


def dump_of_database() -> bytes:
    """Every column of every table, text as UTF-8 and bytes as they are."""
    parts: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                parts += [_bytes(value) for value in row]
    return b"\n".join(parts)


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, dict | list):  # PostgreSQL's JSON comes back as what it says
        return json.dumps(value, ensure_ascii=False).encode()
    return str(value).encode(errors="surrogatepass")


def dump_of_files(folder: str = "") -> bytes:
    """Every stored file, with its name."""
    folders, names = default_storage.listdir(folder)
    parts = [dump_of_files(f"{folder}/{one}".lstrip("/")) for one in folders]
    for name in names:
        path = f"{folder}/{name}".lstrip("/")
        with default_storage.open(path, "rb") as file:
            parts += [path.encode(), file.read()]
    return b"\n".join(parts)


@cache
def spellings(words: str) -> frozenset[bytes]:
    """The ways a text may stand in a dump: as it is, escaped, in other encodings."""
    plain = words.encode()
    found = {
        plain,
        words.encode("utf-16-le"),
        words.encode("utf-16-be"),
        words.encode("gb18030"),
        json.dumps(words)[1:-1].encode(),
        json.dumps(words)[1:-1].upper().replace("\\U", "\\u").encode(),
        json.dumps(json.dumps(words)[1:-1])[1:-1].encode(),
        plain.hex().encode(),
        plain.hex().upper().encode(),
        quote(words).encode(),
        "".join(f"&#{ord(sign)};" for sign in words).encode(),
        "".join(f"&#x{ord(sign):x};" for sign in words).encode(),
    }
    for lead in (b"", b"x", b"xx"):  # base64 cuts in threes: one of these is how it falls
        whole = base64.b64encode(lead + plain)
        middle = whole[4 if lead else 0 : -4]
        found |= {middle, middle.translate(bytes.maketrans(b"+/", b"-_"))}
    return frozenset(one for one in found if len(one) >= 6)


def told(dump: bytes, words: Iterable[str]) -> list[str]:
    """Those of the words the dump tells, however it spells them."""
    return [word for word in words if any(one in dump for one in spellings(word))]

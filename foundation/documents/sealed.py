"""Sealed files: ciphertext in the store, opened in memory for whoever holds the key."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import IO, Any, NamedTuple, cast
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Document
from foundation.errors import DomainError
from foundation.vault.boxes import Damaged, take_out
from foundation.vault.keyring import KeyLost


class SealedFile(NamedTuple):
    """What opens a sealed file, and what its row does not tell while it is sealed."""

    name: str
    media_type: str
    size: int
    sha256: str
    key: bytes

    def stored(self) -> dict[str, Any]:
        """As JSON, for who keeps it (sealed, in turn)."""
        return {**self._asdict(), "key": self.key.hex()}


def from_stored(facts: Mapping[str, Any]) -> SealedFile:
    """What `stored` wrote down."""
    return SealedFile(**{**facts, "key": bytes.fromhex(facts["key"])})


KeyHolder = Callable[[Document], SealedFile | None]

KEY_HOLDERS: dict[str, KeyHolder] = {}


def holds_keys(purpose: str) -> Callable[[KeyHolder], KeyHolder]:
    """Name the function that opens sealed documents of this purpose for who may read them."""

    def remember(function: KeyHolder) -> KeyHolder:
        if purpose in KEY_HOLDERS:
            raise ValueError(f"two hold the keys of {purpose}")
        KEY_HOLDERS[purpose] = function
        return function

    return remember


def about(uuid: UUID) -> str:
    """What a sealed file's ciphertext is bound to."""
    return f"document:{uuid}"


def show(document: Document, sealed: SealedFile) -> Document:
    """The row in memory with what it does not tell in the database."""
    for name, value in sealed._asdict().items():
        setattr(document, name, value)
    return document


def open_rows(files: Mapping[str, SealedFile]) -> None:
    """Write down what sealed documents are, with their keys: {uuid: what opens it}.

    Their ciphertext stays where it is: nothing is moved or rewritten, however many they are.
    """
    rows = list(Document.objects.filter(uuid__in=list(files), is_sealed=True, key=b""))
    for row in rows:
        show(row, files[str(row.uuid)])
    Document.objects.bulk_update(rows, SealedFile._fields, batch_size=200)


def opened(document: Document) -> IO[bytes]:
    """The file to be read, opened in memory if it is sealed.

    A sealed one whose key is not in its row is asked of who keeps it; `document` then tells in
    memory what it is. KeyLost where nobody has the key, a sentence where the file was damaged.
    """
    if not document.is_sealed:
        return cast(IO[bytes], document.file.open("rb"))
    if not document.key:
        holder = KEY_HOLDERS.get(document.purpose)
        held = holder(document) if holder else None
        if held is None:
            raise KeyLost
        show(document, held)
    try:
        return io.BytesIO(
            opened_bytes(document.uuid, bytes(document.key), document.file.open("rb"))
        )
    except Damaged as fault:
        raise DomainError(
            _("This file was damaged after it was handed in and cannot be opened.")
        ) from fault


def opened_bytes(uuid: UUID, key: bytes, file: Any) -> bytes:
    """What the sealed file holds; Damaged when a bit of it was changed."""
    with file:
        return take_out(bytes(key), file.read(), about(uuid))

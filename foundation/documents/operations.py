"""Keeping files: looked at, cleaned, hashed, stored once under their hash."""

from __future__ import annotations

import hashlib
import io
from typing import IO, Any, NamedTuple, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.documents.content import Unfit, clean_image, media_type_of, pages_of, safe_name
from foundation.documents.models import Document
from foundation.documents.sealed import SealedFile, about
from foundation.errors import DomainError
from foundation.permissions import SYSTEM
from foundation.vault.boxes import lock_up, new_key

ACCEPTED = "PDF, DOCX, XLSX, PPTX, JPG, PNG, WEBP, CSV, TXT, ZIP"

SENTENCES: dict[str, Any] = {
    "empty": _("This file is empty."),
    "type": _("Files of this type cannot be taken. These can: %(accepted)s."),
    "mismatch": _("This file is not what its name says it is. Save it again and hand it in anew."),
    "program": _("This file carries a program (macros). Save it without and hand it in again."),
    "bomb": _("This file unpacks to far more than its size. Hand in its contents one by one."),
    "broken": _("This file is damaged and cannot be read. Save it again and hand it in anew."),
    "uncountable": _("The pages of this PDF cannot be counted. Save it again and hand it in anew."),
}


def keep_document(upload: File, *, purpose: str, actor: Any, field: str | None = None) -> Document:
    """Keep a file a person handed in; refuses with a sentence (beside `field`) what is unfit.

    Pictures are drawn anew, so that nothing hidden in them (place, camera) is kept or shown.
    """
    fit = fit_to_keep(upload, field)
    return _keep(fit.body, name=fit.name, media_type=fit.media_type, purpose=purpose, actor=actor)


class Fit(NamedTuple):
    """A file that was looked at and may be kept."""

    name: str
    media_type: str
    body: IO[bytes]


def fit_to_keep(upload: File, field: str | None = None, most_pages: int | None = None) -> Fit:
    """The upload with a safe name, its type, and its bytes (a picture's drawn anew); a PDF of more
    than `most_pages` is refused where a number is given."""
    name = safe_name(upload.name or "")
    limit = settings.DOCUMENT_MAX_BYTES
    if upload.size > limit:
        raise DomainError(
            _("This file is too large: at most %(limit)s MB.") % {"limit": limit // 1024 // 1024},
            field=field,
        )
    try:
        body: IO[bytes] = cast(IO[bytes], upload.file)  # an upload always holds one
        media_type = media_type_of(name, body)
        if media_type.startswith("image/"):
            body = io.BytesIO(clean_image(body, media_type))
        pages = pages_of(body) if most_pages and media_type == "application/pdf" else 0
    except Unfit as unfit:
        sentence = SENTENCES[unfit.reason] % {"accepted": ACCEPTED}
        raise DomainError(sentence, field=field) from unfit
    if most_pages and pages > most_pages:
        raise DomainError(
            _("This file has %(pages)s pages; at most %(most)s are taken. Hand in what matters.")
            % {"pages": pages, "most": most_pages},
            field=field,
        )
    return Fit(name, media_type, body)


def keep_bytes(name: str, data: bytes, media_type: str, purpose: str, actor: Any) -> Document:
    """Keep a file the platform itself made (a PDF, a batch file)."""
    return _keep(
        io.BytesIO(data), name=safe_name(name), media_type=media_type, purpose=purpose, actor=actor
    )


def keep_sealed(
    upload: File,
    *,
    purpose: str,
    actor: Any,
    field: str | None = None,
    most_pages: int | None = None,
) -> tuple[Document, SealedFile]:
    """Keep a file under a key of its own that is not kept with it: (the row, what opens it).

    The caller keeps the second as safe as what it belongs to; the row tells nothing.
    """
    fit = fit_to_keep(upload, field, most_pages)
    fit.body.seek(0)
    plain = fit.body.read()
    key, uuid = new_key(), uuid4()
    locked = lock_up(key, plain, about(uuid))
    document = _keep(
        io.BytesIO(locked),
        name="",
        media_type="",
        purpose=purpose,
        actor=actor,
        uuid=uuid,
        is_sealed=True,
    )
    digest = hashlib.sha256(plain).hexdigest()
    return document, SealedFile(fit.name, fit.media_type, len(plain), digest, key)


def _keep(
    body: IO[bytes], *, name: str, media_type: str, purpose: str, actor: Any, **also: Any
) -> Document:
    digest, size = _fingerprint(body)
    path = f"documents/{digest[:2]}/{digest}"
    if not default_storage.exists(path):
        body.seek(0)
        path = default_storage.save(path, File(body))
    return Document.objects.create(
        purpose=purpose,
        name=name,
        media_type=media_type,
        size=size,
        sha256=digest,
        file=path,
        uploaded_by=None if actor is SYSTEM else actor,
        uploaded_at=clock.now(),
        **also,
    )


def _fingerprint(body: IO[bytes]) -> tuple[str, int]:
    """(SHA-256, size), read in blocks."""
    digest, size = hashlib.sha256(), 0
    body.seek(0)
    while block := body.read(1 << 20):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size

"""An address as a QR code, drawn as SVG."""

from __future__ import annotations

import io

import qrcode
from qrcode.image.svg import SvgPathImage


def code_of(address: str) -> bytes:
    """The QR code of an address as an SVG file; a quarter of it may be torn and it still reads."""
    drawn = qrcode.make(
        address,
        image_factory=SvgPathImage,
        error_correction=qrcode.ERROR_CORRECT_Q,
        border=2,
    )
    out = io.BytesIO()
    drawn.save(out)
    return out.getvalue()

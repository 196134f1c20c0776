"""The short link as a QR code, drawn as SVG."""

from __future__ import annotations

import io

import qrcode
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from qrcode.image.svg import SvgPathImage

from bidding.needs.collecting_models import Quota
from bidding.needs.models import Survey


def short_address(survey: Survey, quota: Quota | None = None) -> str:
    """The whole short link, without a language: the reader's own is found when it is opened."""
    with override(settings.LANGUAGE_CODE):
        if quota is None:
            path = reverse("needs:short_link", args=[survey.link])
        else:
            path = reverse("needs:union_link", args=[survey.link, quota.pk])
    return f"{settings.BASE_URL.rstrip('/')}{path}"


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

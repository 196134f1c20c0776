"""The short link that a poster's QR code leads to."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

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

"""A row of the outbox as a letter: text and HTML, in its reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from foundation.notifications.kinds import KINDS
from foundation.notifications.models import Outgoing


def letter_of(row: Outgoing) -> EmailMultiAlternatives:
    """The e-mail this row of the outbox stands for."""
    notice = row.notification
    language = (notice.person.language if notice else row.language) or settings.LANGUAGE_CODE
    kind, facts = (notice.kind, notice.facts) if notice else (row.kind, row.facts)
    with translation.override(language):
        title, body = KINDS[kind].words(facts)
        path = reverse("notifications:open", args=[notice.pk]) if notice else row.url
        context = {
            "title": title,
            "body": body,
            "url": absolute(path, language) if path else "",
            "name": str(notice.person) if notice else "",
            "preferences_url": absolute(reverse("notifications:preferences"), language)
            if notice
            else "",
            "language": "zh-Hans" if language == "zh-hans" else language,
            "site_name": "工创 Gongchuang",
        }
        letter = EmailMultiAlternatives(
            subject=" ".join(title.split())[:200],
            body=render_to_string("email/notice.txt", context),
            to=[row.address],
            headers={"Auto-Submitted": "auto-generated", **leaving(facts)},
        )
        letter.attach_alternative(render_to_string("email/notice.html", context), "text/html")
    return letter


def leaving(facts: Mapping[str, Any]) -> dict[str, str]:
    """What lets a mail program show its own button for leaving a list, with one press and without
    signing in (RFC 8058): where the letter says how to `leave`."""
    leave = facts.get("leave")
    if not leave:
        return {}
    return {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def absolute(path: str, language: str) -> str:
    """The whole address of a path, in the language (Chinese has no prefix)."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        prefix = ""
    return f"{settings.BASE_URL.rstrip('/')}{prefix}{path}"

"""What must hold before the platform starts for others than the person at this machine."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from foundation.vault import keyring

LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1"}


MAKES_KEYS = "make_keys"
"""The one command that starts without a key store."""


def refuse_unsafe_start() -> None:
    """Raise with every unsafe setting, a sentence each; with DEBUG on anything goes."""
    if settings.DEBUG or sys.argv[1:2] == [MAKES_KEYS]:
        return
    faults = unsafe_settings()
    if faults:
        raise ImproperlyConfigured("This would not be safe to start:\n- " + "\n- ".join(faults))


def unsafe_settings() -> list[str]:
    """What is unsafe about the settings as they are, a sentence each."""
    faults = []
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's own word for an empty one
        key = ""
    if len(key) < 50 or len(set(key)) < 10:
        faults.append(
            "GONGCHUANG_SECRET_KEY is missing or can be guessed: set 50 random characters or more."
        )
    hosts = set(settings.ALLOWED_HOSTS)
    if not hosts:
        faults.append("GONGCHUANG_HOSTS is empty: name the hosts this site answers for.")
    if "*" in hosts:
        faults.append("GONGCHUANG_HOSTS holds “*”: name the hosts this site answers for.")
    address = urlsplit(settings.BASE_URL)
    elsewhere = {address.hostname or "", *hosts} - LOCAL - {"*", ""}
    if elsewhere and address.scheme != "https":
        faults.append("GONGCHUANG_URL must begin with https:// for any host but this machine.")
    if settings.DEMO and elsewhere and not settings.DEMO_IN_PUBLIC:
        faults.append(
            "GONGCHUANG_DEMO lists everybody's sign-in; it runs on this machine only. "
            "GONGCHUANG_DEMO_IN_PUBLIC=1 allows it for a site without real data."
        )
    return [*faults, *keyring.faults()]

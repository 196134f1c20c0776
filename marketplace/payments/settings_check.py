"""Settings of the outside's money that would be wrong to start with, a sentence each."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

HERE = {"localhost", "127.0.0.1", "::1"}


def refuse_unsafe_start() -> None:
    """Raise with everything that is wrong; also on a developer's machine: a live key is live."""
    faults = unsafe_settings()
    if faults:
        raise ImproperlyConfigured("This would not be safe to start:\n- " + "\n- ".join(faults))


def unsafe_settings() -> list[str]:
    """What is wrong about Stripe's settings."""
    key, secret = settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET
    elsewhere = settings.STRIPE_API_BASE
    if not (key or secret or elsewhere):
        return []
    faults = []
    live = "_live_" in key
    if key and not secret:
        faults.append(
            "STRIPE_SECRET_KEY is set without STRIPE_WEBHOOK_SECRET: what is paid would never "
            "arrive in the book."
        )
    if not key:
        faults.append("STRIPE_WEBHOOK_SECRET or STRIPE_API_BASE is set without STRIPE_SECRET_KEY.")
    if key and not key.startswith(("sk_live_", "sk_test_", "rk_live_", "rk_test_")):
        faults.append("STRIPE_SECRET_KEY is no secret key of Stripe's (sk_… or rk_…).")
    if secret and not secret.startswith("whsec_"):
        faults.append("STRIPE_WEBHOOK_SECRET is no signing secret of Stripe's (whsec_…).")
    country, second = settings.STRIPE_CONNECT_COUNTRY, settings.STRIPE_CONNECT_WEBHOOK_SECRET
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):
        faults.append("STRIPE_CONNECT_COUNTRY is no country in two capital letters.")
    if bool(country) != bool(second):
        faults.append("STRIPE_CONNECT_COUNTRY and STRIPE_CONNECT_WEBHOOK_SECRET go together.")
    if second and not second.startswith("whsec_"):
        faults.append("STRIPE_CONNECT_WEBHOOK_SECRET is no signing secret of Stripe's (whsec_…).")
    if elsewhere and urlsplit(elsewhere).hostname not in HERE:
        faults.append("STRIPE_API_BASE is for tests on this machine only.")
    if live and elsewhere:
        faults.append("STRIPE_API_BASE is for tests: a live key must not be sent there.")
    if live and (settings.DEBUG or settings.DEMO):
        faults.append(
            "A live key of Stripe's does not belong where GONGCHUANG_DEBUG or DEMO is on."
        )
    if key and not live and not (settings.DEBUG or settings.DEMO):
        faults.append(
            "STRIPE_SECRET_KEY is a test key: the book would hold money that nobody paid. "
            "Only a site with GONGCHUANG_DEMO may have one."
        )
    return faults

"""Sentences are compared in the source's language."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.factories.incoming import through
from tests.stripe_standin import StandIn, standing_in


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def stripe(settings: Any) -> Iterator[StandIn]:
    """Stripe's stand-in, with this house as its customer; its news come in by `hear(stripe)`."""
    with standing_in("/payments/stripe/", send=through(Client())) as standin:
        settings.STRIPE_SECRET_KEY = standin.key
        settings.STRIPE_WEBHOOK_SECRET = standin.post.secret
        settings.STRIPE_API_BASE = standin.address
        yield standin

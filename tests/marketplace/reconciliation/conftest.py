"""Sentences are compared in the source's language; Stripe is stood in for as in payments."""

from typing import Any

import pytest
from django.db import transaction

from marketplace.reconciliation import operations
from tests.marketplace.payments.conftest import _in_english, stripe

__all__ = ["_in_english", "stripe"]


@pytest.fixture(autouse=True)
def _within_the_tests_transaction(request: Any, monkeypatch: Any) -> None:
    """A test's own transaction has begun already, so no other snapshot can be taken in it; the
    race of two nights runs with the real one."""
    marked = request.node.get_closest_marker("postgres")
    if marked is None:
        monkeypatch.setattr(operations, "one_moment", transaction.atomic)

"""Refusals are compared in the language they were written in."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are English while these tests run."""
    with translation.override("en"):
        yield

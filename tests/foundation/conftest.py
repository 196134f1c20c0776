"""What the ground floor's tests share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are compared as the code spells them, however good the Chinese is."""
    with translation.override("en"):
        yield

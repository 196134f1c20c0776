"""Fixtures of the organisations room's tests."""

import pytest
from django.utils import translation


@pytest.fixture
def en():
    """Sentences come in English."""
    with translation.override("en"):
        yield

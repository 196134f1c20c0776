"""A site that stands for a whole file of tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories.site import make_site


@pytest.fixture(scope="module")
def standing_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tree of pages built once (2 s of CPU); what each test adds to it is undone after it.

    A test's own transaction becomes a savepoint in the one that holds the site, so the
    connection has to live as long: Django closes it after every test.
    """
    patch = pytest.MonkeyPatch()
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        make_site()
        patch.setattr(connection, "close", lambda: None)
    yield
    with django_db_blocker.unblock():
        patch.undo()
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
        connection.close()

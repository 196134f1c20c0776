"""Fixtures every test may use."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from django.urls import get_resolver
from django.utils import translation

from foundation.management.catalogue import compile_all
from tests.databases import test_database
from tests.scenes import stage

__all__ = ["stage"]


def pytest_configure(config: pytest.Config) -> None:
    """The platform's Chinese is there, also in a clone that was never started."""
    if not hasattr(config, "workerinput"):
        compile_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--only-database`: another session, on another database, runs the rest."""
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out tests that touch no database",
    )
    parser.addoption(
        "--sharing",
        action="store_true",
        help="a session on each database runs: what is told in two ways is told one way on each",
    )


def touches_database(item: pytest.Item) -> bool:
    """May this test touch the database? Without one of these pytest-django refuses it any."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & {"db", "transactional_db", "live_server"}
    )


def scenes_before(item: pytest.Item) -> int:
    """How many scenes of its module it begins with; tests with fewer must not find them there."""
    return sum(name.endswith("_stands") for name in getattr(item, "fixturenames", ()))


def told_on(item: pytest.Item) -> str | None:
    """The database that a story told in two ways is told on in this way, where two share."""
    mark = item.get_closest_marker("told_on")
    return mark.args[0] if mark else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow ones first; of a module, those with the most before them last.

    Tests that only PostgreSQL can run say so where there is none.
    """
    if config.getoption("--only-database"):
        config.hook.pytest_deselected(items=[i for i in items if not touches_database(i)])
        items[:] = [item for item in items if touches_database(item)]
    if config.getoption("--sharing"):
        elsewhere = [item for item in items if told_on(item) not in (None, connection.vendor)]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, scenes_before(item)))
    if connection.vendor == "postgresql":
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL=postgres://…")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(skip)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # a test that makes a world passes the usual 700 at once


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A database from the template, and tests that commit leave it as they found it."""
    # as in a process that serves: else the first operation that tells somebody imports every
    # view while it holds its locks, and on a busy machine another waits for them in vain
    assert get_resolver().url_patterns
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), test_database() as restore:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: restore())
        yield
        patch.undo()


@pytest.fixture(autouse=True)
def _both_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """`client.force_login(person)` stands for signing in with both steps, a moment ago."""
    plain = Client.force_login

    def force_login(self: Client, user: Any, backend: str | None = None) -> None:
        plain(self, user, backend)
        session = self.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(autouse=True)
def _no_language() -> Iterator[None]:
    """No test speaks the language another one's last request left behind in this thread."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """No test reads what another one cached."""
    cache.clear()

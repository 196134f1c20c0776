"""Fixtures of the browser tests: Chromium, and a live site whose clock can be set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from foundation import clock
from tests.browser.stage import SharedTime
from tests.everything import chromium

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    path = chromium()
    if not path:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> SharedTime:
    """One clock for the test and every thread of the live server."""
    shared = SharedTime()
    monkeypatch.setattr(clock, "_pretended", shared)
    return shared

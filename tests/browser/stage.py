"""A live site, a real browser, and people who sign in to it with both steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from cms.demo.people import PASSWORD, code_now
from foundation import clock
from marketplace.ledger.verification import verify_books

AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

SHAPE = """() => {
    const shape = node => node ? [node.tagName, ...[...node.attributes].map(
        ({name, value}) => ["class", "type", "role"].includes(name) ? `${name}=${value}` : name
    ).sort()].join(" ") : "";
    const all = [...document.querySelectorAll("*")];
    return [...new Set(all.map(node => shape(node.parentElement) + " > " + shape(node)))]
        .sort().join("\\n");
}"""
"""Every sort of element on a page and what holds it: pages alike in this are one type of page."""


class SharedTime:
    """Stands in for the clock's context variable: every thread of the live server sees it."""

    def __init__(self) -> None:
        self.moment: dt.datetime | None = None

    def get(self) -> dt.datetime | None:
        return self.moment

    def set(self, moment: dt.datetime) -> dt.datetime | None:
        before, self.moment = self.moment, moment
        return before

    def reset(self, before: dt.datetime | None) -> None:
        self.moment = before


class Stage:
    """One story told on a live site in one language."""

    def __init__(
        self, browser: Browser, address: str, time: SharedTime, *, language: str, script: bool
    ) -> None:
        self.browser = browser
        self.address = address
        self.time = time
        self.prefix = "/en" if language == "en" else ""
        self.script = script
        self.pages: dict[str, Page] = {}
        self.faults: list[str] = []
        self.checked: set[str] = set()

    def travel(self, moment: dt.datetime) -> None:
        """It is now `moment` for everybody."""
        self.time.moment = moment.astimezone(dt.UTC)

    def later(self, **span: int) -> None:
        """Let some time pass."""
        assert self.time.moment is not None
        self.time.moment += dt.timedelta(**span)

    def today(self) -> dt.date:
        """The date on the wall."""
        return clock.today()

    def visitor(self) -> Page:
        """Somebody without an account."""
        return self._page("visitor")

    def page(self, email: str) -> Page:
        """The page of a person who signed in (once) with password and one-time code."""
        if email not in self.pages:
            page = self._page(email)
            page.goto(f"{self.address}{self.prefix}/accounts/login/")
            page.fill('[name="login"]', email)
            page.fill('[name="password"]', PASSWORD)
            self._send(page.locator("main form:has([name=password])").first)
            self._second_step(page, email)
        return self.pages[email]

    def _second_step(self, page: Page, email: str) -> None:
        """Type the code of the moment; one that ran out on the way is typed anew."""
        for _attempt in range(3):
            page.fill('[name="code"]', code_now(email))
            self._send(page.locator("main form:has([name=code])").first)
            if "/accounts/" not in page.url:
                return
        raise AssertionError(f"{email} did not get in: {self.said(page)}")

    def _email_of(self, page: Page) -> str:
        return next(key for key, own in self.pages.items() if own is page)

    def _page(self, key: str) -> Page:
        if key not in self.pages:
            context: BrowserContext = self.browser.new_context(
                viewport={"width": 1280, "height": 900},
                locale="en-GB" if self.prefix else "zh-CN",
                java_script_enabled=self.script,
            )
            context.set_default_timeout(60_000)
            page = context.new_page()
            page.on("console", lambda message: self._hear(key, message.type, message.text))
            page.on("pageerror", lambda error: self.faults.append(f"{key}: {error}"))
            self.pages[key] = page
        return self.pages[key]

    def _hear(self, key: str, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.faults.append(f"{key} at {self.pages[key].url}: {text}")

    def go(self, page: Page, path: str, *, status: int = 200) -> Page:
        """Open a path in the story's language and expect its status."""
        answer = page.goto(f"{self.address}{self.prefix}{path}")
        assert answer is not None
        if "/reauthenticate/" in page.url:
            self._second_step(page, self._email_of(page))
            return page
        assert answer.status == status, f"{path}: {answer.status} {self.said(page)}"
        return page

    def fill(self, page: Page, within: str = "main", **values: Any) -> None:
        """Fill in fields by their names, whatever sort of field each is."""
        for name, value in values.items():
            self._fill_one(page, page.locator(f'{within} [name="{name}"]'), value)

    def _fill_one(self, page: Page, field: Locator, value: Any) -> None:
        first = field.first
        tag = first.evaluate("node => node.tagName.toLowerCase()") if self.script else None
        kind = first.get_attribute("type") or ""
        if kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                if one is True:
                    first.check()
                else:
                    field.and_(page.locator(f'[value="{one}"]')).check()
        elif kind == "file":
            first.set_input_files(value)
        elif tag == "select" or (tag is None and first.locator("option").count()):
            many = [str(one) for one in value] if isinstance(value, list) else str(value)
            first.select_option(many)
        else:
            first.fill(str(value))

    def send(self, page: Page, holding: str) -> None:
        """Send the form that holds the field of this name; expect no complaint."""
        self._send(page.locator(f'main form:has([name="{holding}"])').first)
        self._expect_peace(page)

    def confirm(self, page: Page) -> None:
        """Say yes on a page that asks only whether one is sure."""
        self._send(page.locator("main form").last)
        self._expect_peace(page)

    def press(self, page: Page, action: str) -> None:
        """Press the button whose form posts to an address ending like `action`."""
        form = page.locator(f'main form[action$="{action}"]').first
        assert form.count(), f"no button for {action} at {page.url}: {self.said(page)}"
        if not form.is_visible():
            form.locator("xpath=ancestor::details[1]/summary").first.click()
        self._send(form)
        self._expect_peace(page)

    def _send(self, form: Locator) -> None:
        page = form.page
        button = form.locator('button[type="submit"], button:not([type]), input[type="submit"]')
        with page.expect_navigation():
            button.last.click()

    def _expect_peace(self, page: Page) -> None:
        said = self.said(page)
        assert not page.locator("main .errors, main [aria-invalid=true]").count(), said

    def said(self, page: Page) -> str:
        """What the page says at its head, for a failing test's sake."""
        return " ".join(page.locator("main").inner_text().split())[:1500]

    def check(self, page: Page) -> None:
        """axe finds nothing on the page; it looks once at every type of page, on one database."""
        if not self.script or connection.vendor != "sqlite":
            return
        if (shape := page.evaluate(SHAPE)) in self.checked:
            return
        self.checked.add(shape)
        results = Axe().run(page, options=AXE_RULES)
        assert results.violations_count == 0, f"{page.url}: {results.generate_report()[:3000]}"

    def close(self) -> None:
        """Everybody leaves; nothing went wrong in any browser."""
        for page in self.pages.values():
            page.context.close()
        assert self.faults == []


def books_are_clean() -> None:
    """Every sum and every promise holds."""
    assert verify_books() == []

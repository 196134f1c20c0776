"""The stage by script: a judge's phone that loses its connection, and the board that comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bidding.evaluation import operations as do
from bidding.evaluation.roadshow_models import LiveSheet, Roadshow
from foundation.audit.models import Entry
from foundation.people.models import Person
from tests.factories.evaluation import make_roadshow
from tests.factories.organisations import make_officer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.told_on("sqlite"),
]
PHONE = {"width": 375, "height": 740}
expect.set_options(timeout=60_000)  # what comes by itself comes late on a busy machine


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Whoever looks on; all leave in the end."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def look(
    browser: Browser, contexts: list[BrowserContext], address: str, person: Person | None = None
) -> Page:
    """A page in a browser of its own, of somebody who is signed in."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    contexts.append(context)
    if person is not None:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie as Playwright takes it
    page = context.new_page()
    page.goto(address)
    return page


def test_points_survive_a_lost_connection_and_are_final_once_and_the_board_comes_back(
    browser: Browser, contexts: list[BrowserContext], live_server: object
) -> None:
    site, officer = str(live_server), make_officer()
    roadshow: Roadshow = do.start_roadshow(make_roadshow(), actor=officer)
    first, second = roadshow.turns.order_by("position")[:2]
    do.call_turn(first, actor=officer)
    judge = roadshow.call.panel.seats.get(position=1).expert.person
    phone = look(browser, contexts, f"{site}/desk/evaluation/roadshows/{roadshow.pk}/stage/", judge)
    board = look(browser, contexts, f"{site}/roadshows/{roadshow.key}/")
    there = board.locator(".stage__title")
    expect(there).to_have_text(first.proposal.title)
    points = phone.locator('main input[type="number"]')

    phone.context.set_offline(True)
    points.fill("88.5")
    expect(phone.locator("[data-saved]")).to_contain_text("网络中断")
    assert not LiveSheet.objects.exists()
    phone.context.set_offline(False)
    phone.reload()
    expect(points).to_have_value("88.5")
    phone.locator('button[name="final"]').dblclick()
    expect(phone.locator("main")).to_contain_text("您的打分已提交")
    phone.reload()
    sheet = LiveSheet.objects.get()
    assert (sheet.state, sheet.scores.get().points_hundredths) == ("final", 8850)
    finals = [entry.facts["final"] for entry in Entry.objects.filter(action="give_points")]
    assert finals.count(True) == 1

    lost = board.locator("[data-lost]")
    board.context.set_offline(True)
    expect(lost).to_be_visible()
    do.close_turn(first, reason="两位评委缺席", actor=officer)
    do.call_turn(second, actor=officer)
    expect(there).to_have_text(first.proposal.title)
    board.context.set_offline(False)
    expect(there).to_have_text(second.proposal.title)  # without a reload
    expect(lost).to_be_hidden()
    expect(phone.locator(f'form[data-keep="stage-{second.pk}"]')).to_be_visible()

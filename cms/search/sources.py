"""What can be found: for each kind of thing which of them are public, and by which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bidding.calls.queries import calls_visible_to
from bidding.needs.queries import published_needs
from bidding.notices.queries import notices_visible_to
from cms.pages.base import SitePage
from cms.shown import live_pages
from foundation.face.values import own_words
from foundation.organisations.queries import organisations_visible_to
from foundation.search.index import Said
from marketplace.catalogue.queries import catalogue_visible_to

ANYBODY = AnonymousUser()
PAGES = {"zh-hans": "pagezh", "en": "pageen"}
"""A page is found in its own language only: its twin says the same in the other."""


@dataclass(frozen=True)
class Source:
    """One kind of thing. `rows` are those the public may see now, `said` the words of one."""

    name: str
    label: Any
    rows: Callable[[], QuerySet[Any]]
    said: Callable[[Any], Said]
    title: Callable[[Any], str] = lambda thing: own_words(thing, "title")


def _lines(*words: Any) -> str:
    return "\n".join(str(word) for word in words if word)


def _pages(code: str) -> QuerySet[Any]:
    rows = live_pages().filter(depth__gt=1, locale__language_code=code)
    return rows.select_related(None)


def _said_page(page: Any) -> Said:
    whole = page.specific
    text = whole.searchable() if isinstance(whole, SitePage) else ""
    return Said(page.title, text)


def _said_need(need: Any) -> Said:
    return Said(
        _lines(need.title, need.title_en),
        _lines(need.audience, need.audience_en, need.category, need.district, need.survey),
    )


def _said_call(call: Any) -> Said:
    return Said(
        _lines(call.title, call.title_en, call.number),
        _lines(call.summary, call.summary_en, *[lot.category for lot in call.lots.all()]),
    )


def _said_project(project: Any) -> Said:
    return Said(
        _lines(project.title, project.number),
        _lines(
            project.summary,
            project.category,
            project.organisation.name,
            project.organisation.name_en,
            project.buyer.name,
            project.buyer.name_en,
        ),
    )


def _said_organisation(body: Any) -> Said:
    return Said(_lines(body.name, body.name_en, body.uscc), _lines(body.summary, body.district))


def _said_notice(notice: Any) -> Said:
    return Said(
        _lines(notice.title, notice.title_en, notice.number),
        _lines(notice.call.title, notice.call.title_en),
    )


def _name_of(body: Any) -> str:
    return own_words(body, "name")


def _plain_title(thing: Any) -> str:
    return str(thing.title)


SOURCES = {
    source.name: source
    for source in (
        Source(
            "pagezh", _("Pages of this site"), lambda: _pages("zh-hans"), _said_page, _plain_title
        ),
        Source("pageen", _("Pages of this site"), lambda: _pages("en"), _said_page, _plain_title),
        Source(
            "call",
            _("Calls"),
            lambda: calls_visible_to(ANYBODY).prefetch_related("lots__category"),
            _said_call,
        ),
        Source(
            "need",
            _("Needs"),
            lambda: published_needs().select_related("survey", "category", "district"),
            _said_need,
        ),
        Source(
            "project",
            _("Projects"),
            lambda: catalogue_visible_to(ANYBODY),
            _said_project,
            _plain_title,
        ),
        Source(
            "organisation",
            _("Organisations"),
            lambda: organisations_visible_to(ANYBODY),
            _said_organisation,
            _name_of,
        ),
        Source("notice", _("Results"), lambda: notices_visible_to(ANYBODY), _said_notice),
    )
}


def kinds_here() -> list[str]:
    """The kinds looked through in the reader's language, in the order they are offered."""
    mine = PAGES.get(get_language() or "", "pagezh")
    return [name for name in SOURCES if name not in PAGES.values() or name == mine]


def shown(kind: str, keys: Iterable[str]) -> dict[str, Any]:
    """{key: thing} of those that the public may see at this moment (one query)."""
    rows = SOURCES[kind].rows().filter(pk__in=list(keys)).prefetch_related(None)
    return {str(thing.pk): thing for thing in rows}

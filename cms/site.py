"""The site's tree in both languages: laid out once, filled up when something new is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import override
from wagtail.models import Locale, Page, ReferenceIndex, Site
from wagtail.rich_text import RichText
from wagtail.signal_handlers import disable_reference_index_auto_update

import cms.rules  # noqa: F401  # the law of build_site
from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.needs.models import Survey
from bidding.needs.states import SurveyState
from cms import models, words
from cms.models import CallPage, HomePage, ReportPage
from cms.reports.first_words import first_report
from cms.reports.operations import freeze_facts
from cms.search.following import write_pages
from cms.words import Blocks, Sheet, Words
from foundation import clock
from foundation.audit.operations import record
from foundation.face.values import own_words
from foundation.operations import operation
from foundation.permissions import SYSTEM, allow

CHINESE, ENGLISH = "zh-hans", "en"

Told = Callable[[Survey], tuple[Words, Words]]
"""What a survey's report says in Chinese and in English."""

Pair = tuple[Page, Page | None]
"""A page and its English twin, where it has one."""


@operation
def build_site(*, actor: Any, told: Mapping[str, Told] | None = None) -> Site:
    """Lay out what is missing: home, guides, news, a page for each published survey and call.

    `told` writes the reports of surveys by their short name; the others get plain ones.
    Pages that are there stay as editors left them, so it may be done again at any time.
    """
    allow(actor, "build_site")
    before = list(Page.objects.values_list("pk", flat=True))
    with disable_reference_index_auto_update():  # a page is saved some times until it stands
        site = _home()
        home = with_twin(site.root_page.specific)
        placed = {sheet.slug: _place(sheet, home) for sheet in words.PAGES}
        _reports(placed["reports"], told or {})
        _calls(placed["stories"])
    added = list(Page.objects.exclude(pk__in=before).specific())
    for page in added:
        ReferenceIndex.create_or_update_for_object(page)
    if added:
        write_pages()
    record(actor, "build_site", site, pages=len(added))
    return site


def _locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def _home() -> Site:
    """The site with our home page at its root; Wagtail's welcome page makes room for it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is not None and isinstance(site.root_page.specific, HomePage):
        return site
    root = Page.get_first_root_node()
    root.get_children().filter(slug="home").delete()
    root = Page.get_first_root_node()
    home = _stand(HomePage(slug="home"), words.HOME.chinese, root, CHINESE)
    twin = HomePage(slug="home-en", translation_key=home.translation_key)
    _stand(twin, words.HOME.english, root, ENGLISH)
    site, _made = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "site_name": "工创 Gongchuang"},
    )
    return site


def with_twin(page: Page) -> Pair:
    """The page and its English twin."""
    twin = page.get_translation_or_none(_locale(ENGLISH))
    return page, twin


def _fields(page: Words) -> dict[str, Any]:
    return {
        "title": page.title,
        "lead": page.lead,
        "search_description": page.description or page.lead,
        "body": _stream(page.blocks),
    }


def _stream(blocks: Blocks) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for kind, value in blocks:
        if kind == "prose":
            rows.append((kind, RichText(value)))
        elif kind == "answered":
            rows.append((kind, _answered(value)))
        elif kind == "group":
            rows.append((kind, {"heading": value[0], "questions": [*map(_answered, value[1])]}))
        else:
            rows.append((kind, value))
    return rows


def _answered(row: tuple[str, str]) -> dict[str, Any]:
    return {"question": row[0], "answer": RichText(row[1])}


def _place(sheet: Sheet, parent: Pair) -> Pair:
    """The page of `sheet` below `parent`, with its English twin and the pages below it."""
    there = parent[0].get_children().filter(slug=sheet.slug).first()
    if there:
        placed = with_twin(there.specific)
    else:
        placed = tell(sheet.kind, sheet.slug, sheet.chinese, sheet.english, parent)
    for below in sheet.below:
        _place(below, placed)
    return placed


def tell(kind: str, slug: str, chinese: Words, english: Words, parent: Pair, **facts: Any) -> Pair:
    """A page of the type `kind` in both languages (only in Chinese where its parent is)."""
    make = getattr(models, kind)
    page = _stand(make(slug=slug, **facts), chinese, parent[0], CHINESE)
    if parent[1] is None:
        return page, None
    twin = make(slug=slug, translation_key=page.translation_key, **facts)
    return page, _stand(twin, english, parent[1], ENGLISH)


def _stand(page: Page, said: Words, parent: Page, code: str) -> Page:
    """The page, published, with the revision its history begins with.

    Past Wagtail's way of creating, copying for translation and publishing, which saves a page
    some six times.
    """
    known = {field.name for field in page._meta.get_fields()}
    for name, value in _fields(said).items():
        if name in known:
            setattr(page, name, value)
    page.locale = _locale(code)
    page.draft_title = page.title
    page.live = True
    page.first_published_at = page.last_published_at = clock.now()
    parent.add_child(instance=page)
    revision = page.save_revision(clean=False, changed=False)
    Page.objects.filter(pk=page.pk).update(live_revision=revision)
    page.live_revision = revision
    return page


def _reports(parent: Pair, told: Mapping[str, Told]) -> None:
    """A report page for each survey whose results are public and that has none."""
    there = ReportPage.objects.values("survey")
    surveys = Survey.objects.filter(state=SurveyState.PUBLISHED).exclude(pk__in=there)
    for survey in surveys.order_by("pk"):
        chinese, english = told.get(survey.slug, first_report)(survey)
        pair = tell("ReportPage", survey.slug, chinese, english, parent, survey=survey)
        for page in filter(None, pair):
            freeze_facts(page, actor=SYSTEM)


def _calls(parent: Pair) -> None:
    """A call page for each published call that has none."""
    told = CallPage.objects.values("call")
    for call in Call.objects.filter(state=CallState.PUBLISHED).exclude(pk__in=told).order_by("pk"):
        chinese = Words(call.title, call.summary, [("needs", {"count": 4})])
        with override(ENGLISH):
            english = Words(
                own_words(call, "title"), own_words(call, "summary"), [("needs", {"count": 4})]
            )
        tell("CallPage", slugify(call.number), chinese, english, parent, call=call)

"""The site's tree in both languages: laid out once, filled up when something new is published."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import override
from wagtail.models import Locale, Page, ReferenceIndex, Site
from wagtail.rich_text import RichText
from wagtail.signal_handlers import disable_reference_index_auto_update

import cms.rules  # noqa: F401  # the law of build_site
from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.needs.models import Question, QuestionKind, Survey
from bidding.needs.states import SurveyState
from cms import words
from cms.models import CallPage, HomePage, ReportPage, TextPage
from cms.words import Blocks, Sheet, Words
from foundation.audit.operations import record
from foundation.face.values import own_words
from foundation.operations import operation
from foundation.permissions import allow

CHINESE, ENGLISH = "zh-hans", "en"


@operation
def build_site(*, actor: Any) -> Site:
    """Lay out what is missing: home, about, guides, a page for each published survey and call.

    Pages that are there stay as editors left them, so it may be done again at any time.
    """
    allow(actor, "build_site")
    before = list(Page.objects.values_list("pk", flat=True))
    with disable_reference_index_auto_update():  # a page is saved some six times until it stands
        site = _home()
        home = site.root_page.specific
        placed = {sheet.slug: _place(sheet, home) for sheet in words.PAGES}
        _reports(placed["reports"])
        _calls(placed["stories"])
    added = list(Page.objects.exclude(pk__in=before).specific())
    for page in added:
        ReferenceIndex.create_or_update_for_object(page)
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
    chinese = words.HOME.chinese
    home = HomePage(slug="home", locale=_locale(CHINESE), **_fields(chinese))
    root.add_child(instance=home)
    home.save_revision().publish()
    _translate(home, words.HOME.english, slug="home-en")
    site, _made = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "site_name": "工创 Gongchuang"},
    )
    return site


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
            rows.append((kind, {"question": value[0], "answer": RichText(value[1])}))
        else:
            rows.append((kind, value))
    return rows


def _place(sheet: Sheet, parent: Page) -> Page:
    """The page of `sheet` below `parent`, with its English twin and the pages below it."""
    there = parent.get_children().filter(slug=sheet.slug).first()
    page: Page = there.specific if there else TextPage(slug=sheet.slug, **_fields(sheet.chinese))
    if not there:
        page.locale = parent.locale
        parent.add_child(instance=page)
        page.save_revision().publish()
        _translate(page, sheet.english)
    for below in sheet.below:
        _place(below, page)
    return page


def _translate(page: Page, english: Words, slug: str = "") -> None:
    """The same page in English, published beside it."""
    twin = page.copy_for_translation(_locale(ENGLISH))
    for name, value in _fields(english).items():
        setattr(twin, name, value)
    twin.draft_title = twin.title
    twin.slug = slug or page.slug
    twin.save_revision().publish()


def _reports(parent: Page) -> None:
    """A report page for each survey whose results are public and that has none."""
    told = ReportPage.objects.values("survey")
    surveys = Survey.objects.filter(state=SurveyState.PUBLISHED).exclude(pk__in=told)
    for survey in surveys.order_by("pk"):
        blocks: Blocks = [("needs", {"count": 6})]
        blocks += [("chart", {"question": str(question.pk)}) for question in _charted(survey)]
        with override(CHINESE):
            chinese = Words(survey.title, survey.intro, blocks)
        with override(ENGLISH):
            english = Words(own_words(survey, "title"), own_words(survey, "intro"), blocks)
        _tell(ReportPage(survey=survey), survey.slug, chinese, english, parent)


def _charted(survey: Survey) -> list[Question]:
    kinds = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE)
    return list(survey.questions.filter(kind__in=kinds).order_by("position"))


def _calls(parent: Page) -> None:
    """A call page for each published call that has none."""
    told = CallPage.objects.values("call")
    for call in Call.objects.filter(state=CallState.PUBLISHED).exclude(pk__in=told).order_by("pk"):
        chinese = Words(call.title, call.summary, [("needs", {"count": 4})])
        with override(ENGLISH):
            english = Words(
                own_words(call, "title"), own_words(call, "summary"), [("needs", {"count": 4})]
            )
        _tell(CallPage(call=call), slugify(call.number), chinese, english, parent)


def _tell(page: Page, slug: str, chinese: Words, english: Words, parent: Page) -> None:
    for name, value in _fields(chinese).items():
        setattr(page, name, value)
    page.slug, page.locale = slug, parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    _translate(page, english)

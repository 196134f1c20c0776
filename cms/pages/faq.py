"""Questions people ask, in groups, each with an address of its own."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms import structured
from cms.blocks.words import Answered
from cms.pages.base import SitePage

MOST_ASKED = 60
"""Letters of a search that are looked at."""


class FaqGroup(blocks.StructBlock):
    """Questions that belong together, under a heading."""

    heading = blocks.CharBlock(max_length=80, label=_("heading"))
    questions = blocks.ListBlock(Answered(), min_num=1, label=_("questions"))

    class Meta:
        icon = "help"
        label = _("group of questions")


@dataclass(frozen=True)
class Asked:
    """A question, its answer, and the anchor it keeps while it is reworded."""

    anchor: str
    question: str
    answer: Any


class FaqPage(SitePage):
    """Questions and answers; a word typed above them leaves only those it is in."""

    body = StreamField([("group", FaqGroup())], blank=True, verbose_name=_("questions"))

    template = "cms/pages/faq.html"
    parent_page_types = ["cms.HomePage", "cms.TextPage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page of questions and answers")
        verbose_name_plural = _("pages of questions and answers")

    def groups(self, word: str = "") -> list[tuple[str, list[Asked]]]:
        """(heading, questions) with `word` in them, empty groups left out."""
        wanted = _plain(word)
        rows = []
        for group in self.body:
            asked = [
                Asked(f"q-{child.id[:8]}", child.value["question"], child.value["answer"])
                for child in group.value["questions"].bound_blocks
                if wanted in _plain(f"{child.value['question']}\n{child.value['answer'].source}")
            ]
            if asked:
                rows.append((group.value["heading"], asked))
        return rows

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The groups, narrowed by what was typed."""
        context = super().get_context(request, *args, **kwargs)
        word = request.GET.get("q", "").strip()[:MOST_ASKED]
        groups = self.groups(word)
        return {
            **context,
            "word": word,
            "groups": groups,
            "found": sum(len(asked) for _heading, asked in groups),
        }

    def described(self, request: HttpRequest, address: str) -> list[dict[str, Any]]:
        """A page of questions with their answers."""
        rows = [(a.question, a.answer.source) for _heading, asked in self.groups() for a in asked]
        faq = structured.answers(rows)
        return [faq] if faq else []


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()

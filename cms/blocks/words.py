"""Blocks that hold an editor's own words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

WRITING = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]


class Prose(blocks.RichTextBlock):
    """Paragraphs, headings, lists and links."""

    def __init__(self, **options: Any) -> None:
        super().__init__(features=WRITING, **options)

    class Meta:
        icon = "pilcrow"
        label = _("text")
        template = "cms/blocks/prose.html"


class Quote(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(label=_("words"))
    speaker = blocks.CharBlock(label=_("who said it"))

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "cms/blocks/quote.html"


class CallToAction(blocks.StructBlock):
    """A button that leads on."""

    label = blocks.CharBlock(max_length=40, label=_("label"))
    page = blocks.PageChooserBlock(required=False, label=_("page"))
    path = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("or an address on this site"),
        help_text=_("Such as /calls/; without the language."),
    )

    class Meta:
        icon = "link"
        label = _("button")
        template = "cms/blocks/call_to_action.html"


class Answered(blocks.StructBlock):
    """A question people ask, with its answer."""

    question = blocks.CharBlock(max_length=160, label=_("question"))
    answer = Prose(label=_("answer"))

    class Meta:
        icon = "help"
        label = _("question and answer")
        template = "cms/blocks/answered.html"

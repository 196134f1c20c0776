"""Blocks that hold an editor's own words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.utils import generate_signature

from cms.pictures import PICTURE

WRITING = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]


class Prose(blocks.RichTextBlock):
    """Paragraphs, headings, lists and links."""

    def __init__(self, **options: Any) -> None:
        super().__init__(features=WRITING, **options)

    class Meta:
        icon = "pilcrow"
        label = _("text")
        template = "cms/blocks/prose.html"


class Section(blocks.CharBlock):
    """The heading of a section; the contents list leads to it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 80, **options})

    class Meta:
        icon = "title"
        label = _("section")
        template = "cms/blocks/section.html"


class Figure(blocks.StructBlock):
    """A picture with what it shows in words; nobody is left to guess."""

    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(
        max_length=200,
        label=_("what it shows"),
        help_text=_("For those who do not see the picture."),
    )
    caption = blocks.CharBlock(required=False, max_length=200, label=_("caption"))
    credit = blocks.CharBlock(required=False, max_length=80, label=_("who took it"))

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The address and the size it will have, so that nothing jumps."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        image = value["image"]
        if image:
            scale = min(1, 1400 / max(image.width, image.height))
            signature = generate_signature(image.pk, PICTURE)
            name = f"{image.pk}.jpg"
            context["source"] = reverse("picture", args=[signature, image.pk, PICTURE, name])
            context["width"] = round(image.width * scale)
            context["height"] = round(image.height * scale)
        return context

    class Meta:
        icon = "image"
        label = _("picture")
        template = "cms/blocks/figure.html"


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
